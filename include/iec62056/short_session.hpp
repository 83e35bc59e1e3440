// One short readout, "/#1": asked at 300 baud, answered at 1200, asked again every five seconds
// until it is answered, with and without a line end in turn, because meters differ.
#pragma once

#include <functional>

#include "iec62056/short_readout.hpp"
#include "readout/session.hpp"

namespace iec62056 {

struct ShortSessionOptions {
    Scaling scaling = default_scaling();
    /// Of the request; the answer comes at four times the speed. Two stop bits suit meters that
    /// want one.
    readout::LineFormat format{.baud = 300, .data_bits = 7, .even_parity = true, .stop_bits = 2};
    unsigned tries = 4;
    std::chrono::milliseconds settling{200};
    /// From the request to the other speed, within the 300 ms that the meter takes at least.
    std::chrono::milliseconds before_switching{100};
    std::chrono::milliseconds between_tries{5000};
};

class ShortSession : public readout::Session {
  public:
    ShortSession(ShortSessionOptions options, readout::OnRefusal on_refusal);

    [[nodiscard]] readout::Action next(readout::Time now) override;
    void on_bytes(readout::Time now, han::Bytes octets) override;
    /// Parity is all the check sum there is: the answer that it is wrong in is refused.
    void on_line_error() override { damaged_ = true; }

  private:
    enum class Step : std::uint8_t { begin, ask, switch_speed, answer, again, ended };

    void on_answer();

    ShortSessionOptions options_;
    readout::OnRefusal on_refusal_;
    Step step_ = Step::begin;
    readout::Time not_before_{};
    readout::Time asked_{};
    unsigned tries_ = 0;
    bool heard_ = false;
    bool damaged_ = false;
    std::string answer_;
    readout::Readout readout_;
    han::Reason failure_{};
};

} // namespace iec62056
