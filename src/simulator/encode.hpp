// Bytes as a meter writes them: A-XDR values and HDLC frames. Written from the standards and shared
// with nothing in the decoder, so that a simulated meter is a second opinion on it.
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

/// A value's or a container's tag and its length or count, less than 128.
void append_head(Octets& out, Tag tag, std::size_t count);
void append_text(Octets& out, Tag tag, std::string_view text);
/// An unsigned type takes the number without its sign. Throws std::logic_error if `tag` is not a
/// number's, or if the number does not fit.
void append_number(Octets& out, Tag tag, std::int64_t number);
/// An octet-string of six.
void append_code(Octets& out, const Code& code);
/// The 12 octets of a date-time as the manufacturer fills them in, without tag.
void append_date_time(Octets& out, const Manufacturer& manufacturer,
                      std::chrono::local_seconds time);

} // namespace hanport::simulator
