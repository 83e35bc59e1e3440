// hanport simulate with polled meters, as users call it. The answers of these meters are tested in
// unit/simulator/polled_meter_test.cpp, reading them in pull_test.cpp.
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::hanport;
using testing::HasSubstr;

TEST(SimulateAsked, WrongCallsAreTold) {
    struct Row {
        std::vector<std::string> arguments;
        const char* told;
    };
    const Row rows[] = {
        {{"--meter", "multical-601", "--to", "stdout"}, "this meter is polled"},
        {{"--meter", "multical-601", "--speed", "60"}, "are for meters that push"},
        {{"--meter", "multical-601", "--meter-id", "x"}, "is a number up to 4294967295"},
        {{"--meter", "multical-66", "--meter-id", "1"}, "this meter does not say its id"},
        {{"--meter", "omnipower-iec", "--meter-id", "x"}, "has up to 16 digits"},
        {{"--echo"}, "--echo: is for polled meters"},
        {{"--asleep", "1"}, "--asleep: is for polled meters"},
    };
    for (const Row& row : rows) {
        std::vector<std::string> arguments{"simulate"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        const auto told = hanport(arguments);
        EXPECT_EQ(told.status, 2) << row.told;
        EXPECT_THAT(told.err, HasSubstr(row.told));
    }
}

TEST(SimulateAsked, IsOneOfTheModels) {
    EXPECT_THAT(hanport({"simulate", "--help"}).out,
                testing::AllOf(HasSubstr("multical-601"), HasSubstr("multical-66"),
                               HasSubstr("omnipower-iec"), HasSubstr("--asleep")));
}

} // namespace
