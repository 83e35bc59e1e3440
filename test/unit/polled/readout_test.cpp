// Selection and naming of a reading's values; a meter's clock.
#include "polled/readout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using han::cosem::QuantityKind;
using han::cosem::Unit;
using polled::Choice;
using polled::Readout;

// "name code kind unit" of each reading; - for no kind, or none that fits the unit.
std::vector<std::string> told(const Readout& readout) {
    std::vector<std::string> all;
    for (const auto& reading : readout.list.readings) {
        std::string text = name(reading) + " ";
        append_code(text, reading);
        const auto kind = han::cosem::kind(reading);
        all.push_back(text + " " + (kind ? std::to_string(static_cast<int>(*kind)) : "-") + " " +
                      std::string(unit_text(reading)));
    }
    return all;
}

class ReadoutTest : public testing::Test {
  protected:
    ReadoutTest() {
        readout
            .add({.scheme = "register",
                  .code = "60",
                  .name = "heat_energy",
                  .kind = QuantityKind::heat_energy})
            .unit = Unit::joule;
        readout
            .add({.scheme = "register",
                  .code = "68",
                  .name = "volume",
                  .kind = QuantityKind::volume})
            .unit = Unit::cubic_metre;
        readout.add({.scheme = "register", .code = "112", .unit = "Gcal"});
    }

    const std::string heat = std::to_string(static_cast<int>(QuantityKind::heat_energy));
    const std::string volume = std::to_string(static_cast<int>(QuantityKind::volume));
    Readout readout;
};

TEST_F(ReadoutTest, WithoutChoicesAllIsKept) {
    select(readout, {});
    EXPECT_THAT(told(readout),
                testing::ElementsAre("heat_energy 60 " + heat + " J", "volume 68 " + volume + " m³",
                                     "112 112 - Gcal"));
}

TEST_F(ReadoutTest, ChoicesAreByCodeOrNameAndInTheirOrder) {
    const Choice choices[] = {{.code = "112", .name = "customer"},
                              {.code = "volume", .name = "cellar"},
                              {.code = "7", .name = ""}};
    select(readout, choices);
    EXPECT_THAT(told(readout),
                testing::ElementsAre("customer 112 - Gcal", "cellar 68 " + volume + " m³"));
}

TEST(ReadoutChoices, AreByTheShortCodeToo) {
    const auto chosen = [](const char* code, const char* wanted) {
        Readout readout;
        (void)readout.add({.scheme = "obis", .code = code});
        const Choice choices[] = {{.code = wanted, .name = ""}};
        select(readout, choices);
        return readout.list.readings.size();
    };
    for (const char* const code : {"1.8.0", "1-1:1.8.0", "1-0:1.8.0", "0-0:1.8.0", "1-0:1.8.0*255"})
        EXPECT_EQ(chosen(code, "1.8.0"), 1U) << code;
    EXPECT_EQ(chosen("1-1:1.8.0", "1-1:1.8.0"), 1U);
    EXPECT_EQ(chosen("1-1:1.8.0*255", "1-1:1.8.0*255"), 1U);
    EXPECT_EQ(chosen("1-1:1.8.0*18", "1.8.0*18"), 1U);
    EXPECT_EQ(chosen("1-1:1.8.0", "1-0:1.8.0"), 0U);
    EXPECT_EQ(chosen("1-1:1.8.0*18", "1.8.0"), 0U);
    EXPECT_EQ(chosen("7-0:1.8.0", "1.8.0"), 0U) << "gas";
    EXPECT_EQ(chosen("1-1:1.8.1", "1.8.0"), 0U);
}

TEST_F(ReadoutTest, ATypeOfOnesOwnReplacesTheKindWhereTheUnitFits) {
    const auto energy = static_cast<int>(QuantityKind::active_energy);
    const Choice choices[] = {
        {.code = "60", .name = "a", .kind = QuantityKind::active_energy, .has_type = true},
        {.code = "60", .name = "b", .kind = QuantityKind::volume, .has_type = true},
        {.code = "68", .name = "c", .has_type = true}};
    select(readout, choices);
    EXPECT_THAT(told(readout), testing::ElementsAre("a 60 " + std::to_string(energy) + " J",
                                                    "b 60 - J", "c 68 - m³"));
}

TEST(ReadoutTime, IsOfTheCalendarOrNone) {
    const auto text = [](std::uint64_t date, std::uint64_t time) {
        std::string written;
        if (const auto moment = polled::date_time(date, time))
            append_iso8601(written, *moment, true);
        return written;
    };
    EXPECT_EQ(text(261120, 235959), "2026-11-20T23:59:59");
    EXPECT_EQ(text(101, 0), "2000-01-01T00:00:00");
    EXPECT_EQ(text(240229, 1), "2024-02-29T00:00:01");
    for (const auto& [date, time] : {std::pair(261320U, 0U),
                                     {261132U, 0U},
                                     {261100U, 0U},
                                     {260020U, 0U},
                                     {250229U, 0U},
                                     {261120U, 240000U},
                                     {261120U, 6000U},
                                     {261120U, 60U},
                                     {1261120U, 0U}})
        EXPECT_EQ(text(date, time), "") << date << " " << time;
}

} // namespace
