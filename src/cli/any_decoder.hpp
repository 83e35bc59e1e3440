// Decodes a capture of any protocol that hanport reads, told apart by looking: what is found intact
// first decides, a frame with its check sums, an identification, a block.
#pragma once

#include "han/decoder.hpp"

#include <memory>
#include <vector>

#include "readout/listener.hpp"

namespace cli {

/// Told of lists and refusals, whatever the protocol.
class AnyListener : public han::Listener, public readout::Listener {
  public:
    void on_list(const han::list::List& list) override = 0;
};

class AnyDecoder {
  public:
    /// Both have to outlive it.
    AnyDecoder(AnyListener& listener, han::dlms::Decipherer& decipherer);
    ~AnyDecoder();
    AnyDecoder(const AnyDecoder&) = delete;
    AnyDecoder& operator=(const AnyDecoder&) = delete;

    /// Takes in the next octets. Nothing is told until the protocol is known; until then they are
    /// kept, some 10,000 at most, after which it is taken for what a HAN port pushes.
    void feed(han::Bytes octets);

    /// The capture has ended.
    void give_up();

  private:
    class Stream;
    class Probes;
    void decide(bool complete);

    AnyListener& listener_;
    han::dlms::Decipherer& decipherer_;
    std::unique_ptr<Probes> probes_; // until the protocol is known
    std::vector<std::uint8_t> kept_; // likewise
    std::unique_ptr<Stream> stream_; // from then on
};

} // namespace cli
