// Bytes as a meter writes them; see encode.hpp.
#include "simulator/encode.hpp"

#include <utility>

namespace hanport::simulator {
namespace {

constexpr std::uint8_t flag = 0x7E;
constexpr std::uint8_t not_specified = 0xFF;

std::size_t size_of(Tag tag) noexcept {
    switch (tag) {
    case Tag::u32:
        return 4;
    case Tag::u16:
    case Tag::i16:
        return 2;
    default:
        return 1;
    }
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
    out.push_back(std::to_underlying(tag));
    append_big_endian(out, static_cast<std::uint64_t>(number), size_of(tag));
}

void append_code(Octets& out, const Code& code) {
    append_head(out, Tag::octets, 6);
    out.insert(out.end(), {code.a, code.b, code.c, code.d, code.e, not_specified});
}

void append_date_time(Octets& out, const Maker& maker, std::chrono::local_seconds time) {
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(time - midnight);
    const unsigned weekday = std::chrono::weekday(midnight).iso_encoding();
    append_big_endian(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 2);
    append_big_endian(out, static_cast<unsigned>(date.month()), 1);
    append_big_endian(out, static_cast<unsigned>(date.day()), 1);
    append_big_endian(out, weekday == 7 ? maker.sunday : weekday, 1);
    append_big_endian(out, static_cast<std::uint64_t>(clock.hours().count()), 1);
    append_big_endian(out, static_cast<std::uint64_t>(clock.minutes().count()), 1);
    append_big_endian(out, static_cast<std::uint64_t>(clock.seconds().count()), 1);
    out.push_back(not_specified); // hundredths
    append_big_endian(out, static_cast<std::uint64_t>(maker.deviation), 2);
    out.push_back(maker.status);
}

} // namespace hanport::simulator
