// Fuzzes what is retained at the broker: any text at a meter's discovery topics, in all styles, gives
// messages of bounded number and size that are JSON; nothing is thrown.
#include "homeassistant/discovery.hpp"
#include "homeassistant/discovery_plan.hpp"
#include "support/expect.hpp"

namespace {

constexpr std::size_t most_messages = 700;
constexpr std::size_t longest_topic = 300;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using hanport::config::DiscoveryStyle;
    if (size == 0)
        return 0;
    const std::string text(data + 1, data + size);
    const hanport::publish::Topics topics{.client_id = "pi"};
    hanport::meter::Snapshot meter{.meter_id = "7"};
    meter.values["current_l1"] = {
        .value = {.magnitude = 1}, .unit = han::cosem::Unit::ampere, .received = {}};
    hanport::homeassistant::DiscoverySituation situation{.complete = (data[0] & 1) != 0};
    if ((data[0] & 2) != 0)
        situation.found[topics.device_config("7")] = text;
    if ((data[0] & 4) != 0)
        situation.found[topics.single_config("7", "sensor", "voltage_l1")] = text;
    // The first line as a topic of its own, as far as the filter lets it through.
    if (const auto end = text.find('\n'); end != std::string::npos)
        situation.found[text.substr(0, end)] = text.substr(end + 1);
    for (const auto style : {DiscoveryStyle::device, DiscoveryStyle::single, DiscoveryStyle::off}) {
        situation.style = style;
        const auto messages = hanport::homeassistant::discovery_plan(
            topics, meter, {.version = "0", .reactive_energy_class = true}, situation);
        support::expect(messages.size() < most_messages, "the number of messages is bounded");
        for (const auto& message : messages) {
            support::expect(message.topic.size() < longest_topic + size, "topics are bounded");
            support::expect(message.payload.empty() ||
                                hanport::homeassistant::Json::accept(message.payload),
                            "what is sent is JSON");
        }
    }
    return 0;
}
