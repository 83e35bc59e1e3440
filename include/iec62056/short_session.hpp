// One short readout, "/#1": request at 300 baud, answer at 1200. The request is repeated every five
// seconds until the meter answers, alternately with and without a line end, because meters differ.
#pragma once

#include "iec62056/short_readout.hpp"
#include "polled/session_base.hpp"

namespace iec62056 {

struct ShortSessionOptions {
    Scaling scaling = default_scaling();
    /// Of the request; the answer has four times the speed. Two stop bits also work with meters
    /// that need only one.
    polled::LineFormat format{.baud = 300, .data_bits = 7, .even_parity = true, .stop_bits = 2};
    unsigned tries = 4;
    std::chrono::milliseconds settling{200};
    /// Delay from the request to the other speed; the meter takes at least 300 ms to answer.
    std::chrono::milliseconds before_switching{100};
    std::chrono::milliseconds between_tries{5000};
};

class ShortSession : public polled::ProtocolSession<Error> {
  public:
    ShortSession(ShortSessionOptions options, polled::OnRefusal<Error> on_refusal);

    /// Parity is the only check, so an answer with a parity error is refused.
    void on_line_error() override { damaged_ = true; }

  private:
    enum class Step : std::uint8_t { begin, ask, switch_speed, answer, again };

    [[nodiscard]] polled::Action act(polled::Time now) override;
    void on_octet(polled::Time now, std::uint8_t octet) override;
    void on_answer();

    ShortSessionOptions options_;
    Step step_ = Step::begin;
    polled::Time requested_{};
    bool damaged_ = false;
    std::string answer_;
};

} // namespace iec62056
