// Reads whole files of limited size.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace hanport::base {

/// Limit for files written by users: keys, passwords, the configuration.
inline constexpr std::size_t largest_small_file = 65536;

/// What a path may lead to, beside a regular file. A directory is always an error.
enum class ReadFrom : std::uint8_t {
    regular_file, ///< nothing else
    any_file,     ///< pipes and devices too, without waiting for what is not there yet
    any_source    ///< the same, and waits until the other end of a pipe has written everything
};

/// The whole content. Errors are those of the system; std::errc::file_too_large for more than
/// `most` octets, std::errc::invalid_argument for what is no regular file.
[[nodiscard]] std::expected<std::string, std::error_code>
read_file(const std::filesystem::path& path, std::size_t most = largest_small_file,
          ReadFrom from = ReadFrom::any_file);

/// Logs a warning if other users than this process's can read or write a file with a secret. `what`
/// names the file in the log: "password file".
void warn_if_exposed(const std::filesystem::path& path, std::string_view what);

} // namespace hanport::base
