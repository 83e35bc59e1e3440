// Texts of the brokers' reason codes.
#include "mqtt/reasons.hpp"

#include <array>
#include <cstdio>

namespace hanport::mqtt {
namespace {

struct Cause {
    int code;
    const char* text;
};

constexpr std::uint8_t topic_name_invalid = 0x90;
constexpr std::uint8_t payload_format_invalid = 0x99;
constexpr const char* not_authorised = "not authorised: bad user name or password, or the broker "
                                       "does not let this client in";

// MQTT 5.0, table 2-6: codes of CONNACK and DISCONNECT.
constexpr auto reasons = std::to_array<Cause>({
    {0x80, "the broker gives no reason"},
    {0x81, "the broker says a packet was malformed"},
    {0x82, "the broker says the protocol was violated"},
    {0x83, "the broker gives a reason of its own kind"},
    {0x84, "the broker does not speak this version of MQTT"},
    {0x85, "the broker refuses this client id"},
    {0x86, "bad user name or password"},
    {0x87, not_authorised},
    {0x88, "the broker says it is unavailable"},
    {0x89, "the broker says it is busy"},
    {0x8A, "the broker has banned this client"},
    {0x8B, "the broker shuts down"},
    {0x8C, "the broker wants another way of authentication"},
    {0x8D, "the broker heard nothing for too long"},
    {0x8E, "another client has connected with the same client id"},
    {0x8F, "the broker refuses the topic of a subscription"},
    {0x90, "the broker refuses a topic name"},
    {0x93, "the broker got more messages at a time than it takes"},
    {0x94, "the broker refuses a topic alias"},
    {0x95, "the broker refuses a message as too large"},
    {0x96, "the broker got messages faster than it takes them"},
    {0x97, "the broker's quota is used up"},
    {0x98, "the broker's administrator ended the connection"},
    {0x99, "the broker refuses the format of a message"},
    {0x9A, "the broker does not retain messages"},
    {0x9B, "the broker does not take messages of QoS 1"},
    {0x9C, "the broker wants another one to be used"},
    {0x9D, "the broker has moved"},
    {0x9E, "the broker does not support shared subscriptions"},
    {0x9F, "the broker refuses so many connections at a time"},
    {0xA0, "the broker allows no longer connection"},
    {0xA1, "the broker does not support subscription identifiers"},
    {0xA2, "the broker does not support wildcards in subscriptions"},
});

// The same table: codes of PUBACK and SUBACK with a different text.
constexpr auto refusals = std::to_array<Cause>({
    {0x87, "not authorised by the broker's access list (ACL)"},
    {0x90, "the broker does not take this topic name"},
    {0x91, "the broker says the packet identifier is in use"},
    {0x95, "larger than what the broker takes"},
    {0x99, "the broker does not take this format of content"},
});

// MQTT 3.1.1, table 3.1.
constexpr auto return_codes = std::to_array<Cause>({
    {1, "the broker does not speak this version of MQTT"},
    {2, "the broker refuses this client id"},
    {3, "the broker says it is unavailable"},
    {4, "bad user name or password"},
    {5, not_authorised},
});

template <class Table>
std::string text_of(const Table& table, int code) {
    for (const Cause& row : table)
        if (row.code == code)
            return row.text;
    return {};
}

} // namespace

std::string text_of_reason(int reason) {
    constexpr int first_error = 0x80;
    constexpr int none = 0xFF; // not in any table; paho uses it for MQTT 3.1.1
    if (reason < first_error || reason >= none)
        return {};
    if (std::string known = text_of(reasons, reason); !known.empty())
        return known;
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "the broker gives the reason 0x%02X",
                  static_cast<unsigned>(reason));
    return text.data();
}

std::string text_of_refusal(std::uint8_t reason) {
    std::string text = text_of(refusals, reason);
    return text.empty() ? text_of_reason(reason) : text;
}

bool is_final_refusal(std::uint8_t reason) noexcept {
    return reason == topic_name_invalid || reason == packet_too_large ||
           reason == payload_format_invalid;
}

std::string text_of_return_code(int code) {
    return text_of(return_codes, code);
}

} // namespace hanport::mqtt
