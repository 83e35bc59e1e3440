// Compact arrays (A-XDR tag 13), built by hand: type description, length, contents without tags.
#include "han/dlms/axdr.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

namespace {

using han::dlms::DataType;
using han::dlms::Element;
using han::dlms::Error;
using han::dlms::Reader;
using support::hex;

// All elements of a compact array in order, containers by their heads: "06:0102 02#3".
std::string walk(Reader& reader, unsigned depth = 8);

std::string walk_one(Reader& reader, unsigned depth) {
    const auto element = reader.next();
    if (!element)
        return "error " + std::string(reason(element.error()).key);
    const auto tag = static_cast<std::uint8_t>(element->tag);
    std::string text = support::to_hex({&tag, 1});
    if (element->tag != DataType::array && element->tag != DataType::structure)
        return text.append(":").append(support::to_hex(element->bytes()));
    text.append("#").append(std::to_string(element->count)).append("(");
    const std::size_t type = reader.type_mark();
    for (std::uint32_t i = 0; i < element->count && depth > 0; ++i) {
        if (element->tag == DataType::array)
            reader.return_to_type(type);
        text.append(i > 0 ? " " : "").append(walk_one(reader, depth - 1));
    }
    return text.append(")");
}

std::string walk(Reader& reader, unsigned depth) {
    std::string text;
    while (!reader.at_end() && !text.contains("error")) {
        reader.return_to_type(0);
        text.append(text.empty() ? "" : " ").append(walk_one(reader, depth));
    }
    return text;
}

TEST(CompactArrayTest, ReadsElementsByTheirDescription) {
    struct Row {
        const char* name;
        const char* octets;
        std::size_t contents; ///< octets of them at the end
        const char* elements;
    };
    const Row rows[] = {
        {"none", "13 06 00", 0, ""},
        {"long-unsigned", "13 12 06 0001 0002 0003", 6, "12:0001 12:0002 12:0003"},
        {"lengths are contents", "13 09 05 01 AA 02 BBCC", 5, "09:AA 09:BBCC"},
        {"bit-strings too", "13 04 04 03 E0 08 FF", 4, "04:E0 04:FF"},
        {"structure", "13 02 02 12 0F 06 00E7 FF 00E8 FE", 6,
         "02#2(12:00E7 0F:FF) 02#2(12:00E8 0F:FE)"},
        {"structure in structure", "13 02 02 11 02 02 16 0F 06 01 1B 00 02 21 FF", 6,
         "02#2(11:01 02#2(16:1B 0F:00)) 02#2(11:02 02#2(16:21 0F:FF))"},
        {"array of two", "13 01 0002 11 04 01 02 03 04", 4, "01#2(11:01 11:02) 01#2(11:03 11:04)"},
        {"structure behind an array", "13 02 02 01 0002 11 12 08 01 02 0003 04 05 0006", 8,
         "02#2(01#2(11:01 11:02) 12:0003) 02#2(01#2(11:04 11:05) 12:0006)"},
        {"null members take nothing", "13 02 02 00 11 02 01 02", 2,
         "02#2(00: 11:01) 02#2(00: 11:02)"},
        {"wide length", "13 11 820003 010203", 3, "11:01 11:02 11:03"},
    };
    for (const Row& row : rows) {
        const auto octets = support::join(hex(row.octets), hex("AA"));
        Reader outer(octets);
        const auto array = outer.next();
        ASSERT_TRUE(array) << row.name;
        EXPECT_EQ(outer.left(), 1U) << row.name;
        // The element is description, length and contents together.
        EXPECT_EQ(array->tag, DataType::compact_array) << row.name;
        EXPECT_EQ(array->count, octets.size() - 2) << row.name;
        EXPECT_EQ(array->data, octets.data() + 1) << row.name;
        Reader reader = Reader::described(*array);
        EXPECT_EQ(reader.left(), row.contents) << row.name;
        EXPECT_TRUE(reader.rest().empty()) << row.name << ": its tags are not in line";
        EXPECT_EQ(walk(reader), row.elements) << row.name;
    }
}

TEST(CompactArrayTest, RefusesEveryTruncation) {
    for (const char* text : {"13 12 06 0001 0002 0003", "13 02 02 12 0F 06 00E7 FF 00E8 FE",
                             "13 01 0002 11 04 01 02 03 04", "13 02 02 01 0002 11 12 00"}) {
        const auto octets = hex(text);
        ASSERT_TRUE(Reader(octets).next());
        for (std::size_t size = 0; size < octets.size(); ++size) {
            const auto element = Reader(std::span(octets).first(size)).next();
            // A structure announces more types than octets are left before it ends.
            ASSERT_FALSE(element) << text << ", " << size;
            EXPECT_TRUE(element.error() == Error::truncated ||
                        element.error() == Error::count_exceeds_rest);
        }
    }
}

TEST(CompactArrayTest, RefusesContentsThatEndInAnElement) {
    for (const char* text : {"13 12 03 0001 00", "13 09 02 02 AA", "13 02 02 12 0F 02 00E7"}) {
        const auto octets = hex(text);
        Reader outer(octets);
        const auto array = outer.next();
        ASSERT_TRUE(array) << text;
        Reader reader = Reader::described(*array);
        EXPECT_NE(walk(reader).find("error truncated"), std::string::npos) << text;
    }
}

TEST(CompactArrayTest, RefusesDescriptionsThatAreNone) {
    struct Row {
        const char* name;
        const char* octets;
        Error error;
    };
    const Row rows[] = {
        {"unknown type", "13 0E 01 00", Error::unknown_tag},
        {"compact array of compact arrays", "13 13 12 02 0001", Error::unknown_tag},
        {"unknown type in a structure", "13 02 02 12 0B 02 0001", Error::unknown_tag},
        {"more types than octets", "13 02 10 12 12 00", Error::count_exceeds_rest},
        {"2^32-1 types", "13 02 84FFFFFFFF 12 00", Error::count_exceeds_rest},
        {"count in no form", "13 02 80 12 00", Error::bad_length},
        {"structures nested 8 deep", "13 0201 0201 0201 0201 0201 0201 0201 0201 11 01 00",
         Error::too_deep},
        {"arrays nested 8 deep",
         "13 010001 010001 010001 010001 010001 010001 010001 010001 11 01 00", Error::too_deep},
    };
    for (const Row& row : rows)
        EXPECT_EQ(Reader(hex(row.octets)).next().error(), row.error) << row.name;
    EXPECT_TRUE(Reader(hex("13 0201 0201 0201 0201 0201 0201 0201 11 01 00")).next())
        << "7 and a value";
}

} // namespace
