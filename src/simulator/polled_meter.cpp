// Polled meters; see polled_meter.hpp. The common part of all protocols: sleep, echo, damage.
#include "simulator/polled_meter.hpp"

#include "simulator/polled_models.hpp"
#include "simulator/random.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace hanport::simulator {
namespace {

using simulator::Conversation;

struct Model {
    std::string_view name;
    std::unique_ptr<Conversation> (*make)(const std::string& meter_id);
};

constexpr auto models = std::to_array<Model>({
    {"multical-601", simulator::make_multical_601},
    {"multical-66", simulator::make_multical_66},
    {"omnipower-iec", simulator::make_omnipower_iec},
});

class Meter final : public PolledMeter {
  public:
    Meter(const PolledMeterOptions& options, std::unique_ptr<Conversation> conversation)
        : options_(options), conversation_(std::move(conversation)), random_(options.seed) {}

    std::vector<Answer> hear(std::span<const std::uint8_t> octets, unsigned baud,
                             std::chrono::milliseconds since) override {
        std::vector<Answer> said;
        if (options_.echo)
            said.push_back({.octets = {octets.begin(), octets.end()}});
        for (const std::uint8_t octet : octets)
            for (Answer& answer : conversation_->hear(octet, baud, since)) {
                if (asleep_through_ < options_.asleep) {
                    ++asleep_through_;
                    conversation_->reset();
                    continue;
                }
                damage(answer.octets);
                said.push_back(std::move(answer));
            }
        return said;
    }

  private:
    // Either a bit is flipped, or the end is missing.
    void damage(std::vector<std::uint8_t>& octets) {
        constexpr std::uint64_t million = 1'000'000;
        constexpr std::uint64_t one_in = 4;
        if (static_cast<double>(random_.below(million)) >= options_.noise * million)
            return;
        const auto place = static_cast<std::size_t>(random_.below(octets.size()));
        if (random_.below(one_in) == 0)
            octets.resize(place);
        else
            octets[place] = static_cast<std::uint8_t>(octets[place] ^ 1U << random_.below(7));
    }

    PolledMeterOptions options_;
    std::unique_ptr<Conversation> conversation_;
    simulator::Random random_;
    unsigned asleep_through_ = 0;
};

} // namespace

std::vector<std::string_view> polled_meter_models() {
    std::vector<std::string_view> names;
    std::ranges::transform(models, std::back_inserter(names), &Model::name);
    return names;
}

std::unique_ptr<PolledMeter> make_polled_meter(const PolledMeterOptions& options) {
    const auto* const model = std::ranges::find(models, options.model, &Model::name);
    if (model == models.end())
        throw std::invalid_argument("no meter is called " + options.model);
    return std::make_unique<Meter>(options, model->make(options.meter_id));
}

} // namespace hanport::simulator
