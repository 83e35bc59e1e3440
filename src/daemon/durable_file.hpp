// Files that survive a power cut: the old content or the new one, never half of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hanport {

/// Of files that are being written.
inline constexpr std::string_view unfinished_suffix = ".new";

/// Writes `content` to a file beside `path`, syncs it and renames it over `path`; readable by the
/// owner only. Throws std::filesystem::filesystem_error; `path` is then what it was.
void write_durably(const std::filesystem::path& path, std::string_view content);

/// The whole content; none where there is no such file. Throws std::filesystem::filesystem_error.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path);

/// Renames a file that cannot be understood to *.damaged and logs why, so that it can be looked at
/// and is out of the way.
void set_aside(const std::filesystem::path& path, std::string_view why);

} // namespace hanport
