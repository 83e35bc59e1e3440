// STATE/ports.json:
// {"/dev/ttyUSB0":{"parity":"even","meter_id":…,"meter_type":…,"manufacturer":…},…}
#include "daemon/port_memory_file.hpp"

#include "daemon/counter_json.hpp"
#include "daemon/durable_file.hpp"

#include <spdlog/spdlog.h>

namespace hanport {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Parity parity_of(const std::string& text) {
    return text == "none" ? Parity::none : text == "even" ? Parity::even : Parity::automatic;
}

} // namespace

std::expected<std::map<std::string, PortMemory>, std::string>
port_memories_of(std::string_view text) {
    return read_state(text, [](const json& object) {
        if (!object.is_object())
            throw StateError(std::string("an object is expected, not ") + object.type_name());
        std::map<std::string, PortMemory> ports;
        for (const auto& [device, port] : object.items()) {
            PortMemory& memory = ports[device];
            memory.parity = parity_of(port.at("parity").get<std::string>());
            port.at("meter_id").get_to(memory.meter_id);
            port.at("meter_type").get_to(memory.meter_type);
            port.at("manufacturer").get_to(memory.manufacturer);
        }
        return ports;
    });
}

PortMemoryFile::PortMemoryFile(const fs::path& state_directory)
    : path_(state_directory / "ports.json") {
    try {
        const auto content = read_file(path_);
        if (!content)
            return;
        if (auto ports = port_memories_of(*content))
            ports_ = std::move(*ports);
        else
            set_aside(path_, ports.error());
    } catch (const fs::filesystem_error& error) {
        set_aside(path_, error.what()); // it would be overwritten
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
    refused_ = true;
    keep();
}

void PortMemoryFile::keep() {
    if (!refused_)
        return;
    json object = json::object();
    for (const auto& [name, port] : ports_)
        object[name] = {{"parity", text(port.parity)},
                        {"meter_id", port.meter_id},
                        {"meter_type", port.meter_type},
                        {"manufacturer", port.manufacturer}};
    try {
        write_durably(path_, state_text(object, 2));
        refused_ = false;
    } catch (const fs::filesystem_error& error) {
        spdlog::error("what was learnt of the ports is kept in memory only: {}", error.what());
    }
}

} // namespace hanport
