// Files that survive a power cut: the old content or the new one, never half of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace hanport {

/// Of files that are being written.
inline constexpr std::string_view unfinished_suffix = ".new";

/// Writes `content` to a file beside `path`, syncs it and renames it over `path`; readable by the
/// owner only. A folder that was deleted is made again. Follows no link in place of either file.
/// Throws std::filesystem::filesystem_error; `path` is then what it was, and nothing is left beside
/// it.
void write_durably(const std::filesystem::path& path, std::string_view content);

/// The largest state file that is read: a hundred times what a meter's two months of hours take.
inline constexpr std::size_t largest_state_file = std::size_t{4} << 20U;

/// The whole content; none where there is no such file. Throws std::filesystem::filesystem_error,
/// also for what is no regular file or is too large.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path);

/// True for errors of read_file() that another attempt does not mend: too large, no regular file.
[[nodiscard]] bool is_lasting(const std::error_code& error) noexcept;

/// Renames a file that cannot be understood to *.damaged and logs why, so that it can be looked at
/// and is out of the way.
void set_aside(const std::filesystem::path& path, std::string_view why);

/// The files in a folder, sorted; an error of the disk is logged and returned in `error`, with the
/// files found before it.
[[nodiscard]] std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                                          std::error_code& error);

} // namespace hanport
