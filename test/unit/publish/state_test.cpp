// The state topic: exact decimals, kWh, null for stale values.
#include "publish/state.hpp"
#include "unit/meter/snapshots.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using han::cosem::Unit;
using hanport::meter::LatestValue;
using hanport::meter::Snapshot;
using hanport::publish::state_json;
using snapshots::heard;
using snapshots::value;

TEST(State, IsFlatAndHasRegistersInKilo) {
    EXPECT_EQ(state_json(snapshots::kamstrup(), heard),
              R"({"active_energy_export":0.00,"active_energy_import":109552.25,)"
              R"("active_power_export":0,"active_power_import":1468,)"
              R"("current_l1":5.64,"current_l2":1.07,"current_l3":2.96,)"
              R"("reactive_energy_export":2045.11,"reactive_energy_import":0.12,)"
              R"("reactive_power_export":318,"reactive_power_import":0,)"
              R"("voltage_l1":231,"voltage_l2":230,"voltage_l3":233})");
}

TEST(State, LeavesOutVoltageL2OfAThreeWireKaifa) {
    EXPECT_EQ(state_json(snapshots::kaifa(), heard),
              R"({"active_energy_import":109552.250,"active_power_import":1073,)"
              R"("current_l1":3.416,"voltage_l1":231.9,"voltage_l3":233.1})");
}

TEST(State, WithoutValuesIsAnEmptyObject) {
    EXPECT_EQ(state_json({}, heard), "{}");
}

struct Row {
    const char* name;
    LatestValue value;
    const char* json;
};

class StateValue : public testing::TestWithParam<Row> {};

TEST_P(StateValue, IsExact) {
    Snapshot snapshot;
    snapshot.values["x"] = GetParam().value;
    EXPECT_EQ(state_json(snapshot, heard), std::string("{\"x\":") + GetParam().json + '}');
}

INSTANTIATE_TEST_SUITE_P(
    All, StateValue,
    testing::Values(Row{"NegativeCurrent", value(10, -1, Unit::ampere, true), "-1.0"},
                    Row{"PowerFactor", value(97, -2, Unit::none), "0.97"},
                    Row{"Frequency", value(4998, -2, Unit::hertz), "49.98"},
                    Row{"WattHours", value(1, 0, Unit::watt_hour), "0.001"},
                    Row{"TensOfWattHours", value(1, 1, Unit::watt_hour), "0.01"},
                    Row{"KilowattHours", value(7, 3, Unit::watt_hour), "7"},
                    Row{"MegawattHours", value(7, 6, Unit::watt_hour), "7000"},
                    Row{"TenthsOfWattHours", value(12345, -1, Unit::watt_hour), "1.2345"},
                    Row{"LargestCounter", value(4294967295, 0, Unit::watt_hour), "4294967.295"},
                    Row{"Beyond2To53", value(18446744073709551615U, 0, Unit::watt_hour),
                        "18446744073709551.615"},
                    Row{"ReactiveEnergy", value(204511, 1, Unit::var_hour), "2045.11"},
                    Row{"ApparentEnergy", value(2500, 0, Unit::volt_ampere_hour), "2.500"}),
    [](const auto& test) { return test.param.name; });

TEST(State, LiveValuesOlderThanAMinuteAreNull) {
    Snapshot snapshot;
    snapshot.values["active_power_import"] = value(1468, 0, Unit::watt);
    EXPECT_EQ(state_json(snapshot, heard + 60s), R"({"active_power_import":1468})");
    EXPECT_EQ(state_json(snapshot, heard + 60s + 1ms), R"({"active_power_import":null})");
    EXPECT_EQ(state_json(snapshot, heard - 1h), R"({"active_power_import":1468})")
        << "the clock was set back";
}

TEST(State, RegistersAreNeverNull) {
    Snapshot snapshot;
    for (const auto& [name, unit] :
         {std::pair{"a", Unit::watt_hour}, {"b", Unit::var_hour}, {"c", Unit::volt_ampere_hour}})
        snapshot.values[name] = value(1000, 0, unit);
    EXPECT_EQ(state_json(snapshot, heard + 24h * 400), R"({"a":1.000,"b":1.000,"c":1.000})");
}

struct KaifaRow {
    const char* name;
    const char* manufacturer;
    std::uint64_t l1, l2, l3;
    bool measured;
};

class VoltageL2 : public testing::TestWithParam<KaifaRow> {};

TEST_P(VoltageL2, IsMeasuredUnlessAKaifaSendsZeroBesideOthers) {
    const auto& row = GetParam();
    Snapshot snapshot{.manufacturer = row.manufacturer};
    snapshot.values = {{"voltage_l1", value(row.l1, -1, Unit::volt)},
                       {"voltage_l2", value(row.l2, -1, Unit::volt)},
                       {"voltage_l3", value(row.l3, -1, Unit::volt)}};
    EXPECT_EQ(hanport::meter::is_measured(snapshot, "voltage_l2"), row.measured);
    EXPECT_TRUE(hanport::meter::is_measured(snapshot, "voltage_l1"));
    EXPECT_TRUE(hanport::meter::is_measured(snapshot, "voltage_l3"));
}

INSTANTIATE_TEST_SUITE_P(All, VoltageL2,
                         testing::Values(KaifaRow{"ThreeWire", "Kaifa", 2319, 0, 2331, false},
                                         KaifaRow{"FourWire", "Kaifa", 2319, 2325, 2331, true},
                                         KaifaRow{"NoVoltageAtAll", "Kaifa", 0, 0, 0, true},
                                         KaifaRow{"L1Lost", "Kaifa", 0, 0, 2331, true},
                                         KaifaRow{"L3Lost", "Kaifa", 2319, 0, 0, true},
                                         KaifaRow{"OtherMaker", "Aidon", 2319, 0, 2331, true}),
                         [](const auto& test) { return test.param.name; });

} // namespace
