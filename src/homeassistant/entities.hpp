// Table of entities that are not the meter's own quantities: the capacity charge, and the problem.
// Each one reads a key of its topic's JSON (meter_messages.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hanport::homeassistant {

struct HomeEntity {
    enum class Topic : std::uint8_t { tariff, problem };

    std::string_view key;
    std::string_view title;
    std::string_view platform;
    Topic topic{};
    std::string_view value; ///< template
    std::string_view device_class;
    std::string_view state_class;
    std::string_view unit;
    int decimals = -1;                ///< decimals to show; negative: not set
    std::string_view attributes = {}; ///< template of a JSON object
};

inline constexpr auto home_entities = std::to_array<HomeEntity>({
    {"problem", "Problem", "binary_sensor", HomeEntity::Topic::problem,
     "{{ 'ON' if value_json.problem else 'OFF' }}", "problem", "", ""},
    {"cause", "Cause", "sensor", HomeEntity::Topic::problem, "{{ value_json.cause }}", "enum", "",
     "", -1, "{{ {'text': value_json.text, 'advice': value_json.advice} | tojson }}"},
    // Energy that restarts every hour has no state class: statistics use the counters.
    {"tariff_hour_consumption", "Consumption this hour", "sensor", HomeEntity::Topic::tariff,
     "{{ value_json.hour_consumption }}", "energy", "", "kWh", 3},
    {"tariff_hour_projection", "Projected consumption this hour", "sensor",
     HomeEntity::Topic::tariff, "{{ value_json.hour_projection }}", "energy", "", "kWh", 2},
    {"tariff_allowed_power", "Allowed power this hour", "sensor", HomeEntity::Topic::tariff,
     "{{ value_json.allowed_power }}", "power", "measurement", "W", 0},
    {"tariff_month_mean", "Capacity this month", "sensor", HomeEntity::Topic::tariff,
     "{{ value_json.month_mean }}", "power", "measurement", "kW", 2},
    {"tariff_step", "Capacity step", "sensor", HomeEntity::Topic::tariff, "{{ value_json.step }}",
     "", "", ""},
    {"tariff_step_limit", "Capacity step limit", "sensor", HomeEntity::Topic::tariff,
     "{{ value_json.step_limit }}", "power", "", "kW", 1},
    {"tariff_top_hours", "Highest hour this month", "sensor", HomeEntity::Topic::tariff,
     "{{ value_json.top_hours[0].consumption if value_json.top_hours else None }}", "energy", "",
     "kWh", 3, "{{ {'hours': value_json.top_hours} | tojson }}"},
    {"tariff_last_month", "Capacity last month", "sensor", HomeEntity::Topic::tariff,
     "{{ value_json.last_month.mean }}", "power", "", "kW", 2,
     "{{ value_json.last_month | tojson }}"},
});

} // namespace hanport::homeassistant
