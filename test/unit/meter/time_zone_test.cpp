// Summer time by the rule, against the C library with the system's time zone files.
#include "meter/time_zone.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>

namespace {

using namespace std::chrono;
using hanport::meter::TimeZone;

class InZone {
  public:
    explicit InZone(const char* zone) {
        ::setenv("TZ", zone, 1);
        ::tzset();
    }
    ~InZone() {
        ::unsetenv("TZ");
        ::tzset();
    }
    InZone(const InZone&) = delete;
    InZone& operator=(const InZone&) = delete;
};

TEST(TimeZoneTest, AgreesWithTheCLibrary) {
    if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Oslo"))
        GTEST_SKIP() << "this system has no time zones (tzdata)";
    for (const std::string_view name : TimeZone::names()) {
        const InZone zone(std::string(name).c_str());
        const auto rule = TimeZone::named(name);
        ASSERT_TRUE(rule.has_value());
        for (sys_seconds time = sys_days(2024y / 1 / 1); time < sys_days(2037y / 1 / 1);
             time += minutes(30)) {
            const std::time_t now = time.time_since_epoch().count();
            std::tm local{};
            ::localtime_r(&now, &local);
            ASSERT_EQ(rule->offset(time).count() * 60, local.tm_gmtoff) << name << ' ' << now;
        }
    }
}

TEST(TimeZoneTest, ChangesAtOneOClockUtc) {
    const auto oslo = TimeZone::named("Europe/Oslo");
    ASSERT_TRUE(oslo.has_value());
    const sys_seconds spring = sys_days(2026y / March / 29) + hours(1);
    const sys_seconds autumn = sys_days(2026y / October / 25) + hours(1);
    EXPECT_EQ(oslo->offset(spring - seconds(1)), hours(1));
    EXPECT_EQ(oslo->offset(spring), hours(2));
    EXPECT_EQ(oslo->offset(autumn - seconds(1)), hours(2));
    EXPECT_EQ(oslo->offset(autumn), hours(1));
}

TEST(TimeZoneTest, OtherNamesAreNone) {
    EXPECT_FALSE(TimeZone::named("").has_value());
    EXPECT_FALSE(TimeZone::named("Europe/Atlantis").has_value());
}

} // namespace
