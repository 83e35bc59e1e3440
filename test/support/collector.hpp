// A Listener that records the output of a decoder, and functions to decode octets with it.
#pragma once

#include "han/decoder.hpp"
#include "support/hex.hpp"

#include <array>

namespace support {

class Collector : public han::Listener {
  public:
    void on_list(const han::list::List& list) override;
    void on_refusal(const han::Refusal& refusal) override;

    std::vector<std::string> lines;     ///< lists as JSON lines
    std::vector<std::uint64_t> offsets; ///< of the lists
    std::vector<std::string> refusals;  ///< "bad_fcs@120", "outside_frame@0+7" (7 octets)
    std::vector<std::string> events;    ///< both, in the order reported
    std::array<std::size_t, 3> kinds{}; ///< lists by kind: power, live, hourly
};

/// The output of a decoder for a whole stream, including its end, fed in chunks of `chunk` octets
/// (0: at once).
[[nodiscard]] Collector decode(std::span<const std::uint8_t> stream, std::size_t chunk = 0,
                               han::dlms::Decryptor* decryptor = nullptr);

} // namespace support
