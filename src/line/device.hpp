// Resolves the configured device; "auto" is the only USB serial adapter.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hanport::line {

/// Folders in which adapters are searched. Only tests change the defaults.
struct DeviceFolders {
    std::filesystem::path by_id = "/dev/serial/by-id"; ///< links with stable names
    std::filesystem::path devices = "/dev";            ///< ttyUSB*, ttyACM*
};

struct NoDevice {
    std::string cause;
    bool is_missing = false; ///< no device found; if false, there are several
};

/// `device` itself; for "auto" the only USB serial adapter: its link in by_id, otherwise its name
/// in devices. The error says why there is none, or lists the candidates.
[[nodiscard]] std::expected<std::filesystem::path, NoDevice>
find_device(std::string_view device, const DeviceFolders& folders);

/// The folders that change when the device appears; if a folder does not exist, its nearest parent.
[[nodiscard]] std::vector<std::filesystem::path> folders_to_watch(std::string_view device,
                                                                  const DeviceFolders& folders);

} // namespace hanport::line
