// Key files of encrypted meters: 32 hex digits in any grouping, comments after #.
#pragma once

#include "ciphering/aes_gcm.hpp"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hanport::config {

/// The key in hex; empty if the text is not 32 hex digits.
[[nodiscard]] std::optional<ciphering::Key> parse_key(std::string_view text);

/// The key in the file. The error says what is wrong and never repeats the content: "No such file
/// or directory", "is not 32 hex digits (16 bytes)".
[[nodiscard]] std::expected<ciphering::Key, std::string>
read_key_file(const std::filesystem::path& path);

} // namespace hanport::config
