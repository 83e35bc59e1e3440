// Detects the protocol, then decodes; see any_decoder.hpp.
#include "cli/any_decoder.hpp"

#include "iec62056/decoder.hpp"
#include "kmp/decoder.hpp"

#include <utility>

namespace hanport::cli {
namespace {

constexpr std::size_t most_kept = 10'000;

// Counts evidence for a HAN port: everything received in an intact frame.
class HanProbe : public han::Listener {
  public:
    void on_list(const han::list::List& /*list*/) override { ++intact; }
    void on_refusal(const han::Refusal& refusal) override {
        intact += std::holds_alternative<han::hdlc::Error>(refusal.error) ? 0U : 1U;
    }
    std::uint64_t intact = 0;
};

class Deaf : public polled::Listener {
  public:
    void on_list(const han::list::List& /*list*/) override {}
    void on_refusal(const polled::Refusal& /*refusal*/) override {}
};

} // namespace

// A decoder of one protocol.
class AnyDecoder::Stream {
  public:
    virtual ~Stream() = default;
    virtual void feed(han::Bytes octets) = 0;
    virtual void flush() = 0;

    template <class Decoder>
    class Of;
};

template <class Decoder>
class AnyDecoder::Stream::Of final : public Stream {
  public:
    template <class... Arguments>
    explicit Of(Arguments&&... arguments) : decoder_(std::forward<Arguments>(arguments)...) {}
    void feed(han::Bytes octets) override { decoder_.feed(octets); }
    void flush() override { decoder_.flush(); }

  private:
    Decoder decoder_;
};

class AnyDecoder::Probes {
  public:
    HanProbe heard;
    Deaf deaf;
    han::Decoder han{heard};
    kmp::Decoder kmp{deaf};
    iec62056::Decoder iec{deaf};
};

AnyDecoder::AnyDecoder(AnyListener& listener, han::dlms::Decryptor& decryptor)
    : listener_(listener), decryptor_(decryptor), probes_(std::make_unique<Probes>()) {}

AnyDecoder::~AnyDecoder() = default;

void AnyDecoder::feed(han::Bytes octets) {
    if (stream_) {
        stream_->feed(octets);
        return;
    }
    kept_.insert(kept_.end(), octets.begin(), octets.end());
    probes_->han.feed(octets);
    probes_->kmp.feed(octets);
    probes_->iec.feed(octets);
    decide(kept_.size() > most_kept);
}

void AnyDecoder::flush() {
    if (!stream_) {
        probes_->iec.flush();
        decide(true);
    }
    stream_->flush();
}

// Frames of a HAN port have two check sums of 16 bits, which octets of other protocols do not match
// by chance.
void AnyDecoder::decide(bool complete) {
    if (probes_->heard.intact > 0)
        stream_ = std::make_unique<Stream::Of<han::Decoder>>(listener_, &decryptor_);
    else if (probes_->kmp.intact_frames() > 0)
        stream_ = std::make_unique<Stream::Of<kmp::Decoder>>(listener_);
    else if (probes_->iec.intact() > 0)
        stream_ = std::make_unique<Stream::Of<iec62056::Decoder>>(listener_);
    else if (complete)
        stream_ = std::make_unique<Stream::Of<han::Decoder>>(listener_, &decryptor_);
    else
        return;
    probes_.reset();
    stream_->feed(std::exchange(kept_, {}));
}

} // namespace hanport::cli
