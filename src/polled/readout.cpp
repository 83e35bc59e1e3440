// Lists of polled meters; see readout.hpp.
#include "polled/readout.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace polled {

using han::cosem::Label;
using han::cosem::Reading;
using han::dlms::DateTime;

Reading& Readout::add(Label label) {
    Reading& reading = list.readings.emplace_back();
    reading.label = &labels_.emplace_back(std::move(label));
    return reading;
}

std::string_view Readout::keep(std::string_view text) {
    return texts_.emplace_back(text);
}

void Readout::clear() {
    list.readings.clear();
    list.meter_time.reset();
    labels_.clear();
    texts_.clear();
}

std::string_view short_code(std::string_view code) noexcept {
    constexpr std::string_view current = "*255";
    const std::size_t colon = code.find(':');
    if (colon != std::string_view::npos && (code.starts_with("1-") || code.starts_with("0-")))
        code.remove_prefix(colon + 1);
    if (code.ends_with(current))
        code.remove_suffix(current.size());
    return code;
}

namespace {

bool is_chosen(const Label& label, const Choice& choice) {
    return label.code == choice.code || label.name == choice.code ||
           (label.scheme == "obis" && short_code(label.code) == choice.code);
}

} // namespace

void select(Readout& readout, std::span<const Choice> choices) {
    if (choices.empty())
        return;
    const std::vector<Reading> all = std::exchange(readout.list.readings, {});
    for (const Choice& choice : choices)
        for (const Reading& reading : all) {
            if (reading.label == nullptr || !is_chosen(*reading.label, choice))
                continue;
            Label label = *reading.label;
            if (!choice.name.empty())
                label.name = choice.name;
            if (choice.has_type)
                label.kind = choice.kind;
            Reading& kept = readout.add(std::move(label));
            kept.unit = reading.unit;
            kept.value = reading.value;
        }
}

std::optional<DateTime> date_time(unsigned year, unsigned month, unsigned day, unsigned hour,
                                  unsigned minute, unsigned second) {
    constexpr unsigned century = 2000;
    constexpr unsigned last_year = 9999;
    if (year < 100)
        year += century;
    if (year > last_year || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    constexpr std::uint8_t unspecified = DateTime::unspecified;
    const std::array<std::uint8_t, DateTime::size> octets{static_cast<std::uint8_t>(year >> 8U),
                                                          static_cast<std::uint8_t>(year & 0xFFU),
                                                          static_cast<std::uint8_t>(month),
                                                          static_cast<std::uint8_t>(day),
                                                          unspecified, // weekday
                                                          static_cast<std::uint8_t>(hour),
                                                          static_cast<std::uint8_t>(minute),
                                                          static_cast<std::uint8_t>(second),
                                                          unspecified, // hundredths
                                                          0x80,        // deviation
                                                          0x00,
                                                          unspecified};
    const DateTime time{han::Bytes(octets)};
    return time.has_date() ? std::optional(time) : std::nullopt;
}

std::optional<DateTime> date_time(std::uint64_t yymmdd, std::uint64_t hhmmss) {
    constexpr std::uint64_t beyond = 1'000'000;
    if (yymmdd >= beyond || hhmmss >= beyond)
        return std::nullopt;
    const auto date = static_cast<unsigned>(yymmdd);
    const auto time = static_cast<unsigned>(hhmmss);
    return date_time(date / 10'000, date / 100 % 100, date % 100, time / 10'000, time / 100 % 100,
                     time % 100);
}

} // namespace polled
