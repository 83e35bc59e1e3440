// hanport decode as users call it: files and pipes, binary and hex text, keys, and the errors for
// wrong options and for files that cannot be read or written.
#include "support/lines.hpp"
#include "support/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::binary;
using support::expected;
using support::Folder;
using support::hanport;
using support::hex_path;
using support::Process;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view live = "kamstrup-no-3p4q-live-new";
constexpr std::string_view hourly = "kaifa-no-3p-hourly";

// ---- input ------------------------------------------------------------------------------------

TEST(Decode, ReadsAFileOfHexText) {
    const auto told = hanport({"decode", hex_path(live)});
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, expected(live));
    EXPECT_EQ(told.err, "hanport: 1 list (1 live), nothing refused\n");
}

TEST(Decode, ReadsABinaryFile) {
    const Folder folder;
    const auto told = hanport({"decode", folder.write("capture.bin", binary(live))});
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, expected(live));
}

TEST(Decode, ReadsStandardInputWithoutFileAndForADash) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"decode"}, std::vector<std::string>{"decode", "-"}}) {
        const auto told = hanport(arguments, binary(hourly));
        EXPECT_EQ(told.status, 0);
        EXPECT_EQ(told.out, expected(hourly));
        EXPECT_EQ(told.err, "hanport: 1 list (1 hourly), nothing refused\n");
    }
}

TEST(Decode, ReadsSeveralFilesInOrderAndCountsThemTogether) {
    const Folder folder;
    const auto told =
        hanport({"decode", hex_path("aidon-no-power"), "-",
                 folder.write("capture.bin", binary(live)), hex_path("kaifa-no-stream")},
                binary(hourly));
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, expected("aidon-no-power") + expected(hourly) + expected(live) +
                            expected("kaifa-no-stream"));
    EXPECT_EQ(told.err, "hanport: 8 lists (4 power, 2 live, 2 hourly), nothing refused\n");
}

TEST(Decode, EveryCorpusFileGivesItsLines) {
    for (const auto& file : support::corpus()) {
        std::vector<std::string> arguments{"decode", hex_path(file.name)};
        if (file.keys.encryption) {
            arguments.insert(arguments.end(),
                             {"--encryption-key", support::to_hex(*file.keys.encryption),
                              "--authentication-key", support::to_hex(*file.keys.authentication)});
        }
        const auto told = hanport(arguments);
        EXPECT_EQ(told.status, 0) << file.name;
        EXPECT_EQ(told.out, expected(file.name)) << file.name;
    }
}

TEST(Decode, TheShippedExampleDecodes) {
    const auto told = hanport({"decode", support::project_file("examples/omnipower.hex")});
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.err, "hanport: 8 lists (7 live, 1 hourly), nothing refused\n");
    EXPECT_THAT(told.out, HasSubstr(R"("value":186429)"));
}

TEST(Decode, ReadsHexTextHoweverItIsWritten) {
    const std::string hex = support::to_hex(support::corpus_file(live).octets);
    std::string spaced = "# my meter\n[2026-11-20T15:59:30.412Z] ";
    std::string listed = "\r\n";
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        spaced += hex.substr(i, 2) + (i % 32 == 30 ? "  # so far\n" : " ");
        listed += "0x" + hex.substr(i, 2) + (i % 16 == 14 ? ",\r\n" : ", ");
    }
    for (const std::string& text : {hex, hex + "\n", spaced, listed}) {
        const auto told = hanport({"decode"}, text);
        EXPECT_EQ(told.status, 0) << text;
        EXPECT_EQ(told.out, expected(live)) << text;
        EXPECT_THAT(told.err, HasSubstr("nothing refused"));
    }
}

TEST(Decode, APowerListHasNoMeterOfAnotherFile) {
    const auto told = hanport({"decode", hex_path(hourly), hex_path("kaifa-no-power")});
    EXPECT_EQ(told.out, expected(hourly) + expected("kaifa-no-power"));
    EXPECT_THAT(expected("kaifa-no-power"), HasSubstr(R"("meter_id":null)"));
    // In one stream it has.
    const auto joined = hanport({"decode"}, binary(hourly) + binary("kaifa-no-power"));
    EXPECT_THAT(joined.out, Not(HasSubstr("null,\"meter_type\"")));
}

// ---- output -----------------------------------------------------------------------------------

TEST(Decode, WritesEachLineWhenItsFrameHasCome) {
    for (const bool text : {false, true}) {
        Process process({"decode"});
        for (const std::string_view name : {live, hourly, std::string_view("aidon-no-power")}) {
            process.write(text ? support::to_hex(support::corpus_file(name).octets) + "\n"
                               : binary(name));
            const std::string line = process.read_line();
            const std::string& wanted = support::corpus_file(name).lines[0];
            // The power list follows a longer list and has its meter.
            EXPECT_THAT(line, EndsWith(wanted.substr(wanted.find("\"list\":"))));
        }
        EXPECT_EQ(process.finish().status, 0);
    }
}

TEST(Decode, SaysThatItCannotWrite) {
    for (const char* format : {"json", "table"}) {
        const auto told =
            hanport({"decode", "--format", format, hex_path(live)}, {}, {.output = "/dev/full"});
        EXPECT_EQ(told.status, 2);
        EXPECT_EQ(told.err,
                  "hanport: standard output: cannot be written: No space left on device\n");
    }
}

// ---- keys -------------------------------------------------------------------------------------

constexpr std::string_view ciphered = "kamstrup-dk-ciphered";

std::string key_text() {
    return support::to_hex(*support::corpus_file(ciphered).keys.encryption);
}
std::string authentication_text() {
    return support::to_hex(*support::corpus_file(ciphered).keys.authentication);
}

TEST(DecodeKeys, ComeFromTheCommandLineOrAFile) {
    const Folder folder;
    const auto file = folder.write("key", "# GPK60\n" + key_text() + "\n");
    for (const std::vector<std::string>& keys :
         {std::vector<std::string>{"--encryption-key", key_text()},
          std::vector<std::string>{"--encryption-key", "@" + file},
          std::vector<std::string>{"--encryption-key=" + key_text(),
                                   "--authentication-key=" + authentication_text()}}) {
        std::vector<std::string> arguments{"decode", hex_path(ciphered)};
        arguments.insert(arguments.end(), keys.begin(), keys.end());
        const auto told = hanport(arguments);
        EXPECT_EQ(told.status, 0);
        EXPECT_EQ(told.out, expected(ciphered));
    }
}

TEST(DecodeKeys, MissingOrWrongGiveNoListAndAReason) {
    const auto none = hanport({"decode", hex_path(ciphered)});
    EXPECT_EQ(none.status, 1);
    EXPECT_THAT(none.out, IsEmpty());
    EXPECT_THAT(none.err, HasSubstr("no encryption key is given"));
    const std::string other(32, '7');
    const auto wrong = hanport({"decode", "--encryption-key", other, hex_path(ciphered)});
    EXPECT_EQ(wrong.status, 1);
    EXPECT_THAT(wrong.err, HasSubstr("the key is not this meter's"));
    const auto unverified = hanport({"decode", "--encryption-key", key_text(),
                                     "--authentication-key", other, hex_path(ciphered)});
    EXPECT_EQ(unverified.status, 1);
    EXPECT_THAT(unverified.out, IsEmpty());
    EXPECT_THAT(unverified.err, HasSubstr("authentication tag wrong"));
}

TEST(DecodeKeys, OfAnotherFormAreAWrongCallAndNotRepeated) {
    const Folder folder;
    const std::string secret = "C0FFEE";
    for (const char* option : {"--encryption-key", "--authentication-key"})
        for (const std::string& value :
             {secret, key_text() + secret, key_text().replace(0, 6, "secret"), key_text() + "A",
              std::string(), "@" + folder.write("key", secret)}) {
            const auto told = hanport({"decode", option, value, hex_path(ciphered)});
            EXPECT_EQ(told.status, 2) << value;
            EXPECT_THAT(told.out, IsEmpty());
            EXPECT_THAT(told.err, HasSubstr(option));
            EXPECT_THAT(told.err, Not(HasSubstr(secret)));
            EXPECT_THAT(told.err, Not(HasSubstr(key_text().substr(6))));
        }
}

TEST(DecodeKeys, FromWhatIsNoFileAreAWrongCall) {
    const Folder folder;
    for (const std::string& path : {folder.path("no-such"), folder.path(".")}) {
        const auto unreadable = hanport({"decode", "--encryption-key", "@" + path});
        EXPECT_EQ(unreadable.status, 2) << path;
        EXPECT_THAT(unreadable.err, HasSubstr("cannot read " + path));
    }
    const auto endless = hanport({"decode", "--encryption-key", "@/dev/zero"});
    EXPECT_EQ(endless.status, 2);
}

// ---- wrong calls ------------------------------------------------------------------------------

TEST(DecodeWrongCalls, EndWithStatus2) {
    for (const std::vector<std::string>& arguments : {
             std::vector<std::string>{},
             std::vector<std::string>{"no-such-command"},
             std::vector<std::string>{"decode", "--no-such-option"},
             std::vector<std::string>{"decode", "--format", "xml"},
             std::vector<std::string>{"decode", "--format"},
             std::vector<std::string>{"decode", "--encryption-key"},
         }) {
        const auto told = hanport(arguments);
        EXPECT_EQ(told.status, 2) << testing::PrintToString(arguments);
        EXPECT_THAT(told.out, IsEmpty());
        EXPECT_THAT(told.err, Not(IsEmpty()));
    }
}

TEST(DecodeWrongCalls, HelpAndVersionAreNone) {
    for (const char* option : {"--help", "--version"}) {
        const auto told = hanport({option});
        EXPECT_EQ(told.status, 0);
        EXPECT_THAT(told.out, HasSubstr("hanport"));
    }
    EXPECT_THAT(hanport({"decode", "--help"}).out, HasSubstr("Exit status"));
}

TEST(DecodeWrongCalls, UnreadableFilesAreNamedAndTheOthersDecoded) {
    const Folder folder;
    const auto missing = folder.path("no-such-file");
    const auto told = hanport({"decode", missing, hex_path(live), folder.path()});
    EXPECT_EQ(told.status, 2);
    EXPECT_EQ(told.out, expected(live));
    EXPECT_THAT(told.err, HasSubstr(missing + ": cannot be read: No such file or directory\n"));
    EXPECT_THAT(told.err, HasSubstr(folder.path() + ": cannot be read: Is a directory\n"));
    EXPECT_THAT(told.err, HasSubstr("1 list (1 live)"));
}

} // namespace
