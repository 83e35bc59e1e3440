// Configurations to sessions; see polled_session.hpp.
#include "port/polled_session.hpp"

#include "iec62056/session.hpp"
#include "iec62056/short_session.hpp"
#include "kmp/register.hpp"
#include "kmp/session.hpp"

namespace hanport::port {

std::unique_ptr<polled::Session>
make_pull_session(const config::PortConfig& config, const PortState& memory,
                  const std::function<void(const FrameOutcome&)>& on_refusal) {
    const config::PollingConfig& pull = config.pull;
    if (config.protocol == config::Protocol::kmp) {
        kmp::SessionOptions options{.known_id = memory.meter_id, .known_type = memory.meter_type};
        options.format.baud = config.baud;
        for (const polled::Choice& choice : pull.values)
            if (const auto id = kmp::register_id(choice.code))
                options.registers.push_back(*id);
        return std::make_unique<kmp::Session>(std::move(options), on_refusal);
    }
    if (pull.short_readout) {
        iec62056::ShortSessionOptions options{.scaling = pull.scaling};
        options.format.baud = config.baud;
        return std::make_unique<iec62056::ShortSession>(options, on_refusal);
    }
    iec62056::SessionOptions options{.address = pull.address, .wake_up = pull.wake_up};
    options.format.baud = config.baud;
    return std::make_unique<iec62056::Session>(std::move(options), on_refusal);
}

polled::LineFormat first_pull_format(const config::PortConfig& config) {
    polled::LineFormat format =
        config.protocol == config::Protocol::kmp ? kmp::default_format : iec62056::sign_on_format;
    format.baud = config.baud;
    return format;
}

} // namespace hanport::port
