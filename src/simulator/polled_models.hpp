// The meter's side of each protocol, for polled_meter.cpp. Written from the documents independently
// of the reader's code, which is tested with it.
#pragma once

#include "simulator/polled_meter.hpp"

namespace hanport::simulator {

class Conversation {
  public:
    virtual ~Conversation() = default;
    /// The answers to a request that this octet completes.
    [[nodiscard]] virtual std::vector<Answer> hear(std::uint8_t octet, unsigned baud,
                                                   std::chrono::milliseconds since) = 0;
    /// Discards what was received so far.
    virtual void reset() = 0;
};

// Each throws std::invalid_argument for an id that the meter cannot have; empty: the default id.
[[nodiscard]] std::unique_ptr<Conversation> make_multical_601(const std::string& meter_id);
[[nodiscard]] std::unique_ptr<Conversation> make_multical_66(const std::string& meter_id);
[[nodiscard]] std::unique_ptr<Conversation> make_omnipower_iec(const std::string& meter_id);

} // namespace hanport::simulator
