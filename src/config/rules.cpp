// The rules for texts; see rules.hpp.
#include "config/rules.hpp"

#include "base/host_port.hpp"

#include <algorithm>
#include <cstddef>

namespace hanport::config {
namespace {

constexpr std::size_t longest_name = 100;

bool is_printable(char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '\x7F';
}

bool is_device(std::string_view text) {
    if (is_tcp(text)) {
        const auto address = base::parse_host_port(text.substr(tcp_scheme.size()));
        return address && address->port != 0;
    }
    return text == "auto" || (text.starts_with('/') && std::ranges::all_of(text, is_printable));
}

bool is_url(std::string_view text) {
    for (const std::string_view scheme : {"mqtt://", "mqtts://"})
        if (text.starts_with(scheme))
            return base::parse_host_port(text.substr(scheme.size())).has_value();
    return false;
}

bool is_client_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_' || c == '.';
    });
}

bool is_username(std::string_view text) {
    return std::ranges::all_of(text, is_printable);
}

bool is_prefix(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && !text.starts_with('$') &&
           !text.starts_with('/') && !text.ends_with('/') && std::ranges::all_of(text, [](char c) {
               return is_printable(c) && c != ' ' && c != '+' && c != '#';
           });
}

bool is_meter_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, is_printable);
}

} // namespace

const TextRule device_rule{is_device, R"("auto", an absolute path, tcp://HOST:PORT)"};
const TextRule url_rule{is_url, "mqtt://HOST[:PORT], mqtts://HOST[:PORT] (TLS)"};
const TextRule client_id_rule{is_client_id, "1 to 100 of letters, digits, - _ ."};
const TextRule username_rule{is_username, "printable characters"};
const TextRule prefix_rule{is_prefix,
                           "1 to 100 characters, no + # or blank, no / at either end, no $ first"};
const TextRule meter_id_rule{is_meter_id, "a meter's number, as it is part of its topics"};

} // namespace hanport::config
