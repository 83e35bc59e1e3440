// Expected values of the simulated models, from the simulator's own tables; see models.hpp.
#include "unit/simulator/models.hpp"

#include "simulator/models.hpp"

namespace support {

namespace sim = hanport::simulator;
using namespace std::chrono_literals;

namespace {

bool is_signed(sim::Tag tag) {
    return tag == sim::Tag::i8 || tag == sim::Tag::i16 || tag == sim::Tag::i32 ||
           tag == sim::Tag::i64;
}

ExpectedModel expected_of(const sim::Model& model) {
    const sim::Manufacturer& manufacturer = *model.manufacturer;
    const bool is_named = model.live.contains("ids") || model.live.contains("meter-");
    ExpectedModel expected{
        .model = std::string(model.name),
        .manufacturer = std::string(manufacturer.name),
        .id_prefix = is_named ? std::string(manufacturer.id_prefix) : "",
        .power = 0ms,
        .ten_seconds = "",
        .hourly = -1s,
        .clock = 0s,
        .resolution = manufacturer.energy.exponent == 1 ? 10 : 1,
        .phases = model.wiring == sim::Wiring::single_phase ? 1 : 3,
        .is_three_wire = model.wiring == sim::Wiring::three_wire,
        .has_signed_currents = is_signed(manufacturer.current.tag),
        .exports = model.solar_peak > 0,
    };
    for (const sim::Due& due : manufacturer.schedule.lists) {
        if (due.kind == "power")
            expected.power = due.period;
        else if (due.period == 10s)
            expected.ten_seconds = due.kind;
        else if (due.kind == "hourly")
            expected.hourly = std::chrono::duration_cast<std::chrono::seconds>(due.offset);
    }
    if (expected.hourly > 0s && !manufacturer.clock_of_hour)
        expected.clock = expected.hourly;
    return expected;
}

} // namespace

const std::vector<ExpectedModel>& expected_models() {
    static const auto rows = [] {
        std::vector<ExpectedModel> all;
        for (const sim::Model& model : sim::models())
            all.push_back(expected_of(model));
        return all;
    }();
    return rows;
}

} // namespace support
