// The check sum: published values, and a second way of computing it bit by bit.
#include "han/hdlc/fcs.hpp"
#include "support/hdlc.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using han::hdlc::fcs;
using support::Octets;

struct Row {
    const char* name;
    Octets octets;
    std::uint16_t sum; ///< sent low octet first
};

TEST(FcsTest, PublishedSums) {
    const Row rows[] = {
        {"the check value of CRC-16/X-25", support::ascii("123456789"), 0x906E},
        {"Green Book: 03 3F is followed by 5B EC", support::hex("033F"), 0xEC5B},
        {"nothing", {}, 0x0000},
        {"header of HAN-NVE rev. 3.1 example 1, HCS 23 9A", support::hex("A0E22B2113"), 0x9A23},
        {"header of example 2, HCS FC 04", support::hex("A12C2B2113"), 0x04FC},
        {"header of example 3, HCS A0 1B", support::hex("A0AE2B2113"), 0x1BA0},
    };
    for (const Row& row : rows)
        EXPECT_EQ(fcs(row.octets), row.sum) << row.name;
}

TEST(FcsTest, EqualsTheSumBitByBitForEveryLengthAroundItsSlices) {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 200; ++size)
        for (int times = 0; times < 20; ++times) {
            Octets octets(size);
            for (auto& octet : octets)
                octet = static_cast<std::uint8_t>(random());
            ASSERT_EQ(fcs(octets), support::crc16(octets)) << support::to_hex(octets);
        }
}

TEST(FcsTest, EverySingleOctetAtEveryPlaceOfASlice) {
    for (std::size_t at = 0; at < 33; ++at)
        for (unsigned value = 0; value < 256; ++value) {
            Octets octets(33, 0x00);
            octets[at] = static_cast<std::uint8_t>(value);
            ASSERT_EQ(fcs(octets), support::crc16(octets)) << "octet " << at << " is " << value;
        }
}

TEST(FcsTest, EqualsTheSumBitByBitForRandomLengths) {
    std::mt19937 random(3);
    for (int times = 0; times < 500; ++times) {
        Octets octets(random() % 2048);
        for (auto& octet : octets)
            octet = static_cast<std::uint8_t>(random());
        ASSERT_EQ(fcs(octets), support::crc16(octets)) << support::to_hex(octets);
    }
}

TEST(FcsTest, EveryPieceOfABufferHasItsOwnSum) {
    std::mt19937 random(2);
    Octets octets(97);
    for (auto& octet : octets)
        octet = static_cast<std::uint8_t>(random());
    for (std::size_t begin = 0; begin <= octets.size(); ++begin)
        for (std::size_t end = begin; end <= octets.size(); ++end) {
            const auto piece = std::span(octets).subspan(begin, end - begin);
            ASSERT_EQ(fcs(piece), support::crc16(piece)) << begin << ", " << end;
        }
}

// The register, which is the sum before the final inversion, goes on where octets come in pieces.
TEST(FcsTest, GoesOnFromTheRegisterOfTheOctetsBefore) {
    std::mt19937 random(4);
    Octets octets(97);
    for (auto& octet : octets)
        octet = static_cast<std::uint8_t>(random());
    for (std::size_t at = 0; at <= octets.size(); ++at) {
        const auto reg = static_cast<std::uint16_t>(~support::crc16(std::span(octets).first(at)));
        ASSERT_EQ(fcs(std::span(octets).subspan(at), reg), support::crc16(octets)) << at;
    }
}

// ISO/IEC 13239: over data and sum the register is left at F0B8, before the final inversion.
TEST(FcsTest, DataAndSumLeaveTheResidue) {
    for (const char* text : {"", "1", "123456789", "a text that is longer than one slice of 16"}) {
        const auto data = support::ascii(text);
        const auto sum = fcs(data);
        const auto sent = support::join(data, Octets{static_cast<std::uint8_t>(sum & 0xFFU),
                                                     static_cast<std::uint8_t>(sum >> 8U)});
        EXPECT_EQ(static_cast<std::uint16_t>(~fcs(sent)), 0xF0B8) << text;
    }
}

} // namespace
