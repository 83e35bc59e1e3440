// Advances the time of one meter; see simulator.hpp.
#include "simulator/simulator.hpp"

#include "simulator/message.hpp"
#include "simulator/noise.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace hanport::simulator {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

// A-XDR lengths of one octet, and frames of a meter's size.
constexpr std::size_t longest_id = 64;

const Model& model_of(std::string_view name) {
    const auto found = std::ranges::find(models(), name, &Model::name);
    if (found == models().end())
        throw std::invalid_argument("no meter is called " + std::string(name));
    return *found;
}

std::string invented_id(const Manufacturer& manufacturer, std::uint64_t seed) {
    std::string id(manufacturer.id_prefix);
    for (std::size_t i = 0; i < manufacturer.id_digits; ++i)
        id += static_cast<char>('0' + mix(seed + i) % 10);
    return id;
}

void check_id(const std::string& id, const Model& model) {
    if (id.size() > longest_id)
        throw std::invalid_argument("a meter id has at most 64 characters");
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (model.live.find("meter-number") != std::string_view::npos &&
        (error != std::errc{} || end != id.data() + id.size()))
        throw std::invalid_argument("the id of this meter is a number up to 4294967295");
}

} // namespace

class Simulator::Impl {
  public:
    explicit Impl(const SimulatorOptions& options)
        : model_(model_of(options.model)),
          household_(
              {.seed = options.seed, .phases = phases_of(model_), .solar_peak = model_.solar_peak}),
          meter_(model_.wiring, model_.solar_peak > 0, options.seed, floor<days>(options.start)),
          writer_(model_), noise_(options.noise, options.seed), id_(options.meter_id),
          now_(floor<days>(options.start)) {
        if (id_.empty())
            id_ = invented_id(*model_.manufacturer, options.seed);
        check_id(id_, model_);
        set_clock_before(options.start);
    }

    SimulatedFrame next() {
        std::string_view kind;
        while ((kind = tick()).empty()) {
        }
        return write(kind);
    }

  private:
    static std::size_t phases_of(const Model& model) noexcept {
        return model.wiring == Wiring::single_phase ? 1 : phases;
    }

    // A day's registers are those of its midnight plus everything since then.
    void set_clock_before(MeterTime start) {
        now_ -= model_.manufacturer->schedule.tick;
        while (now_ + model_.manufacturer->schedule.tick < start)
            (void)tick();
    }

    // Advances by a tick; returns the kind of the list that is due, or nothing. The load changes
    // with each list, so that a list shows the power until the next one.
    std::string_view tick() {
        const Schedule& schedule = model_.manufacturer->schedule;
        now_ += schedule.tick;
        meter_.pass(schedule.tick);
        if (now_ == floor<hours>(now_))
            meter_.strike();
        const milliseconds of_day = now_ - floor<days>(now_);
        for (const Due& due : schedule.lists)
            if ((of_day - due.offset) % due.period == 0ms) {
                meter_.set(household_.at(now_));
                return due.kind;
            }
        return {};
    }

    SimulatedFrame write(std::string_view kind) {
        SimulatedFrame frame;
        frame.at = floor<seconds>(now_);
        frame.fraction = now_ - frame.at;
        frame.kind = kind;
        frame.octets = writer_.write(
            kind,
            {.meter = &meter_, .meter_id = id_, .now = frame.at, .hour = floor<hours>(frame.at)});
        frame.intact = noise_.pass(frame.octets);
        return frame;
    }

    const Model& model_;
    Household household_;
    Meter meter_;
    Writer writer_;
    Noise noise_;
    std::string id_;
    MeterMillis now_;
};

std::vector<std::string_view> simulator_models() {
    std::vector<std::string_view> names;
    for (const Model& model : models())
        names.push_back(model.name);
    return names;
}

Simulator::Simulator(const SimulatorOptions& options) : impl_(std::make_unique<Impl>(options)) {}

Simulator::~Simulator() = default;

SimulatedFrame Simulator::next() {
    return impl_->next();
}

} // namespace hanport::simulator
