// Finds serial adapters; see device.hpp.
#include "line/device.hpp"

#include <algorithm>
#include <system_error>

namespace hanport::line {
namespace {

namespace fs = std::filesystem;

bool is_usb_serial(const std::string& name) {
    return name.starts_with("ttyUSB") || name.starts_with("ttyACM");
}

// The entries of a folder accepted by `wanted`, sorted by name. A missing folder has none.
template <class Wanted>
std::vector<fs::path> entries(const fs::path& folder, Wanted wanted) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (wanted(entry->path()))
            found.push_back(entry->path());
    std::ranges::sort(found);
    return found;
}

// If several links lead to one device, only the first is used. A link to a missing device is
// ignored.
std::vector<fs::path> adapters_by_id(const fs::path& folder) {
    std::vector<fs::path> found;
    std::vector<fs::path> devices;
    for (const auto& link : entries(folder, [](const fs::path&) { return true; })) {
        std::error_code error;
        const auto device = fs::canonical(link, error);
        if (error || std::ranges::find(devices, device) != devices.end())
            continue;
        devices.push_back(device);
        found.push_back(link);
    }
    return found;
}

fs::path nearest_that_exists(fs::path folder) {
    std::error_code error;
    while (folder.has_relative_path() && !fs::is_directory(folder, error))
        folder = folder.parent_path();
    return folder;
}

} // namespace

std::expected<fs::path, NoDevice> find_device(std::string_view device,
                                              const DeviceFolders& folders) {
    if (device != "auto")
        return fs::path(device);
    auto found = adapters_by_id(folders.by_id);
    if (found.empty())
        found = entries(folders.devices,
                        [](const fs::path& path) { return is_usb_serial(path.filename()); });
    if (found.size() == 1)
        return found.front();
    if (found.empty())
        return std::unexpected(NoDevice{"no USB serial adapter found in " + folders.by_id.string() +
                                            " nor as ttyUSB* or ttyACM* in " +
                                            folders.devices.string(),
                                        true});
    std::string text = "several USB serial adapters found; name one as device:";
    for (const auto& path : found)
        text.append(" ").append(path.string());
    return std::unexpected(NoDevice{text, false});
}

std::vector<fs::path> folders_to_watch(std::string_view device, const DeviceFolders& folders) {
    if (device != "auto")
        return {nearest_that_exists(fs::path(device).parent_path())};
    std::vector<fs::path> watched{nearest_that_exists(folders.by_id),
                                  nearest_that_exists(folders.devices)};
    if (watched[0] == watched[1])
        watched.pop_back();
    return watched;
}

} // namespace hanport::line
