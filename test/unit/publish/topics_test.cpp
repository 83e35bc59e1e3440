// Topics as in the README's table and in Home Assistant's documentation.
#include "publish/topics.hpp"

#include <gtest/gtest.h>

namespace {

using han::list::ListKind;
using hanport::base::topic_level;
using hanport::publish::Topics;

TEST(Topics, AreThoseOfTheTable) {
    const Topics topics{.prefix = "hanport", .client_id = "hanport-pi"};
    const char* const meter = "5706567000000456";
    EXPECT_EQ(topics.list(meter, ListKind::power), "hanport/5706567000000456/list/power");
    EXPECT_EQ(topics.list(meter, ListKind::live), "hanport/5706567000000456/list/live");
    EXPECT_EQ(topics.list(meter, ListKind::hourly), "hanport/5706567000000456/list/hourly");
    EXPECT_EQ(topics.state(meter), "hanport/5706567000000456/state");
    EXPECT_EQ(topics.availability(meter), "hanport/5706567000000456/availability");
    EXPECT_EQ(topics.status(), "hanport/reader/hanport-pi/status");
    EXPECT_EQ(topics.stats(), "hanport/reader/hanport-pi/stats");
    EXPECT_EQ(topics.device_config(meter), "homeassistant/device/hanport_5706567000000456/config");
    EXPECT_EQ(topics.single_config(meter, "sensor", "voltage_l1"),
              "homeassistant/sensor/hanport_5706567000000456/voltage_l1/config");
    EXPECT_EQ(topics.single_configs(meter), "homeassistant/+/hanport_5706567000000456/+/config");
    EXPECT_EQ(topics.home_assistant_status(), "homeassistant/status");
}

TEST(Topics, PrefixesAreTakenAsTheyAre) {
    const Topics topics{
        .prefix = "home/power", .client_id = "a", .discovery_prefix = "home/discovery"};
    EXPECT_EQ(topics.state("1"), "home/power/1/state");
    EXPECT_EQ(topics.status(), "home/power/reader/a/status");
    EXPECT_EQ(topics.device_config("1"), "home/discovery/device/hanport_1/config");
}

TEST(Topics, MeterAndClientIdsAreMadeSafe) {
    const Topics topics{.client_id = "pi/attic #2"};
    EXPECT_EQ(topics.state("12+3/4#"), "hanport/12_3_4_/state");
    EXPECT_EQ(topics.status(), "hanport/reader/pi_attic__2/status");
    EXPECT_EQ(topics.device_config("a b"), "homeassistant/device/hanport_a_b/config");
}

struct Level {
    const char* name;
    std::string_view text;
    std::string_view level;
};

class TopicLevel : public testing::TestWithParam<Level> {};

TEST_P(TopicLevel, KeepsOnlyWhatTopicsMayHave) {
    EXPECT_EQ(topic_level(GetParam().text), GetParam().level);
}

INSTANTIATE_TEST_SUITE_P(
    All, TopicLevel,
    testing::Values(Level{"Digits", "7359992890941742", "7359992890941742"},
                    Level{"AllThatIsAllowed", "AZaz09_-.", "AZaz09_-."},
                    Level{"Wildcards", "+#", "__"}, Level{"Separator", "a/b", "a_b"},
                    Level{"Dollar", "$SYS", "_SYS"}, Level{"Blank", " x ", "_x_"},
                    Level{"Utf8", "m\xC3\xA5ler", "m__ler"}, Level{"Nul", {"a\0b", 3}, "a_b"},
                    Level{"Control", "a\nb", "a_b"}, Level{"Empty", "", "unknown"}),
    [](const auto& test) { return test.param.name; });

TEST(Topics, LongIdsAreCutAndStayDifferent) {
    const std::string longest(100, '9');
    EXPECT_EQ(topic_level(longest), longest);
    const std::string a = topic_level(longest + "a");
    const std::string b = topic_level(longest + "b");
    EXPECT_EQ(a.size(), 100U);
    EXPECT_NE(a, b);
    EXPECT_TRUE(a.starts_with(std::string(91, '9') + "-")) << a;
    EXPECT_EQ(topic_level(a), a);
    const Topics topics;
    EXPECT_LT(topics.device_config(std::string(5000, '9')).size(), 200U);
}

} // namespace
