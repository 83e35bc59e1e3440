// Recorded conversations to JSON lines, and sessions that are driven by a clock of the test's.
#pragma once

#include "support/hex.hpp"

#include "readout/listener.hpp"
#include "readout/session.hpp"

namespace support {

/// Writes down what a decoder of a conversation tells.
class ReadoutCollector : public readout::Listener {
  public:
    void on_list(const han::list::List& list) override;
    void on_refusal(const readout::Refusal& refusal) override;

    std::vector<std::string> lines;    ///< lists as JSON
    std::vector<std::string> refusals; ///< "bad_crc@12", "outside_frame@0+7" (7 octets)
};

/// What `Decoder` tells of a stream, fed in chunks of `chunk` octets, its end announced.
template <class Decoder>
[[nodiscard]] ReadoutCollector decode_readout(std::span<const std::uint8_t> stream,
                                              std::size_t chunk = 4096) {
    ReadoutCollector collector;
    Decoder decoder(collector);
    for (std::size_t at = 0; at < stream.size(); at += chunk)
        decoder.feed(stream.subspan(at, std::min(chunk, stream.size() - at)));
    decoder.give_up();
    return collector;
}

/// Plays the line of a session: goes through its actions up to a wait or the end.
class SessionBench {
  public:
    explicit SessionBench(readout::Session& session) : session_(session) {}

    /// What it wants done now: "send 803F…", "set 300 7E1", and at last "wait" or "end".
    [[nodiscard]] std::vector<std::string> run();
    /// Goes to the end of its wait, and runs.
    [[nodiscard]] std::vector<std::string> wait_and_run();
    /// Time passes until it sends something, which is returned as hex; empty where it ends.
    [[nodiscard]] std::string next_sent();
    /// It hears this.
    void hear(std::span<const std::uint8_t> octets) { session_.on_bytes(now_, octets); }

    void advance(std::chrono::milliseconds time) { now_ += time; }

    [[nodiscard]] bool has_ended() const { return ended_; }
    /// The readout as JSON; empty where there is none.
    [[nodiscard]] const std::string& readout() const { return readout_; }
    [[nodiscard]] const std::string& failure() const { return failure_; }
    /// Since the beginning.
    [[nodiscard]] std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(now_ - readout::Time{});
    }
    [[nodiscard]] readout::LineFormat format() const { return format_; }

  private:
    readout::Session& session_;
    readout::Time now_{};
    readout::Time until_{};
    readout::LineFormat format_;
    bool ended_ = false;
    std::string readout_;
    std::string failure_;
};

} // namespace support
