// A recorded conversation of IEC 62056-21, or of the short readout "/#1", to lists: each data block
// is one, of the meter whose identification came before it. What the reader sent, where it was
// recorded as well or echoed, says nothing new.
#pragma once

#include "iec62056/block.hpp"
#include "iec62056/short_readout.hpp"
#include "readout/listener.hpp"

namespace iec62056 {

class Decoder {
  public:
    explicit Decoder(readout::Listener& listener, const Scaling& scaling = default_scaling())
        : listener_(listener), scaling_(scaling) {}

    /// Takes in the next octets of the stream, any number at a time.
    void feed(han::Bytes octets);

    /// The stream has ended, or was silent so long that what is pending will not be completed.
    void give_up();

    /// Blocks with a check sum that fits, short readouts and identifications so far.
    [[nodiscard]] std::uint64_t intact() const noexcept { return intact_; }

  private:
    void push(std::uint8_t octet);
    void push_to_line(std::uint8_t octet);
    void take_block(const BlockReader::Result& result);
    void end_line();
    void on_line(std::string_view line);
    void on_block(const std::string& text);
    void refuse(Error error, std::uint64_t offset, std::uint64_t size = 0);

    readout::Listener& listener_;
    Scaling scaling_;
    BlockReader block_;
    readout::Readout readout_;
    std::string maker_;              // of the last identification
    std::vector<std::uint8_t> line_; // outside of blocks
    std::uint64_t count_ = 0;        // octets taken so far
    std::uint64_t start_ = 0;        // of the line or the block
    std::uint64_t intact_ = 0;
    bool short_asked_ = false; // "/#1" was heard last
};

} // namespace iec62056
