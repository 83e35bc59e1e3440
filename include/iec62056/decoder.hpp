// Decodes a recorded conversation of IEC 62056-21, or of the short readout "/#1", to lists. Each
// data block is one list of the meter whose identification came before it. Requests of the reader,
// recorded or echoed, are ignored.
#pragma once

#include "iec62056/block.hpp"
#include "iec62056/short_readout.hpp"
#include "polled/listener.hpp"

namespace iec62056 {

class Decoder {
  public:
    explicit Decoder(polled::Listener& listener, const Scaling& scaling = default_scaling())
        : listener_(listener), scaling_(scaling) {}

    /// Decodes the next octets of the stream. Chunks may have any size.
    void feed(han::Bytes octets);

    /// Call this at the end of the stream, or after a silence so long that a pending message will
    /// not be completed.
    void flush();

    /// Blocks with a correct check sum, short readouts and identifications so far.
    [[nodiscard]] std::uint64_t intact() const noexcept { return intact_; }

  private:
    void push(std::uint8_t octet);
    void push_to_line(std::uint8_t octet);
    void take_block(const BlockReader::Result& result);
    void end_line();
    void on_line(std::string_view line);
    void on_block(const std::string& text);
    void refuse(Error error, std::uint64_t offset, std::uint64_t size = 0);

    polled::Listener& listener_;
    Scaling scaling_;
    BlockReader block_;
    polled::Readout readout_;
    std::string maker_;              // of the last identification
    std::vector<std::uint8_t> line_; // outside of blocks
    std::uint64_t count_ = 0;        // octets taken so far
    std::uint64_t start_ = 0;        // of the line or the block
    std::uint64_t intact_ = 0;
    bool short_requested_ = false; // the last request was "/#1"
};

} // namespace iec62056
