// Every topic that hanport publishes or subscribes to, in one table.
//
//   <prefix>/<meter_id>/list/power, …/live, …/hourly     the lists
//   <prefix>/<meter_id>/state                            the latest values
//   <prefix>/<meter_id>/availability                     online, offline: the meter
//   <prefix>/<meter_id>/tariff                           the capacity charge
//   <prefix>/<meter_id>/problem                          problem of the meter or its port
//   <prefix>/<meter_id>/event                            values dropped, changes accepted
//   <prefix>/reader/<client_id>/status                   online, offline: this program
//   <prefix>/reader/<client_id>/stats                    counters of this program
//   <prefix>/reader/<client_id>/port_problem/<n>         problem of the port with that number
//
//   <discovery>/device/hanport_<meter_id>/config              a meter with all its entities
//   <discovery>/sensor/hanport_<meter_id>/<quantity>/config   one entity
//   <discovery>/device/hanport_reader_<client_id>/config      the reader with its ports
//   <discovery>/<platform>/hanport_reader_<client_id>/<key>/config   one entity of it
//   <discovery>/status                                        Home Assistant's birth and will
#pragma once

#include "base/safe_name.hpp"
#include "han/list/list.hpp"

#include <string>
#include <string_view>

namespace hanport::publish {

inline constexpr std::string_view online = "online";
inline constexpr std::string_view offline = "offline";

/// `text` with the characters that Home Assistant accepts in a discovery topic: A–Z a–z 0–9 _ -
/// only. If another character was replaced, a check sum of the text is appended, so that `1.8.0`
/// and `1_8_0` stay different.
[[nodiscard]] std::string object_id(std::string_view text);

struct Topics {
    std::string prefix = "hanport"; ///< may have several levels
    std::string client_id;          ///< of the reader
    std::string discovery_prefix = "homeassistant";

    [[nodiscard]] std::string list(std::string_view meter_id, han::list::ListKind kind) const {
        return of_meter(meter_id, "list/").append(han::list::text(kind));
    }
    [[nodiscard]] std::string state(std::string_view meter_id) const {
        return of_meter(meter_id, "state");
    }
    [[nodiscard]] std::string availability(std::string_view meter_id) const {
        return of_meter(meter_id, "availability");
    }
    [[nodiscard]] std::string tariff(std::string_view meter_id) const {
        return of_meter(meter_id, "tariff");
    }
    [[nodiscard]] std::string problem(std::string_view meter_id) const {
        return of_meter(meter_id, "problem");
    }
    [[nodiscard]] std::string event(std::string_view meter_id) const {
        return of_meter(meter_id, "event");
    }
    [[nodiscard]] std::string status() const { return of_reader("status"); }
    [[nodiscard]] std::string stats() const { return of_reader("stats"); }
    /// Ports keep their numbers, from 1, when the configuration changes.
    [[nodiscard]] std::string port_problem(unsigned number) const {
        return of_reader("port_problem/" + std::to_string(number));
    }

    [[nodiscard]] std::string device_config(std::string_view meter_id) const {
        return discovery_prefix + "/device/" + device_id(meter_id) + "/config";
    }
    [[nodiscard]] std::string single_config(std::string_view meter_id, std::string_view platform,
                                            std::string_view key) const {
        return discovery_prefix + '/' + base::topic_level(platform) + '/' + device_id(meter_id) +
               '/' + object_id(key) + "/config";
    }
    /// A filter for all single_config() topics of a meter.
    [[nodiscard]] std::string single_configs(std::string_view meter_id) const {
        return discovery_prefix + "/+/" + device_id(meter_id) + "/+/config";
    }
    [[nodiscard]] std::string home_assistant_status() const { return discovery_prefix + "/status"; }

    /// Identifier of a meter in Home Assistant; depends on the meter id only.
    [[nodiscard]] static std::string device_id(std::string_view meter_id);

    /// Identifier of this reader in Home Assistant.
    [[nodiscard]] std::string reader_device_id() const { return device_id("reader_" + client_id); }

  private:
    [[nodiscard]] std::string of_meter(std::string_view meter_id, std::string_view what) const {
        return (prefix + '/' + base::topic_level(meter_id) + '/').append(what);
    }
    [[nodiscard]] std::string of_reader(std::string_view what) const {
        return (prefix + "/reader/" + base::topic_level(client_id) + '/').append(what);
    }
};

} // namespace hanport::publish
