// hanport decode with conversations of polled meters; the protocol is detected.
#include "support/lines.hpp"
#include "support/process.hpp"
#include "unit/iec62056/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::hanport;
using testing::HasSubstr;

// With check sums from Kamstrup's documents: serial number, type, register 99.
constexpr const char* kmp_text =
    "# a conversation, the reader's requests and the meter's answers\n"
    "[2026-11-20T15:59:30.412Z] 80 3F 02 35 E9 0D 40 3F 02 01 23 45 67 E9 56 0D\n"
    "[2026-11-20T15:59:30.912Z] 803F01058A0D 00 403F0100041BF90126990D\n"
    "[2026-11-20T15:59:31.412Z] 803F1001006319450D 403F1000633302000000CF4E0D\n";
constexpr const char* kmp_line =
    R"({"meter_id":"19088743","meter_type":"MULTICAL 601 Pt100, F1","manufacturer":"Kamstrup",)"
    R"("list_id":null,"list":"readout","meter_time":null,)"
    R"("values":[{"register":"99","name":"info_code","value":0,"unit":null}]})"
    "\n";

TEST(DecodeAsked, ReadsKmp) {
    const auto told = hanport({"decode"}, kmp_text);
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, kmp_line);
    EXPECT_EQ(told.err, "hanport: 1 list (1 readout), nothing refused\n");
}

TEST(DecodeAsked, TellsTheLineOfADamagedAnswer) {
    std::string text(kmp_text);
    text.replace(text.find("CF4E"), 4, "CF4F");
    const auto told = hanport({"decode"}, text);
    EXPECT_EQ(told.status, 1);
    EXPECT_EQ(told.err, "hanport: standard input:4: byte 43: check sum (CRC) wrong\n"
                        "hanport: 0 lists\n"
                        "hanport: refused 1 × check sum (CRC) wrong\n");
}

TEST(DecodeAsked, ReadsIec62056AsTheTextThatItIs) {
    for (const std::string& before : {std::string("/?!\r\n"), std::string()}) {
        const auto told = hanport({"decode"}, before + samples::omnipower_identification +
                                                  samples::omnipower_block);
        EXPECT_EQ(told.status, 0);
        EXPECT_THAT(told.out, HasSubstr(R"("meter_id":"60053","meter_type":"6841138AN110001")"));
        EXPECT_THAT(told.out, HasSubstr(R"("name":"active_power_import_max_sum","value":23370)"));
        EXPECT_EQ(told.err, "hanport: 1 list (1 readout), nothing refused\n");
    }
}

TEST(DecodeAsked, ReadsTheShortReadout) {
    const auto told = hanport({"decode", "--format", "table"},
                              "/#10001234 0056789 0012345 0007512 0003456 0004056 0000123 0000456 "
                              "0000250 0000000\r");
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.out, HasSubstr("volume                          567.89  m³    2\n"));
}

TEST(DecodeAsked, EveryFileIsLookedAtByItself) {
    const support::Folder folder;
    const auto told =
        hanport({"decode", folder.write("kmp.txt", kmp_text), support::hex_path("aidon-no-power"),
                 folder.write("iec.bin", samples::omnipower_identification + samples::small_xor)});
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.out, testing::StartsWith(kmp_line + support::expected("aidon-no-power")));
    EXPECT_THAT(told.out, HasSubstr(R"("value":123400,"unit":"Wh")"));
    EXPECT_EQ(told.err, "hanport: 3 lists (1 power, 2 readout), nothing refused\n");
}

} // namespace
