// Small readers of the configuration: network addresses, and the nearest known word.
#include "base/host_port.hpp"
#include "config/nearest.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

using hanport::base::HostPort;
using hanport::base::parse_host_port;

TEST(HostPortTest, ReadsNamesAndAddresses) {
    const std::pair<const char*, HostPort> rows[] = {
        {"pi", {"pi", 0}},
        {"pi:1", {"pi", 1}},
        {"pi.example:65535", {"pi.example", 65535}},
        {"192.168.1.7:2001", {"192.168.1.7", 2001}},
        {"[fd00::1]", {"fd00::1", 0}},
        {"[fe80::1%eth0]:2001", {"fe80::1%eth0", 2001}},
        {"my_host-2:80", {"my_host-2", 80}},
    };
    for (const auto& [text, address] : rows)
        EXPECT_EQ(parse_host_port(text), address) << text;
}

TEST(HostPortTest, RefusesWhatIsNone) {
    for (const char* const text :
         {"", ":80", "pi:", "pi:0", "pi:65536", "pi:-1", "pi:+1", "pi:80 ", "pi:80/x", "pi/x",
          "fd00::1", "[fd00::1", "[]", "[pi]", "[fd00::1]80", "[fd00::1]:", "a b", "me@pi", "å"})
        EXPECT_EQ(parse_host_port(text), std::nullopt) << text;
}

TEST(NearestTest, FindsWhatWasMeant) {
    constexpr auto known =
        std::to_array<std::string_view>({"device", "baud", "parity", "password_file"});
    const std::pair<const char*, const char*> rows[] = {
        {"device", "device"},
        {"divice", "device"},
        {"devcie", "device"},
        {"devices", "device"},
        {"buad", "baud"},
        {"Parity", "parity"},
        {"pasword_file", "password_file"},
        {"password", "password_file"},
        {"baudrate", "baud"},
        {"vendor", ""},
        {"p", ""},
        {"", ""},
    };
    for (const auto& [word, meant] : rows)
        EXPECT_EQ(hanport::config::nearest(word, known), meant) << word;
    EXPECT_EQ(hanport::config::nearest(std::string(100, 'x'), known), "");
}

} // namespace
