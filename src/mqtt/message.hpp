// A message to publish: topic, payload, QoS and retain flag.
#pragma once

#include <cstdint>
#include <string>

namespace hanport::mqtt {

enum class Qos : std::uint8_t { at_most_once = 0, at_least_once = 1 };
enum class Retain : std::uint8_t { no, yes };

struct Message {
    std::string topic{};
    std::string payload{};
    Qos qos = Qos::at_most_once;
    Retain retain = Retain::no;
};

} // namespace hanport::mqtt
