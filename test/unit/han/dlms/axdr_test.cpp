// A-XDR in line: every tag, every length form, every truncation, and what is announced but not
// there.
#include "han/dlms/axdr.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>

namespace {

using han::dlms::DataType;
using han::dlms::Element;
using han::dlms::Error;
using han::dlms::read_length;
using han::dlms::Reader;
using support::hex;

struct Row {
    const char* name;
    const char* octets; ///< one value, or a container with its elements
    DataType tag;
    std::uint32_t count;
    const char* contents; ///< of a compact array from its description on
    std::size_t head;     ///< octets up to the elements of a container; else all
};

// The table of data types of the Green Book, 9.5.
const Row rows[] = {
    {"null-data", "00", DataType::null_data, 0, "", 1},
    {"array", "01 02 11 01 11 02", DataType::array, 2, "", 2},
    {"empty array", "01 00", DataType::array, 0, "", 2},
    {"structure", "02 02 11 01 00", DataType::structure, 2, "", 2},
    {"boolean", "03 01", DataType::boolean, 1, "01", 2},
    {"bit-string of 10", "04 0A B380", DataType::bit_string, 10, "B380", 4},
    {"bit-string of 8", "04 08 81", DataType::bit_string, 8, "81", 3},
    {"bit-string of 0", "04 00", DataType::bit_string, 0, "", 2},
    {"double-long", "05 FFFFED99", DataType::double_long, 4, "FFFFED99", 5},
    {"double-long-unsigned", "06 000005BC", DataType::double_long_unsigned, 4, "000005BC", 5},
    {"floating-point", "07 42490000", DataType::floating_point, 4, "42490000", 5},
    {"octet-string", "09 06 0101010700FF", DataType::octet_string, 6, "0101010700FF", 8},
    {"empty octet-string", "09 00", DataType::octet_string, 0, "", 2},
    {"visible-string", "0A 03 414243", DataType::visible_string, 3, "414243", 5},
    {"utf8-string", "0C 02 C3A5", DataType::utf8_string, 2, "C3A5", 4},
    {"bcd", "0D 42", DataType::bcd, 1, "42", 2},
    {"integer", "0F FE", DataType::integer, 1, "FE", 2},
    {"long", "10 FFF6", DataType::long_signed, 2, "FFF6", 3},
    {"unsigned", "11 C8", DataType::unsigned_octet, 1, "C8", 2},
    {"long-unsigned", "12 00E7", DataType::long_unsigned, 2, "00E7", 3},
    {"compact-array", "13 12 04 0102 0304", DataType::compact_array, 6, "120401020304", 7},
    {"long64", "14 FFDFFFFFFFFFFFFF", DataType::long64, 8, "FFDFFFFFFFFFFFFF", 9},
    {"long64-unsigned", "15 AB54A98CEB1F0AD2", DataType::long64_unsigned, 8, "AB54A98CEB1F0AD2", 9},
    {"enum", "16 1B", DataType::enumeration, 1, "1B", 2},
    {"float32", "17 42490000", DataType::float32, 4, "42490000", 5},
    {"float64", "18 BFD8000000000000", DataType::float64, 8, "BFD8000000000000", 9},
    {"date-time", "19 07EA08050 30E141E00FF8880", DataType::date_time, 12,
     "07EA0805030E141E00FF8880", 13},
    {"date", "1A 07EA080503", DataType::date, 5, "07EA080503", 6},
    {"time", "1B 0E141E00", DataType::time, 4, "0E141E00", 5},
    {"don't-care", "FF", DataType::dont_care, 0, "", 1},
};

bool is_container(DataType tag) {
    return tag == DataType::array || tag == DataType::structure;
}

bool is_string(DataType tag) {
    return tag == DataType::octet_string || tag == DataType::visible_string ||
           tag == DataType::utf8_string;
}

bool is_special(DataType tag) {
    return is_container(tag) || tag == DataType::bit_string || tag == DataType::compact_array;
}

// Reads a value in both ways and holds them against each other; true where the simple one read.
bool read_simply(han::Bytes octets) {
    Reader reader(octets);
    Reader simple(octets);
    const auto expected = reader.next();
    const std::uint8_t before = 0;
    Element element{.tag = DataType::bcd, .count = 77, .data = &before};
    const bool done = simple.next_simple(element);
    if (done && expected) {
        EXPECT_EQ(element.tag, expected->tag);
        EXPECT_EQ(element.count, expected->count);
        EXPECT_EQ(element.data, expected->data);
        EXPECT_EQ(simple.left(), reader.left());
    } else {
        EXPECT_FALSE(done) << reason(expected.error()).key;
        EXPECT_EQ(element.tag, DataType::bcd);
        EXPECT_EQ(element.count, 77U);
        EXPECT_EQ(element.data, &before);
        EXPECT_EQ(simple.left(), octets.size());
        const auto again = simple.next();
        EXPECT_EQ(again.has_value(), expected.has_value());
        if (!again && !expected) {
            EXPECT_EQ(again.error(), expected.error());
        }
        EXPECT_EQ(simple.left(), reader.left());
    }
    return done;
}

TEST(AxdrTest, TheTableOfSizesHoldsForEveryTag) {
    std::array<int, 256> expected{};
    expected.fill(han::dlms::tag_is_unknown);
    for (const Row& row : rows)
        expected[static_cast<std::uint8_t>(row.tag)] =
            is_string(row.tag)    ? han::dlms::length_follows
            : is_special(row.tag) ? han::dlms::size_is_special
                                  : static_cast<int>(hex(row.octets).size()) - 1;
    for (std::size_t tag = 0; tag < 256; ++tag)
        EXPECT_EQ(han::dlms::sizes[tag], expected[tag]) << tag;
}

TEST(AxdrTest, ReadsSimpleValuesBothWaysTheSame) {
    for (const Row& row : rows) {
        const auto octets = hex(row.octets);
        EXPECT_EQ(read_simply(support::join(octets, hex("AA"))), !is_special(row.tag)) << row.name;
        EXPECT_EQ(read_simply(octets), !is_special(row.tag)) << row.name;
        for (std::size_t size = 0; size < row.head; ++size)
            EXPECT_FALSE(read_simply(han::Bytes(octets).first(size))) << row.name << ", " << size;
    }
}

TEST(AxdrTest, LeavesWhatIsNotSimple) {
    const support::Octets contents(300, 0x55);
    for (const char* tag : {"09", "0A", "0C"}) {
        const auto sized = [&](const char* length) {
            return support::join(hex(tag), hex(length), contents);
        };
        EXPECT_TRUE(read_simply(sized("00"))) << tag;
        EXPECT_TRUE(read_simply(sized("7F"))) << tag;
        for (const char* length :
             {"80", "8101", "8180", "81FF", "820100", "8400000001", "85", "FF"})
            EXPECT_FALSE(read_simply(sized(length))) << tag << ", " << length;
    }
    for (unsigned tag = 0; tag < 256; ++tag) {
        support::Octets octets(40, 0x00);
        octets[0] = static_cast<std::uint8_t>(tag);
        EXPECT_EQ(read_simply(octets),
                  han::dlms::sizes[tag] >= 0 || han::dlms::sizes[tag] == han::dlms::length_follows)
            << tag;
    }
    // Tags that stand in a description are not in line.
    const auto octets = hex("13 12 04 0102 0304");
    Reader described = Reader::described(*Reader(octets).next());
    Element element;
    EXPECT_FALSE(described.next_simple(element));
    EXPECT_EQ(described.left(), 4U);
    EXPECT_EQ(described.next()->count, 2U);
    EXPECT_EQ(described.left(), 2U);
}

TEST(AxdrTest, ReadsRandomOctetsBothWaysTheSame) {
    std::mt19937 random(6);
    int simple = 0;
    for (int times = 0; times < 200000; ++times) {
        support::Octets octets(random() % 24);
        for (auto& octet : octets)
            octet = static_cast<std::uint8_t>(random() % (random() % 2 == 0 ? 0x20 : 0x100));
        simple += read_simply(octets);
        if (HasFailure())
            FAIL() << support::to_hex(octets);
    }
    EXPECT_GT(simple, 20000);
    EXPECT_LT(simple, 180000);
}

TEST(AxdrTest, GivesTheRestAndSkipsInIt) {
    const auto octets = hex("11 01 12 0002 11 03");
    Reader reader(octets);
    EXPECT_EQ(support::to_hex(reader.rest()), "11011200021103");
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(support::to_hex(reader.rest()), "1200021103");
    reader.skip(3);
    EXPECT_EQ(support::to_hex(reader.rest()), "1103");
    EXPECT_EQ(support::to_hex(reader.next()->bytes()), "03");
    EXPECT_TRUE(reader.rest().empty());
    EXPECT_TRUE(reader.at_end());
}

TEST(AxdrTest, ReadsEveryTag) {
    for (const Row& row : rows) {
        const auto octets = support::join(hex(row.octets), hex("AA"));
        Reader reader(octets);
        const auto element = reader.next();
        ASSERT_TRUE(element) << row.name;
        EXPECT_EQ(element->tag, row.tag) << row.name;
        EXPECT_EQ(element->count, row.count) << row.name;
        if (is_container(row.tag)) {
            EXPECT_EQ(element->data, nullptr) << row.name;
        } else {
            EXPECT_EQ(support::to_hex(element->bytes()), row.contents) << row.name;
        }
        EXPECT_EQ(octets.size() - reader.left(), row.head) << row.name;
        EXPECT_FALSE(reader.at_end()) << row.name;
    }
}

TEST(AxdrTest, RefusesEveryTruncation) {
    for (const Row& row : rows) {
        const auto octets = hex(row.octets);
        for (std::size_t size = 0; size < row.head; ++size) {
            Reader reader(han::Bytes(octets).first(size));
            EXPECT_EQ(reader.next().error(), Error::truncated) << row.name << ", " << size;
        }
    }
}

TEST(AxdrTest, RefusesEveryOtherTag) {
    std::set<unsigned> known;
    for (const Row& row : rows)
        known.insert(static_cast<unsigned>(row.tag));
    EXPECT_EQ(known.size(), 26U) << "a row for each tag that there is";
    for (unsigned tag = 0; tag < 256; ++tag) {
        // Enough octets for any value after it.
        support::Octets octets(40, 0x00);
        octets[0] = static_cast<std::uint8_t>(tag);
        const auto element = Reader(octets).next();
        EXPECT_EQ(element.has_value(), known.contains(tag)) << tag;
        if (!element) {
            EXPECT_EQ(element.error(), Error::unknown_tag) << tag;
        }
    }
}

TEST(AxdrTest, ReadsLengthsInEveryForm) {
    struct Good {
        const char* octets;
        std::uint32_t length;
    };
    const Good good[] = {
        {"00", 0},          {"01", 1},
        {"7F", 0x7F},       {"81 80", 0x80},
        {"81 01", 1},       {"82 0100", 0x100},
        {"82 0001", 1},     {"83 010203", 0x010203},
        {"84 00000007", 7}, {"84 01020304", 0x01020304},
        {"81 FF", 0xFF},    {"84 FFFFFFFF", 0xFFFFFFFF},
    };
    for (const Good& row : good) {
        const auto octets = hex(row.octets);
        std::size_t at = 0;
        EXPECT_EQ(read_length(octets, at), row.length) << row.octets;
        EXPECT_EQ(at, octets.size()) << row.octets;
        for (std::size_t size = 0; size < octets.size(); ++size) {
            at = 0;
            EXPECT_EQ(read_length(std::span(octets).first(size), at).error(), Error::truncated)
                << row.octets << ", " << size;
        }
    }
    for (const char* bad : {"80", "85 0000000001", "88 0000000000000001", "FF", "F0"}) {
        std::size_t at = 0;
        EXPECT_EQ(read_length(support::join(hex(bad), support::Octets(140)), at).error(),
                  Error::bad_length)
            << bad;
    }
}

TEST(AxdrTest, BelievesNoLengthOrCountBeyondTheRest) {
    struct Bad {
        const char* name;
        const char* octets;
        Error error;
    };
    const Bad bad[] = {
        {"octet-string", "09 05 01020304", Error::truncated},
        {"octet-string of 2^32-1", "09 84FFFFFFFF 0102", Error::truncated},
        {"visible-string", "0A 81FF 4142", Error::truncated},
        {"bit-string", "04 11 0102", Error::truncated},
        {"bit-string of 2^32-1", "04 84FFFFFFFF 0102", Error::truncated},
        {"array", "01 03 0000", Error::count_exceeds_rest},
        {"array of 2^32-1", "01 84FFFFFFFF 0000", Error::count_exceeds_rest},
        {"structure", "02 03 0000", Error::count_exceeds_rest},
        {"structure of 255", "02 81FF 0000", Error::count_exceeds_rest},
        {"length in no form", "09 80", Error::bad_length},
        {"count in no form", "02 85 0000000001 00", Error::bad_length},
        {"compact-array contents", "13 11 03 0102", Error::truncated},
    };
    for (const Bad& row : bad)
        EXPECT_EQ(Reader(hex(row.octets)).next().error(), row.error) << row.name;
    // A count up to the number of remaining octets is accepted: nulls take one octet each.
    EXPECT_EQ(Reader(hex("01 02 0000")).next()->count, 2U);
}

} // namespace
