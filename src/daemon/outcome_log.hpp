// Logs what happens to meters: implausible values, problems, silence.
#pragma once

#include "meter/outcome.hpp"

namespace hanport::daemon {

class OutcomeLog : public meter::OutcomeSink {
  public:
    void on_outcome(const meter::Outcome& outcome) override;
};

} // namespace hanport::daemon
