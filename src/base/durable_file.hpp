// Files that survive a power cut: a file has the old or the new content, never a part of either.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace hanport::base {

/// Suffix of files that are being written.
inline constexpr std::string_view unfinished_suffix = ".new";

/// Writes `content` to a file beside `path`, syncs it and renames it to `path`; only the owner can
/// read it. A deleted folder is created again. Links in place of either file are not followed.
/// Throws std::filesystem::filesystem_error; `path` is then unchanged, and no file remains beside
/// it.
void write_durably(const std::filesystem::path& path, std::string_view content);

/// The largest state file that is read: a hundred times the size of a meter's hours of two months.
inline constexpr std::size_t largest_state_file = std::size_t{4} << 20U;

/// The whole content; empty if there is no such file. Throws std::filesystem::filesystem_error,
/// also if the path is not a regular file or the file is too large.
[[nodiscard]] std::optional<std::string> read_state_file(const std::filesystem::path& path);

/// True for permanent errors of read_state_file(): too large, not a regular file.
[[nodiscard]] bool is_lasting(const std::error_code& error) noexcept;

/// Renames a file that cannot be parsed to *.damaged, so that it can be examined and is no longer
/// used. Logs why.
void set_aside(const std::filesystem::path& path, std::string_view why);

/// The files in a folder, sorted. A disk error is logged and returned in `error`, with the files
/// found before it.
[[nodiscard]] std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                                          std::error_code& error);

} // namespace hanport::base
