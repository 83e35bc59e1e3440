// STATE/ports.json:
// {"/dev/ttyUSB0":{"parity":"even","meter_id":…,"meter_type":…,"manufacturer":…,"number":1},…}
// The number is missing if the port is not configured, and in early files of version 0.1.0.
#include "store/port_state_file.hpp"

#include "base/durable_file.hpp"
#include "store/counter_json.hpp"

#include <spdlog/spdlog.h>

namespace hanport::store {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

config::Parity parity_of(const std::string& text) {
    return text == "none"   ? config::Parity::none
           : text == "even" ? config::Parity::even
                            : config::Parity::automatic;
}

constexpr std::int64_t highest_number = 100'000;

} // namespace

std::expected<std::map<std::string, StoredPort>, std::string>
stored_ports_of(std::string_view text) {
    return read_state(text, [](const json& object) {
        if (!object.is_object())
            throw StateError(std::string("an object is expected, not ") + object.type_name());
        std::map<std::string, StoredPort> ports;
        for (const auto& [device, port] : object.items()) {
            port::PortState& memory = ports[device].memory;
            memory.parity = parity_of(port.at("parity").get<std::string>());
            port.at("meter_id").get_to(memory.meter_id);
            port.at("meter_type").get_to(memory.meter_type);
            port.at("manufacturer").get_to(memory.manufacturer);
            if (port.contains("number"))
                ports[device].number =
                    static_cast<unsigned>(integer_of(port.at("number"), 1, highest_number));
        }
        return ports;
    });
}

PortStateFile::PortStateFile(const fs::path& state_directory)
    : path_(state_directory / "ports.json") {
    try {
        const auto content = base::read_state_file(path_);
        if (!content)
            return;
        if (auto ports = stored_ports_of(*content))
            ports_ = std::move(*ports);
        else
            base::set_aside(path_, ports.error());
    } catch (const fs::filesystem_error& error) {
        base::set_aside(path_, error.what()); // otherwise it would be overwritten
    }
}

port::PortState PortStateFile::get(const std::string& device) const {
    const auto found = ports_.find(device);
    return found == ports_.end() ? port::PortState{} : found->second.memory;
}

void PortStateFile::set(const std::string& device, const port::PortState& memory) {
    auto ports = ports_;
    ports[device].memory = memory;
    change(std::move(ports));
}

void PortStateFile::number(std::vector<config::PortConfig>& ports) {
    auto stored = ports_;
    numbers_.clear();
    for (config::PortConfig& port : ports) {
        const auto found = stored.find(port.device);
        const unsigned number = found == stored.end() ? 0 : found->second.number;
        port.number = number != 0 && numbers_.insert(number).second ? number : 0;
    }
    for (unsigned place = 1; config::PortConfig & port : ports) {
        if (port.number == 0 && numbers_.insert(place).second)
            port.number = place;
        ++place;
    }
    for (unsigned next = 1; config::PortConfig & port : ports)
        for (; port.number == 0; ++next)
            if (numbers_.insert(next).second)
                port.number = next;
    for (auto& [device, port] : stored)
        if (numbers_.contains(port.number))
            port.number = 0; // a number belongs to one device only
    for (const config::PortConfig& port : ports)
        stored[port.device].number = port.number;
    change(std::move(stored));
}

std::vector<unsigned> PortStateFile::left_numbers() const {
    std::set<unsigned> left;
    for (const auto& [device, port] : ports_)
        if (port.number != 0 && !numbers_.contains(port.number))
            left.insert(port.number);
    return {left.begin(), left.end()};
}

void PortStateFile::drop_left_numbers() {
    auto ports = ports_;
    for (auto& [device, port] : ports)
        if (!numbers_.contains(port.number))
            port.number = 0;
    change(std::move(ports));
}

void PortStateFile::change(std::map<std::string, StoredPort> ports) {
    if (ports == ports_)
        return;
    ports_ = std::move(ports);
    refused_ = true;
    keep();
}

void PortStateFile::keep() {
    if (!refused_)
        return;
    json object = json::object();
    for (const auto& [name, port] : ports_) {
        object[name] = {{"parity", text(port.memory.parity)},
                        {"meter_id", port.memory.meter_id},
                        {"meter_type", port.memory.meter_type},
                        {"manufacturer", port.memory.manufacturer}};
        if (port.number != 0)
            object[name]["number"] = port.number;
    }
    try {
        base::write_durably(path_, state_text(object, 2));
        refused_ = false;
    } catch (const fs::filesystem_error& error) {
        spdlog::error("what was learnt of the ports is kept in memory only: {}", error.what());
    }
}

} // namespace hanport::store
