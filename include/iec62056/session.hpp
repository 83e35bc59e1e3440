// One readout of a meter with IEC 62056-21: sign-on at 300 baud, identification, the speed that the
// meter offers (mode C after an acknowledgement, mode B without one, mode A stays at 300), the data
// block.
//
// A damaged block is requested again (NAK). If the meter stays silent, the sign-on is repeated. The
// last attempt with a mode C meter omits the acknowledgement, so that the meter sends at 300 baud.
// Echoes of optical heads begin with "/?" or 06; answers never do. Each received octet extends the
// deadline, up to the time of the longest answer.
#pragma once

#include "iec62056/block.hpp"
#include "polled/session_base.hpp"

namespace iec62056 {

/// Line format at the start of every session.
inline constexpr polled::LineFormat sign_on_format{
    .baud = 300, .data_bits = 7, .even_parity = true, .stop_bits = 1};

struct SessionOptions {
    std::string address{}; ///< empty: any meter
    bool wake_up = false;  ///< for battery meters: send NULs for 2.2 s first
    polled::LineFormat format = sign_on_format;
    unsigned tries = 3;
    std::chrono::milliseconds settling{200}; ///< time for the optical head to power up
    std::chrono::milliseconds timeout{2000}; ///< without a character; the standard says 1.5 s
    /// Limit on the average time per character of a block: three times that at 300 baud, plus once
    /// more for pauses between lines. A slower stream is ambient light on the optical head.
    std::chrono::milliseconds pace{100};
    std::chrono::milliseconds pauses{10'000};
    std::chrono::milliseconds longest_block{600'000}; ///< 16384 characters at 300 baud
    /// Delay from the end of the acknowledgement to the new speed, for octets that adapters hold
    /// back. At most half the meter's reaction time.
    std::chrono::milliseconds before_switching{100};
    std::chrono::milliseconds between_tries{2000};
};

class Session : public polled::ProtocolSession<Error> {
  public:
    Session(SessionOptions options, polled::OnRefusal<Error> on_refusal);

  private:
    enum class Step : std::uint8_t {
        set_format,
        wake_up,
        sign_on,
        identification, // waiting for it
        acknowledge,
        switch_speed,
        block, // waiting for it
        repeat
    };

    [[nodiscard]] polled::Action act(polled::Time now) override;
    void on_octet(polled::Time now, std::uint8_t octet) override;
    void on_line_octet(polled::Time now, std::uint8_t octet);
    void on_identification(polled::Time now, const Identification& who);
    void on_block(polled::Time now, const BlockReader::Result& result);
    void wait_for_block(polled::Time now);
    void extend_block(polled::Time now);
    void refuse_block(polled::Time now, Error error);
    void on_silence();
    void try_again(polled::Time now);

    SessionOptions options_;
    Step step_ = Step::set_format;
    std::optional<polled::Time> block_begin_{};
    unsigned repeats_ = 0;
    std::string line_;
    Identification who_;
    BlockReader block_;
    std::string bad_data_set_; // the failure if an intact block contains a bad data set
};

} // namespace iec62056
