// A conversation with a meter that has to be asked: a state machine that is told bytes and time and
// answers with what to do. It does no I/O and reads no clock; whoever has the line drives it:
//
//   for (;;) switch on next(now):
//     Send        write these octets
//     SetFormat   set the line to this speed and format, at once
//     Wait        until then; what arrives meanwhile goes to on_bytes(), and then next() again
//     End         done: the readout, or why there is none
#pragma once

#include "han/base/bytes.hpp"
#include "han/base/reason.hpp"

#include <chrono>
#include <functional>
#include <variant>
#include <vector>

#include "readout/readout.hpp"

namespace readout {

/// How characters are sent on a serial line.
struct LineFormat {
    unsigned baud = 0;
    unsigned data_bits = 8; ///< 7 or 8
    bool even_parity = false;
    unsigned stop_bits = 1; ///< 1 or 2

    /// Bits that a character takes on the line, with its start bit.
    [[nodiscard]] constexpr unsigned bits() const noexcept {
        return 1 + data_bits + (even_parity ? 1U : 0U) + stop_bits;
    }
    /// How long that many characters take.
    [[nodiscard]] constexpr std::chrono::milliseconds duration(std::size_t characters) const {
        constexpr std::size_t thousand = 1000;
        return std::chrono::milliseconds((characters * bits() * thousand + baud - 1) / baud);
    }

    friend bool operator==(const LineFormat&, const LineFormat&) = default;
};

using Time = std::chrono::steady_clock::time_point;

struct Send {
    std::vector<std::uint8_t> octets;
};
struct SetFormat {
    LineFormat format;
};
struct Wait {
    Time until;
};
struct End {
    const Readout* readout = nullptr; ///< null: there is none, and the reason says why
    han::Reason reason{};             ///< valid as long as the session
};
using Action = std::variant<Send, SetFormat, Wait, End>;

/// Told what arrived damaged and was asked for again; each is counted.
using OnRefusal = std::function<void(const han::Reason&)>;

class Session {
  public:
    virtual ~Session() = default;
    /// What to do now.
    [[nodiscard]] virtual Action next(Time now) = 0;
    /// These octets have arrived.
    virtual void on_bytes(Time now, han::Bytes octets) = 0;
    /// The line noticed a wrong parity or a framing error in what comes next to on_bytes().
    virtual void on_line_error() {}
};

// Why a readout fails. The texts tell people what to do.
inline constexpr han::Reason asleep{
    "asleep",
    "no answer: the meter sleeps (press any button on it), or the optical head sits wrong "
    "(turn it by 180°)"};
inline constexpr han::Reason damaged{
    "damaged", "the meter's answers arrive damaged: press the optical head flat onto the meter, in "
               "the middle of its ring, and keep bright light off it"};

} // namespace readout
