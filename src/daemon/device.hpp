// Which device is meant: that of the configuration, or the only USB serial adapter there is.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hanport {

/// Where adapters are looked for; other than the defaults for tests.
struct DeviceFolders {
    std::filesystem::path by_id = "/dev/serial/by-id"; ///< links with names that stay
    std::filesystem::path devices = "/dev";            ///< ttyUSB*, ttyACM*
};

struct NoDevice {
    std::string cause;
    bool is_missing = false; ///< there is none; else there are several
};

/// `device` itself, or for "auto" the only USB serial adapter: its link in by_id, else its name in
/// devices. The error says why there is none, or which ones there are.
[[nodiscard]] std::expected<std::filesystem::path, NoDevice>
find_device(std::string_view device, const DeviceFolders& folders);

/// The folders in which something changes when the device comes: the nearest ones that exist.
[[nodiscard]] std::vector<std::filesystem::path> folders_to_watch(std::string_view device,
                                                                  const DeviceFolders& folders);

} // namespace hanport
