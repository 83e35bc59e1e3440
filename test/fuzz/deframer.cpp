// Fuzzes the deframer. Of any octets, cut anywhere and with silences anywhere:
// - chunks of any size give what the whole gives;
// - the frames found are those that a plain search of the whole input finds, no more and no fewer;
// - offsets rise.
#include "han/hdlc/deframer.hpp"

#include "support/cuts.hpp"
#include "support/expect.hpp"
#include "support/mutate_frames.hpp"

namespace {

using han::Bytes;
using support::expect;

struct Frame {
    std::uint64_t offset = 0;
    bool segmentation = false;
    std::vector<std::uint8_t> information;

    friend bool operator==(const Frame&, const Frame&) = default;
};

struct Damage {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    han::hdlc::Error error{};

    friend bool operator==(const Damage&, const Damage&) = default;
};

// A deframer and all that came out of it.
class Deframing {
  public:
    void feed(Bytes bytes) {
        while (!bytes.empty()) {
            const std::size_t taken = deframer_.push(bytes);
            expect(taken > 0, "a drained deframer takes an octet at least");
            bytes = bytes.subspan(taken);
            drain();
        }
    }

    void flush() {
        deframer_.flush();
        drain();
        expect(deframer_.pending() <= 1, "nothing but a lone flag is kept over a silence");
    }

    std::vector<Frame> frames;
    std::vector<Damage> damage;

  private:
    void drain() {
        while (const auto result = deframer_.next()) {
            const std::uint64_t offset = *result ? (*result)->offset : result->error().offset;
            expect(offset >= last_, "offsets rise");
            last_ = offset;
            if (const auto& frame = *result) {
                frames.push_back(
                    {.offset = frame->offset,
                     .segmentation = frame->segmentation,
                     .information = {frame->information.begin(), frame->information.end()}});
            } else {
                const auto& [at, size, error] = frame.error();
                damage.push_back({.offset = at, .size = size, .error = error});
            }
        }
    }

    han::hdlc::Deframer deframer_;
    std::uint64_t last_ = 0;
};

// The intact frames of the input that no silence cuts in two. One begins at the first flag that
// can, and the next one at its closing flag or behind it.
std::vector<Frame> search(Bytes input, const std::vector<support::Cut>& cuts) {
    std::vector<Frame> frames;
    std::size_t at = 0;
    for (const support::Cut& cut : cuts) {
        if (!cut.silence)
            continue;
        while (at < cut.end) {
            const Bytes rest = input.subspan(at, cut.end - at);
            const auto frame = support::intact_frame(rest);
            if (!frame) {
                ++at;
                continue;
            }
            const auto information =
                frame->information == 0
                    ? Bytes{}
                    : rest.subspan(frame->information, frame->fcs - frame->information);
            frames.push_back({.offset = at,
                              .segmentation = (rest[1] & 8U) != 0,
                              .information = {information.begin(), information.end()}});
            at += frame->closing_flag;
        }
        if (input[cut.end - 1] == support::flag)
            at = cut.end - 1; // it may open a frame behind the silence
    }
    return frames;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    const auto cuts = support::cuts(input);
    Deframing whole;
    Deframing chunks;
    support::replay(input, cuts, true, whole);
    support::replay(input, cuts, false, chunks);
    expect(whole.frames == chunks.frames, "chunks give the frames of the whole");
    expect(whole.damage == chunks.damage, "chunks give the damage of the whole");
    expect(whole.frames == search(input, cuts), "the frames are those that a plain search finds");
    return 0;
}
