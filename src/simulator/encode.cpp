// Encodes octets like a meter; see encode.hpp.
#include "simulator/encode.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>

namespace hanport::simulator {
namespace {

constexpr std::uint8_t flag = 0x7E;
constexpr std::uint8_t not_specified = 0xFF;

// Octets of a number; every tag has its case, so that a new tag without one does not compile.
std::size_t size_of(Tag tag) {
    switch (tag) {
    case Tag::i8:
    case Tag::u8:
    case Tag::enumerated:
        return 1;
    case Tag::i16:
    case Tag::u16:
        return 2;
    case Tag::i32:
    case Tag::u32:
        return 4;
    case Tag::i64:
    case Tag::u64:
        return 8;
    case Tag::array:
    case Tag::structure:
    case Tag::octets:
    case Tag::text:
    case Tag::utf8:
        break;
    }
    throw std::logic_error("not a number: tag " + std::to_string(std::to_underlying(tag)));
}

bool is_signed(Tag tag) noexcept {
    return tag == Tag::i8 || tag == Tag::i16 || tag == Tag::i32 || tag == Tag::i64;
}

// The sum is sent low octet first.
void append_crc(Octets& out, std::span<const std::uint8_t> summed) {
    const std::uint16_t sum = crc16(summed);
    out.push_back(static_cast<std::uint8_t>(sum & 0xFFU));
    out.push_back(static_cast<std::uint8_t>(sum >> 8U));
}

} // namespace

std::uint16_t crc16(std::span<const std::uint8_t> octets) noexcept {
    unsigned sum = 0xFFFF;
    for (const std::uint8_t octet : octets) {
        sum ^= octet;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum & 1U) != 0 ? sum >> 1U ^ 0x8408U : sum >> 1U;
    }
    return static_cast<std::uint16_t>(sum ^ 0xFFFFU);
}

Octets frame(std::string_view header, const Octets& information) {
    constexpr std::size_t format_and_sums = 6;
    constexpr std::uint64_t type_3 = 0xA000;
    const std::size_t length = header.size() + information.size() + format_and_sums;
    Octets out{flag};
    out.reserve(length + 2);
    append_big_endian(out, type_3 | length, 2);
    append(out, header);
    append_crc(out, std::span(out).subspan(1));
    out.insert(out.end(), information.begin(), information.end());
    append_crc(out, std::span(out).subspan(1));
    out.push_back(flag);
    return out;
}

void append(Octets& out, std::string_view octets) {
    out.insert(out.end(), octets.begin(), octets.end());
}

void append_big_endian(Octets& out, std::uint64_t number, std::size_t size) {
    while (size-- > 0)
        out.push_back(static_cast<std::uint8_t>(number >> 8 * size & 0xFFU));
}

void append_head(Octets& out, Tag tag, std::size_t count) {
    out.push_back(std::to_underlying(tag));
    out.push_back(static_cast<std::uint8_t>(count));
}

void append_text(Octets& out, Tag tag, std::string_view text) {
    append_head(out, tag, text.size());
    append(out, text);
}

void append_number(Octets& out, Tag tag, std::int64_t number) {
    const std::size_t size = size_of(tag);
    if (!is_signed(tag))
        number = std::abs(number);
    const std::size_t bits = 8 * size - (is_signed(tag) ? 1 : 0);
    if (bits < 63 && (number < 0 ? -(number + 1) : number) >> bits != 0)
        throw std::logic_error(std::to_string(number) + " does not fit " + std::to_string(size) +
                               " octets");
    out.push_back(std::to_underlying(tag));
    append_big_endian(out, static_cast<std::uint64_t>(number), size);
}

void append_code(Octets& out, const Code& code) {
    append_head(out, Tag::octets, 6);
    out.insert(out.end(), {code.a, code.b, code.c, code.d, code.e, not_specified});
}

void append_date_time(Octets& out, const Manufacturer& manufacturer,
                      std::chrono::local_seconds time) {
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(time - midnight);
    const unsigned weekday = std::chrono::weekday(midnight).iso_encoding();
    append_big_endian(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 2);
    append_big_endian(out, static_cast<unsigned>(date.month()), 1);
    append_big_endian(out, static_cast<unsigned>(date.day()), 1);
    append_big_endian(out, weekday == 7 ? manufacturer.sunday : weekday, 1);
    append_big_endian(out, static_cast<std::uint64_t>(clock.hours().count()), 1);
    append_big_endian(out, static_cast<std::uint64_t>(clock.minutes().count()), 1);
    append_big_endian(out, static_cast<std::uint64_t>(clock.seconds().count()), 1);
    out.push_back(not_specified); // hundredths
    append_big_endian(out, static_cast<std::uint64_t>(manufacturer.deviation), 2);
    out.push_back(manufacturer.status);
}

} // namespace hanport::simulator
