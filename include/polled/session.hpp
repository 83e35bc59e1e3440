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
/// Why a readout failed.
enum class Failure : std::uint8_t {
    asleep,      ///< the meter does not answer
    damaged,     ///< its answers arrive damaged
    no_values,   ///< it has none of the values to read
    bad_data_set ///< an intact answer that cannot be read
};

/// The texts tell people what to do.
[[nodiscard]] han::Reason reason(Failure failure) noexcept;

struct End {
    const Readout* readout = nullptr; ///< null: there is none; `failure` and `text` say why
    Failure failure{};
    std::string_view
        text{}; ///< that of `failure`, or a more exact one; valid as long as the session
};
using Action = std::variant<Send, SetFormat, Wait, End>;

/// Called with the protocol's error for each damaged answer, which is then requested again.
template <class Error>
using OnRefusal = std::function<void(Error)>;

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

} // namespace polled
