// Small readers of the configuration: network addresses, and the nearest known word.
#include "base/host_port.hpp"
#include "config/nearest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

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
    EXPECT_EQ(to_string(HostPort{"pi", 1}), "pi:1");
    EXPECT_EQ(to_string(HostPort{"fd00::1", 80}), "[fd00::1]:80");
}

TEST(HostPortTest, RefusesWhatIsNone) {
    using Error = hanport::base::HostPortError;
    const std::pair<Error, std::vector<const char*>> rows[] = {
        {Error::bracket, {"[fd00::1", "["}},
        {Error::host, {"", ":80", "pi/x", "[]", "[pi]", "a b", "me@pi", "å", "::1"}},
        {Error::port,
         {"pi:", "pi:0", "pi:65536", "pi:-1", "pi:+1", "pi:80 ", "pi:80/x", "fd00::1",
          "[fd00::1]80", "[fd00::1]:"}},
    };
    for (const auto& [error, texts] : rows)
        for (const char* const text : texts) {
            const auto address = parse_host_port(text);
            EXPECT_TRUE(!address && address.error() == error) << text;
        }
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
