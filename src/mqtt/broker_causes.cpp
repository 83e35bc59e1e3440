// The reasons that brokers give.
#include "mqtt/broker_causes.hpp"

#include <array>

namespace hanport {
namespace {

struct Cause {
    int code;
    const char* text;
};

constexpr const char* not_authorised = "not authorised: bad user name or password, or the broker "
                                       "does not let this client in";

// MQTT 5.0, table 2-6.
constexpr auto reasons = std::to_array<Cause>({
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
    {0x95, "the broker refuses a message as too large"},
    {0x97, "the broker's quota is used up"},
    {0x98, "the broker's administrator ended the connection"},
    {0x9F, "the broker refuses so many connections at a time"},
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
    return text_of(reasons, reason);
}

std::string text_of_return_code(int code) {
    return text_of(return_codes, code);
}

} // namespace hanport
