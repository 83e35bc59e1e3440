// Every model's day in figures: registers are the sum of the power shown, currents and voltages fit
// it, and a household could live like this.
#include "unit/simulator/models.hpp"

#include <cmath>

namespace {

using namespace std::chrono_literals;

class SimulatedValues : public support::EveryModel {};
INSTANTIATE_TEST_SUITE_P(Models, SimulatedValues, support::each_model(), support::model_name);

struct Register {
    std::string power;
    std::string energy;
};

// In W·ms: what a list shows flows until the next list.
TEST_P(SimulatedValues, RegistersAreTheSumOfThePowerShown) {
    static const std::vector<Register> registers{
        {"active_power_import", "active_energy_import"},
        {"active_power_export", "active_energy_export"},
        {"reactive_power_import", "reactive_energy_import"},
        {"reactive_power_export", "reactive_energy_export"}};
    const bool each_list = GetParam().hourly < 0s;
    for (const auto& [power, energy] : registers) {
        const auto& frames = day();
        if (!frames.front().values.contains(power) || GetParam().power > 0ms)
            if (power != "active_power_import")
                continue; // power lists have no more, so these cannot be summed
        std::int64_t sum = 0;
        std::int64_t at_full_hour = 0;
        std::optional<std::int64_t> first;
        std::size_t compared = 0;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const auto& frame = frames[i];
            if ((frame.at - midnight) % 1h == 0ms || each_list)
                at_full_hour = sum;
            if (const auto shown = frame.values.find(energy); shown != frame.values.end()) {
                ASSERT_EQ(shown->second % 1000, 0);
                const std::int64_t watt_hours = shown->second / 1000;
                if (!first)
                    first = watt_hours;
                const std::int64_t grown = at_full_hour / 3'600'000;
                ASSERT_EQ(watt_hours - *first, grown - grown % GetParam().resolution) << energy;
                ++compared;
            }
            if (i + 1 < frames.size())
                sum += frame.values.at(power) / 1000 * (frames[i + 1].at - frame.at).count();
        }
        EXPECT_GE(compared, 24U) << energy;
    }
}

TEST_P(SimulatedValues, ImportsOrExportsAndNeverBoth) {
    std::size_t exporting = 0;
    for (const auto& frame : day()) {
        if (!frame.values.contains("active_power_export"))
            continue;
        const auto out = frame.values.at("active_power_export");
        ASSERT_TRUE(out == 0 || frame.values.at("active_power_import") == 0);
        exporting += out > 0 ? 1 : 0;
    }
    EXPECT_EQ(exporting > 0, GetParam().exports);
}

// Σ U·I is the apparent power of the phases, so no less than that of all together; at most some
// percent more, where phases do not feed in against each other.
TEST_P(SimulatedValues, CurrentsAndVoltagesFitThePower) {
    for (const auto& frame : day()) {
        if (!frame.values.contains("current_l1") || GetParam().is_three_wire ||
            frame.values.at("active_power_import") < 500'000)
            continue;
        double sum = 0;
        for (int phase = 1; phase <= GetParam().phases; ++phase) {
            const auto of = [&](std::string name) {
                return static_cast<double>(frame.values.at(name.append(std::to_string(phase)))) /
                       1000;
            };
            EXPECT_NEAR(of("voltage_l"), 230, 15);
            sum += std::abs(of("current_l")) * of("voltage_l");
        }
        const double power = static_cast<double>(frame.values.at("active_power_import")) / 1000;
        // Rounding: 0.05 A and 0.5 V of each phase.
        const double tolerance = 45 + power * 0.005;
        ASSERT_GE(sum, power - tolerance);
        if (!GetParam().exports) {
            ASSERT_LE(sum, power * 1.08 + tolerance + 150);
        }
    }
}

// A lost sign would leave the magnitude of every current unchanged.
TEST_P(SimulatedValues, CurrentsHaveTheSignOfThePowerOrNone) {
    std::size_t negative = 0;
    for (const auto& frame : day()) {
        if (!frame.values.contains("current_l1"))
            continue;
        std::int64_t sum = 0; // of current and voltage, with the signs of the currents
        for (int phase = 1; phase <= 3; ++phase) {
            const auto current = frame.values.find("current_l" + std::to_string(phase));
            const auto voltage = frame.values.find("voltage_l" + std::to_string(phase));
            if (current == frame.values.end() || voltage == frame.values.end())
                continue;
            sum += current->second * voltage->second;
            negative += current->second < 0 ? 1 : 0;
        }
        const auto exported = frame.values.find("active_power_export");
        const std::int64_t power = frame.values.at("active_power_import") -
                                   (exported == frame.values.end() ? 0 : exported->second);
        constexpr std::int64_t clear = 1'500'000; // 1500 W
        if (GetParam().has_signed_currents && std::abs(power) > clear) {
            ASSERT_EQ(sum < 0, power < 0);
        }
    }
    EXPECT_EQ(negative > 0, GetParam().has_signed_currents && GetParam().exports);
}

TEST_P(SimulatedValues, IsAPlausibleHousehold) {
    std::int64_t most = 0;
    std::int64_t watt_millis = 0;
    const auto& frames = day();
    for (std::size_t i = 0; i + 1 < frames.size(); ++i) {
        const auto power = frames[i].values.at("active_power_import") / 1000;
        most = std::max(most, power);
        watt_millis += power * (frames[i + 1].at - frames[i].at).count();
    }
    const double kilowatt_hours = static_cast<double>(watt_millis) / 3.6e9;
    EXPECT_GT(kilowatt_hours, 10);
    EXPECT_LT(kilowatt_hours, 120);
    EXPECT_GT(most, 4000);
    EXPECT_LT(most, 20'000);
}

} // namespace
