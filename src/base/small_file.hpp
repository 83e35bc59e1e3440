// Small files written by users: keys, passwords, the configuration.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace hanport::base {

/// The content of a file of at most 64 KiB; the error says why it cannot be read.
[[nodiscard]] std::expected<std::string, std::string>
read_small_file(const std::filesystem::path& path);

/// Logs a warning if other users than this process's can read or write a file with a secret. `what`
/// names the file in the log: "password file".
void warn_if_exposed(const std::filesystem::path& path, std::string_view what);

} // namespace hanport::base
