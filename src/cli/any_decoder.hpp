// Decodes a capture of any protocol that hanport reads. The first intact element decides the
// protocol: a frame with its check sums, an identification, a block.
#pragma once

#include "han/decoder.hpp"
#include "polled/listener.hpp"

#include <memory>
#include <vector>

namespace hanport::cli {

/// Callbacks for lists and refusals of all protocols.
class AnyListener : public han::Listener, public polled::Listener {
  public:
    void on_list(const han::list::List& list) override = 0;
};

class AnyDecoder {
  public:
    /// Both must outlive this object.
    AnyDecoder(AnyListener& listener, han::dlms::Decryptor& decryptor);
    ~AnyDecoder();
    AnyDecoder(const AnyDecoder&) = delete;
    AnyDecoder& operator=(const AnyDecoder&) = delete;

    /// Decodes the next octets. Until the protocol is known the octets are kept and nothing is
    /// reported. After about 10,000 octets without a decision the capture is decoded as the push of
    /// a HAN port.
    void feed(han::Bytes octets);

    /// Call this at the end of the capture.
    void flush();

  private:
    class Stream;
    class Probes;
    void decide(bool complete);

    AnyListener& listener_;
    han::dlms::Decryptor& decryptor_;
    std::unique_ptr<Probes> probes_; // until the protocol is known
    std::vector<std::uint8_t> kept_; // likewise
    std::unique_ptr<Stream> stream_; // once it is known
};

} // namespace hanport::cli
