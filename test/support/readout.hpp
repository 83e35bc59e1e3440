// Recorded conversations to JSON lines, and sessions driven by the test's clock.
#pragma once

#include "polled/listener.hpp"
#include "polled/session.hpp"
#include "support/hex.hpp"

namespace support {

/// Records the output of a decoder of a conversation.
class ReadoutCollector : public polled::Listener {
  public:
    void on_list(const han::list::List& list) override;
    void on_refusal(const polled::Refusal& refusal) override;

    std::vector<std::string> lines;    ///< lists as JSON
    std::vector<std::string> refusals; ///< "bad_crc@12", "outside_frame@0+7" (7 octets)
};

/// The output of `Decoder` for a stream, including its end, fed in chunks of `chunk` octets.
template <class Decoder>
[[nodiscard]] ReadoutCollector decode_readout(std::span<const std::uint8_t> stream,
                                              std::size_t chunk = 4096) {
    ReadoutCollector collector;
    Decoder decoder(collector);
    for (std::size_t at = 0; at < stream.size(); at += chunk)
        decoder.feed(stream.subspan(at, std::min(chunk, stream.size() - at)));
    decoder.flush();
    return collector;
}

/// Plays the line of a session: carries out its actions up to a wait or the end.
class SessionBench {
  public:
    explicit SessionBench(polled::Session& session) : session_(session) {}

    /// Its current actions: "send 803F…", "set 300 7E1", and finally "wait" or "end".
    [[nodiscard]] std::vector<std::string> run();
    /// Advances to the end of its wait, and continues.
    [[nodiscard]] std::vector<std::string> wait_and_run();
    /// Advances the time until it sends something, which is returned as hex; empty if it ends.
    [[nodiscard]] std::string next_sent();
    /// Passes received octets to it.
    void hear(std::span<const std::uint8_t> octets) { session_.on_bytes(now_, octets); }

    void advance(std::chrono::milliseconds time) { now_ += time; }

    [[nodiscard]] bool has_ended() const { return ended_; }
    /// The readout as JSON; empty if there is none.
    [[nodiscard]] const std::string& readout() const { return readout_; }
    [[nodiscard]] const std::string& failure() const { return failure_; }
    /// Time since the beginning.
    [[nodiscard]] std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(now_ - polled::Time{});
    }
    [[nodiscard]] polled::LineFormat format() const { return format_; }

  private:
    polled::Session& session_;
    polled::Time now_{};
    polled::Time until_{};
    polled::LineFormat format_;
    bool ended_ = false;
    std::string readout_;
    std::string failure_;
};

} // namespace support
