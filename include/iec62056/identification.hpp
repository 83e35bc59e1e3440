// What a meter says first (IEC 62056-21, 6.3.2), and what is said to it:
//
//   sign-on          / ? address ! CR LF
//   identification   / X X X Z ident CR LF        XXX the maker; a small third letter: reacts in 20 ms
//                                                 and not in 200; Z the highest speed, and the mode
//                    / X X X Z \ W ident CR LF    W an enhanced speed or mode, which is not used here
//   acknowledgement  06 0 Z 0 CR LF               to mode C: readout at speed Z
//
//   Z 0–6   mode C   300 600 1200 2400 4800 9600 19200, after the acknowledgement
//     A–F   mode B       600 1200 2400 4800 9600 19200, without one
//     other mode A   300
//
// The acknowledgement has a last digit that asks for programming; it is always 0 here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iec62056 {

enum class Mode : std::uint8_t { a, b, c };

/// Which block check character a meter sends.
enum class Check : std::uint8_t {
    exclusive_or, ///< as the standard has it
    sum           ///< the 7-bit sum of Kamstrup 382, Multical III, 66 and 401
};

struct Identification {
    std::string maker; ///< three letters: "KAM"
    char speed = '\0'; ///< Z
    std::string text;  ///< type, version, as the maker likes
    Mode mode = Mode::a;
    unsigned baud = 300; ///< that it offers
    std::chrono::milliseconds reaction{200};

    /// The maker by its name where that is known: "Kamstrup".
    [[nodiscard]] std::string_view maker_name() const noexcept;
    /// By all that is known: Kamstrup's older meters, all of mode A, send sums.
    [[nodiscard]] Check check() const noexcept;
};

/// Reads "/KAM5 6841138AN110001", without line end; none for anything else, a sign-on for instance.
[[nodiscard]] std::optional<Identification> identification(std::string_view line);

/// The address may be empty: any meter answers.
[[nodiscard]] std::vector<std::uint8_t> sign_on(std::string_view address);

/// Asks a meter of mode C for a readout at the speed that it offers.
[[nodiscard]] std::vector<std::uint8_t> acknowledgement(const Identification& identification);

} // namespace iec62056
