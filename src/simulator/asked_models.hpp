// The meter's side of each protocol, for asked_meter.cpp. Written from the documents once more, and
// sharing nothing with the reader's side, which is tested with it.
#pragma once

#include "simulator/asked_meter.hpp"

namespace hanport::simulator {

class Conversation {
  public:
    virtual ~Conversation() = default;
    /// The answers to what this octet ends.
    [[nodiscard]] virtual std::vector<Answer> hear(std::uint8_t octet, unsigned baud,
                                                   std::chrono::milliseconds since) = 0;
    /// What was heard so far is forgotten.
    virtual void reset() = 0;
};

// Each throws std::invalid_argument for an id that the meter cannot have; empty: one of its own.
[[nodiscard]] std::unique_ptr<Conversation> make_multical_601(const std::string& meter_id);
[[nodiscard]] std::unique_ptr<Conversation> make_multical_66(const std::string& meter_id);
[[nodiscard]] std::unique_ptr<Conversation> make_omnipower_iec(const std::string& meter_id);

} // namespace hanport::simulator
