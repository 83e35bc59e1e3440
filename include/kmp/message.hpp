// KMP requests to a meter and its answers (Kamstrup 5512-447):
//
//   command           request data            answer data
//   01 GetType        –                       type 2 | software letter (01 = A) 1 | number 1
//   02 GetSerialNo    –                       serial number 4
//   10 GetRegister    count 1 | id 2 each     id 2 | unit 1 | size 1 | sign/exponent 1 | value …
//                                             of each register that the meter has
//
// The protocol also has commands that set the clock, registers and events of a meter. They are
// omitted on purpose: a Request is one of these three, and nothing else can be framed.
#pragma once

#include "kmp/deframer.hpp"
#include "polled/readout.hpp"

#include <span>

namespace kmp {

enum class Command : std::uint8_t { get_type = 0x01, get_serial_no = 0x02, get_register = 0x10 };

/// Address of the meter itself; its modules have other addresses.
inline constexpr std::uint8_t meter_address = 0x3F;

class Request {
  public:
    /// Maximum number of registers that a meter answers in one message.
    static constexpr std::size_t most_registers = 8;

    [[nodiscard]] static Request get_type();
    [[nodiscard]] static Request get_serial_no();
    /// 1 to most_registers ids; further ids are ignored.
    [[nodiscard]] static Request get_registers(std::span<const std::uint16_t> ids);

    [[nodiscard]] Command command() const noexcept { return command_; }
    /// The request as sent: framed, stuffed, with check sum.
    [[nodiscard]] const std::vector<std::uint8_t>& octets() const noexcept { return octets_; }

  private:
    Request(Command command, han::Bytes data);

    Command command_;
    std::vector<std::uint8_t> octets_;
};

/// Adds an answer to the readout: the meter's type or serial number, or registers as readings in
/// COSEM's units. Registers 1002 and 1003 also set the meter's time.
[[nodiscard]] std::expected<void, Error> take_answer(const Frame& answer, polled::Readout& readout);

} // namespace kmp
