// The identification of a meter (IEC 62056-21, 6.3.2), and the requests around it:
//
//   sign-on          / ? address ! CR LF
//   identification   / X X X Z ident CR LF        XXX manufacturer; lower-case third letter: reacts
//                                                 in 20 ms, not 200; Z highest speed and mode
//                    / X X X Z \ W ident CR LF    W an enhanced speed or mode, which is not used here
//   acknowledgement  06 0 Z 0 CR LF               to mode C: readout at speed Z
//
//   Z 0–6   mode C   300 600 1200 2400 4800 9600 19200, after the acknowledgement
//     A–F   mode B       600 1200 2400 4800 9600 19200, without one
//     other mode A   300
//
// The last digit of the acknowledgement can request programming; it is always 0 here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iec62056 {

enum class Mode : std::uint8_t { a, b, c };

/// Type of the block check character that a meter sends.
enum class Check : std::uint8_t {
    exclusive_or, ///< as in the standard
    sum           ///< the 7-bit sum of Kamstrup 382, Multical III, 66 and 401
};

struct Identification {
    std::string maker; ///< three letters: "KAM"
    char speed = '\0'; ///< Z
    std::string text;  ///< type and version, in the manufacturer's own format
    Mode mode = Mode::a;
    unsigned baud = 300; ///< the speed that the meter offers
    std::chrono::milliseconds reaction{200};

    /// The manufacturer's name if it is known: "Kamstrup".
    [[nodiscard]] std::string_view maker_name() const noexcept;
    /// As far as known, Kamstrup's older meters, all of mode A, send sums.
    [[nodiscard]] Check check() const noexcept;
};

/// Parses "/KAM5 6841138AN110001" without line end; empty for anything else, for example a sign-on.
[[nodiscard]] std::optional<Identification> identification(std::string_view line);

/// With an empty address any meter answers.
[[nodiscard]] std::vector<std::uint8_t> sign_on(std::string_view address);

/// Requests a readout from a mode C meter at the speed that the meter offers.
[[nodiscard]] std::vector<std::uint8_t> acknowledgement(const Identification& identification);

} // namespace iec62056
