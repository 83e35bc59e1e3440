// STATE/ports.json:
// {"/dev/ttyUSB0":{"parity":"even","meter_id":…,"meter_type":…,"manufacturer":…},…}
#include "daemon/port_memory_file.hpp"

#include "daemon/durable_file.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace hanport {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Parity parity_of(const std::string& text) {
    return text == "none" ? Parity::none : text == "even" ? Parity::even : Parity::automatic;
}

} // namespace

PortMemoryFile::PortMemoryFile(const fs::path& state_directory)
    : path_(state_directory / "ports.json") {
    try {
        const auto content = read_file(path_);
        if (!content)
            return;
        const json ports = json::parse(*content); // outlives the loop, as a temporary does not
        for (const auto& [device, port] : ports.items())
            ports_[device] = {.parity = parity_of(port.at("parity")),
                              .meter_id = port.at("meter_id"),
                              .meter_type = port.at("meter_type"),
                              .manufacturer = port.at("manufacturer")};
    } catch (const json::exception& error) {
        ports_.clear();
        set_aside(path_, error.what());
    }
}

PortMemory PortMemoryFile::get(const std::string& device) const {
    const auto found = ports_.find(device);
    return found == ports_.end() ? PortMemory{} : found->second;
}

void PortMemoryFile::set(const std::string& device, const PortMemory& memory) {
    if (const auto found = ports_.find(device); found != ports_.end() && found->second == memory)
        return;
    ports_[device] = memory;
    json object = json::object();
    for (const auto& [name, port] : ports_)
        object[name] = {{"parity", text(port.parity)},
                        {"meter_id", port.meter_id},
                        {"meter_type", port.meter_type},
                        {"manufacturer", port.manufacturer}};
    try {
        write_durably(path_, object.dump(2, ' ', false, json::error_handler_t::replace) + '\n');
    } catch (const fs::filesystem_error& error) {
        spdlog::error("what was learnt of {} is not kept: {}", device, error.what());
    }
}

} // namespace hanport
