// Files that people write: keys, passwords, the configuration.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace hanport {

/// The content of a small file, at most 64 KiB of it; the error says why it cannot be read.
[[nodiscard]] std::expected<std::string, std::string>
read_small_file(const std::filesystem::path& path);

/// Logs where users other than this process's may read or write a file that holds a secret. `what` is
/// for the log: "password file".
void warn_if_exposed(const std::filesystem::path& path, std::string_view what);

} // namespace hanport
