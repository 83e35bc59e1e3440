// Files that people write: keys, passwords, the configuration.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace hanport {

/// The content of a small file, at most 64 KiB of it; the error says why it cannot be read.
[[nodiscard]] std::expected<std::string, std::string>
read_small_file(const std::filesystem::path& path);

} // namespace hanport
