// Broker addresses, the wait between attempts, and the causes that brokers give.
#include "base/backoff.hpp"
#include "mqtt/broker.hpp"
#include "mqtt/broker_url.hpp"
#include "mqtt/reasons.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::mqtt::BrokerUrl;
using hanport::mqtt::parse_broker_url;

struct Good {
    const char* text;
    BrokerUrl url;
    const char* host_and_port;
};

class BrokerUrlParts : public testing::TestWithParam<Good> {};

TEST_P(BrokerUrlParts, AreRead) {
    const auto url = parse_broker_url(GetParam().text);
    ASSERT_TRUE(url) << GetParam().text << ": " << url.error();
    EXPECT_EQ(*url, GetParam().url) << GetParam().text;
    EXPECT_EQ(host_and_port(*url), GetParam().host_and_port);
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokerUrlParts,
    testing::Values(
        Good{"mqtt://localhost", {false, "localhost", 1883}, "localhost:1883"},
        Good{"mqtt://localhost:1884", {false, "localhost", 1884}, "localhost:1884"},
        Good{"mqtts://home.example.org", {true, "home.example.org", 8883}, "home.example.org:8883"},
        Good{"mqtts://10.0.0.7:1", {true, "10.0.0.7", 1}, "10.0.0.7:1"},
        Good{"mqtt://[::1]", {false, "::1", 1883}, "[::1]:1883"},
        Good{"mqtt://[fe80::1%eth0]:65535", {false, "fe80::1%eth0", 65535}, "[fe80::1%eth0]:65535"},
        Good{"mqtt://my_broker-2/", {false, "my_broker-2", 1883}, "my_broker-2:1883"}));

struct Bad {
    const char* text;
    const char* error;
};

class BrokerUrlErrors : public testing::TestWithParam<Bad> {};

TEST_P(BrokerUrlErrors, SayWhatIsAllowed) {
    const auto url = parse_broker_url(GetParam().text);
    ASSERT_FALSE(url) << GetParam().text;
    EXPECT_EQ(url.error(), std::string(GetParam().error) +
                               "; allowed are mqtt://host[:port] and mqtts://host[:port]");
}

constexpr const char* no_scheme = "does not begin with mqtt:// or mqtts://";
constexpr const char* no_host = "names no host";
constexpr const char* no_port = "the port is no number from 1 to 65535";

INSTANTIATE_TEST_SUITE_P(
    All, BrokerUrlErrors,
    testing::Values(Bad{"", no_scheme}, Bad{"localhost:1883", no_scheme},
                    Bad{"tcp://localhost", no_scheme}, Bad{"MQTT://localhost", no_scheme},
                    Bad{"mqtt://", no_host}, Bad{"mqtt:///", no_host}, Bad{"mqtt://:1883", no_host},
                    Bad{"mqtt://a b", no_host}, Bad{"mqtt://host/path", no_host},
                    Bad{"mqtt://[]", no_host}, Bad{"mqtt://[::1", "a bracket is not closed"},
                    Bad{"mqtt://h:", no_port}, Bad{"mqtt://h:0", no_port},
                    Bad{"mqtt://h:65536", no_port}, Bad{"mqtt://h:-1", no_port},
                    Bad{"mqtt://h:1883x", no_port}, Bad{"mqtt://::1", no_host},
                    Bad{"mqtt://[::1]x", no_port},
                    Bad{"mqtt://user:pw@host", "user name and password have keys of their own"}));

TEST(ReconnectDelay, DoublesUpToAMinuteAndBeginsAnew) {
    const hanport::mqtt::BrokerOptions options;
    hanport::base::Backoff delay(options.first_retry, options.slowest_retry);
    for (const auto wanted : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s})
        EXPECT_EQ(delay.next(), wanted);
    delay.reset();
    EXPECT_EQ(delay.next(), 1s);
}

TEST(BrokerCauses, AreThoseOfTheStandards) {
    using hanport::mqtt::text_of_reason;
    using hanport::mqtt::text_of_return_code;
    EXPECT_EQ(text_of_reason(0x86), "bad user name or password");
    EXPECT_EQ(text_of_return_code(4), "bad user name or password");
    EXPECT_EQ(text_of_reason(0x87), text_of_return_code(5));
    EXPECT_EQ(text_of_reason(0x84), text_of_return_code(1));
    EXPECT_EQ(text_of_reason(0x85), text_of_return_code(2));
    EXPECT_EQ(text_of_reason(0x88), text_of_return_code(3));
    EXPECT_EQ(text_of_reason(0x8E), "another client has connected with the same client id");
    for (const int none : {0, 1, 2, 0x10, 0xFF, -1})
        EXPECT_EQ(text_of_reason(none), "") << none;
    EXPECT_EQ(text_of_reason(0xBB), "the broker gives the reason 0xBB");
    for (const int none : {0, -1, 6, 128})
        EXPECT_EQ(text_of_return_code(none), "") << none;
}

} // namespace
