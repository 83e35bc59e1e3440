// Sign-on and identification; the form is in identification.hpp.
#include "iec62056/identification.hpp"

#include <algorithm>

namespace iec62056 {
namespace {

constexpr unsigned slowest = 300;
constexpr std::size_t most_text = 32; // the standard says 16; Kamstrup sends 16 and a blank

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

} // namespace

std::string_view Identification::maker_name() const noexcept {
    // The third letter gives the reaction time.
    return maker.starts_with("KA") && (maker[2] == 'M' || maker[2] == 'm')
               ? std::string_view("Kamstrup")
               : std::string_view(maker);
}

Check Identification::check() const noexcept {
    return mode == Mode::a && maker_name() == "Kamstrup" ? Check::sum : Check::exclusive_or;
}

std::optional<Identification> identification(std::string_view line) {
    constexpr std::size_t maker_at = 1;
    constexpr std::size_t speed_at = 4;
    constexpr std::chrono::milliseconds quick{20};
    if (line.size() < speed_at || line.size() > speed_at + 1 + most_text || line[0] != '/' ||
        !std::ranges::all_of(line.substr(maker_at, 3), is_letter) ||
        !std::ranges::all_of(line, [](char c) { return c >= ' ' && c < '\x7F'; }))
        return std::nullopt;
    Identification result;
    result.maker = line.substr(maker_at, 3);
    if (result.maker[2] >= 'a')
        result.reaction = quick;
    if (line.size() == speed_at)
        return result;
    const char speed = line[speed_at];
    result.speed = speed;
    if (speed >= '0' && speed <= '6') {
        result.mode = Mode::c;
        result.baud = slowest << static_cast<unsigned>(speed - '0');
    } else if (speed >= 'A' && speed <= 'F') {
        result.mode = Mode::b;
        result.baud = slowest << static_cast<unsigned>(speed - 'A' + 1);
    }
    std::string_view text = line.substr(speed_at + 1);
    // "\W" is the field for enhanced baud rates and modes, not part of the text.
    constexpr std::size_t enhanced_size = 2;
    while (text.size() >= enhanced_size && text.front() == '\\')
        text.remove_prefix(enhanced_size);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    result.text = text;
    return result;
}

std::vector<std::uint8_t> sign_on(std::string_view address) {
    const std::string text = std::string("/?").append(address).append("!\r\n");
    return {text.begin(), text.end()};
}

std::vector<std::uint8_t> acknowledgement(const Identification& identification) {
    constexpr std::uint8_t ack = 0x06;
    return {ack, '0', static_cast<std::uint8_t>(identification.speed), '0', '\r', '\n'};
}

} // namespace iec62056
