// Encodes octets like a meter: A-XDR values and HDLC frames. Written from the standards without
// code of the decoder, so that the simulator tests it independently.
#pragma once

#include "simulator/models.hpp"

#include <string>
#include <vector>

namespace hanport::simulator {

using Octets = std::vector<std::uint8_t>;

/// CRC-16/X-25.
[[nodiscard]] std::uint16_t crc16(std::span<const std::uint8_t> octets) noexcept;

/// A frame of format type 3 with both flags; `header` is destination, source and control.
/// `information` has at most 2,000 octets.
[[nodiscard]] Octets frame(std::string_view header, const Octets& information);

void append(Octets& out, std::string_view octets);
/// The lowest `size` octets of `number`, big-endian.
void append_big_endian(Octets& out, std::uint64_t number, std::size_t size);

/// The tag and the length or count (less than 128) of a value or container.
void append_head(Octets& out, Tag tag, std::size_t count);
void append_text(Octets& out, Tag tag, std::string_view text);
/// With an unsigned type the sign is dropped. Throws std::logic_error if `tag` is not a number
/// type, or if the number does not fit.
void append_number(Octets& out, Tag tag, std::int64_t number);
/// An octet-string of six octets.
void append_code(Octets& out, const Code& code);
/// The 12 octets of a date-time in the manufacturer's form, without tag.
void append_date_time(Octets& out, const Manufacturer& manufacturer,
                      std::chrono::local_seconds time);

} // namespace hanport::simulator
