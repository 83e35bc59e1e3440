// A conversation with a polled meter: a state machine. Its inputs are bytes and time, its outputs
// are actions. It does no I/O and reads no clock; the owner of the line drives it:
//
//   for (;;) switch on next(now):
//     Send        write these octets
//     SetFormat   set the line to this speed and format, at once
//     Wait        until then; pass what arrives to on_bytes(), then call next() again
//     End         done: the readout, or why there is none
#pragma once

#include "han/base/bytes.hpp"
#include "han/base/reason.hpp"
#include "polled/readout.hpp"

#include <chrono>
#include <functional>
#include <variant>
#include <vector>

namespace polled {

/// Format of characters on a serial line.
struct LineFormat {
    unsigned baud = 0;
    unsigned data_bits = 8; ///< 7 or 8
    bool even_parity = false;
    unsigned stop_bits = 1; ///< 1 or 2

    /// Bits of a character on the line, with its start bit.
    [[nodiscard]] constexpr unsigned bits() const noexcept {
        return 1 + data_bits + (even_parity ? 1U : 0U) + stop_bits;
    }
    /// Duration of that many characters.
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
    const Readout* readout = nullptr; ///< null: there is none; `reason` says why
    han::Reason reason{};             ///< valid as long as the session
};
using Action = std::variant<Send, SetFormat, Wait, End>;

/// Called for damaged answers that are requested again; each one is counted.
using OnRefusal = std::function<void(const han::Reason&)>;

class Session {
  public:
    virtual ~Session() = default;
    /// The next action.
    [[nodiscard]] virtual Action next(Time now) = 0;
    /// Call this when octets have arrived.
    virtual void on_bytes(Time now, han::Bytes octets) = 0;
    /// Call this if the line reports a parity or framing error in the next octets for on_bytes().
    virtual void on_line_error() {}
};

// Why a readout failed. The texts tell people what to do.
inline constexpr han::Reason asleep{
    "asleep",
    "no answer: the meter sleeps (press any button on it), or the optical head sits wrong "
    "(turn it by 180°)"};
inline constexpr han::Reason damaged{
    "damaged", "the meter's answers arrive damaged: press the optical head flat onto the meter, in "
               "the middle of its ring, and keep bright light off it"};

} // namespace polled
