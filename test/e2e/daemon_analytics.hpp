// A daemon with the capacity charge and a simulated meter that has all registers.
#pragma once

#include "support/daemon.hpp"
#include "support/hdlc.hpp"
#include "support/meter_feed.hpp"
#include "support/program.hpp"
#include "support/witness.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace support {

inline constexpr const char* live_import = "active_energy_import_live";

/// The frame with another A+ register, in units of 10 Wh, and the matching check sum.
[[nodiscard]] inline Octets with_import(Octets frame, std::uint32_t register_10wh) {
    const Octets code = hex("01 01 01 08 00 FF 06");
    const auto found = std::ranges::search(frame, code);
    EXPECT_FALSE(found.empty());
    for (std::size_t i = 0; i < 4; ++i)
        *(found.end() + static_cast<std::ptrdiff_t>(i)) =
            static_cast<std::uint8_t>(register_10wh >> (24 - 8 * i));
    const auto sum = crc16_sent(std::span(frame).subspan(1, frame.size() - 4));
    std::ranges::copy(sum, frame.end() - 3);
    return frame;
}

/// A list's A+ register in kWh; -1 if it has none.
[[nodiscard]] inline double import_of(const nlohmann::json& list) {
    for (const nlohmann::json& value : list.at("values"))
        if (value.at("name") == "active_energy_import")
            return value.at("value").get<double>() / 1000;
    return -1;
}

class Homes : public testing::Test {
  protected:
    Homes() {
        broker.start();
        daemon.options = {
            .device = meter.pty->path(), .url = broker.url(), .home_assistant = "[tariff]\n"};
    }

    // The next list of a kind. Waits for the list and for the state with its values, in any order:
    // an hourly list waits until the previous one is acknowledged, the state does not.
    nlohmann::json send(Witness& witness, const std::string& kind) {
        const std::string topic = "/list/" + kind;
        const auto before = witness.count(topic);
        nlohmann::json list = meter.send(kind);
        EXPECT_TRUE(witness.until(
            [&] { return witness.count(topic) > before && shows(witness.last("/state"), list); }));
        return list;
    }

    // True if a state has a list's voltages, currents and power.
    static bool shows(const nlohmann::json& state, const nlohmann::json& list) {
        return std::ranges::all_of(list.at("values"), [&](const nlohmann::json& value) {
            const nlohmann::json unit = value.value("unit", nlohmann::json());
            return (unit != "V" && unit != "A" && unit != "W") ||
                   (state.is_object() && state.value(value.at("name").get<std::string>(),
                                                     nlohmann::json()) == value.at("value"));
        });
    }

    // The cause as last published; empty if none was published.
    static std::string cause(const Witness& witness) {
        const nlohmann::json problem = witness.last("/problem");
        return problem.is_null() ? "" : problem.at("cause").get<std::string>();
    }

    Outcome tariff(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "tariff");
        arguments.insert(arguments.end(), {"--config", daemon.folder.path("hanport.toml")});
        return hanport(arguments);
    }

    Mosquitto broker;
    MeterFeed meter{"kamstrup-3p4q"};
    Daemon daemon{{}};
};

} // namespace support
