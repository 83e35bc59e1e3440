// Discovery's components, field by field against the table of sensors_table.hpp, and which of them a
// meter has.
#include "homeassistant/discovery.hpp"
#include "meter/problem.hpp"
#include "unit/homeassistant/discovery_configs.hpp"
#include "unit/homeassistant/sensors_table.hpp"
#include "unit/meter/snapshots.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <set>

namespace {

using namespace discovery_configs;
using hanport::homeassistant::components;
using hanport::homeassistant::Json;
using hanport::meter::Snapshot;
using hanport::publish::Topics;

class DiscoverySensor : public testing::TestWithParam<expected::Sensor> {};

TEST_P(DiscoverySensor, HasTheFieldsOfTheTable) {
    const expected::Sensor& row = GetParam();
    // The meter's resolution decides on the decimals where the table leaves a choice.
    const int kilo = row.expires ? 0 : 3;
    for (const int decimals : {row.least_decimals, row.most_decimals}) {
        Snapshot snapshot{.meter_id = "5706567000000456"};
        snapshot.values[row.quantity] =
            snapshots::value(1, static_cast<std::int16_t>(kilo - decimals), row.unit);
        Json json = config_of(snapshot, row.quantity);
        std::string object_id = row.name;
        for (char& c : object_id)
            c = c == ' ' ? '_' : static_cast<char>(std::tolower(c));
        Json wanted{
            {"platform", "sensor"},
            {"unique_id", std::string("hanport_5706567000000456_") + row.quantity},
            {"default_entity_id", "sensor.hanport_000456_" + object_id},
            {"name", row.name},
            {"state_class", row.state_class},
            {"suggested_display_precision", decimals},
            {"value_template", std::string("{{ value_json.") + row.quantity + " }}"},
        };
        if (row.device_class != nullptr)
            wanted["device_class"] = row.device_class;
        if (row.unit_of_measurement != nullptr)
            wanted["unit_of_measurement"] = row.unit_of_measurement;
        if (row.expires)
            wanted["expire_after"] = 60;
        // In whatever order, and not one field more.
        EXPECT_EQ(nlohmann::json(json), nlohmann::json(wanted));
    }
}

INSTANTIATE_TEST_SUITE_P(All, DiscoverySensor, testing::ValuesIn(expected::sensors),
                         [](const auto& test) { return test.param.quantity; });

struct DiagnosticRow {
    const char* key;
    const char* name;
    const char* value;
    const char* topic;
    const char* device_class;
    const char* state_class;
    const char* unit;
    bool enabled;
};

class DiscoveryDiagnostic : public testing::TestWithParam<DiagnosticRow> {};

TEST_P(DiscoveryDiagnostic, HasTheFieldsOfTheTable) {
    const DiagnosticRow& row = GetParam();
    const Json json = config_of(snapshots::kamstrup(), row.key);
    Json wanted{
        {"platform", "sensor"},
        {"unique_id", std::string("hanport_5706567000000456_") + row.key},
        {"name", row.name},
        {"entity_category", "diagnostic"},
        {"state_topic", row.topic},
        {"value_template", std::string("{{ value_json.") + row.value + " }}"},
        {"default_entity_id", json.value("default_entity_id", "")},
        // It is about the reader: a silent meter does not make it unavailable.
        {"availability", Json::array({{{"topic", "hanport/reader/hanport-pi/status"}}})},
    };
    if (row.device_class != nullptr)
        wanted["device_class"] = row.device_class;
    if (row.state_class != nullptr)
        wanted["state_class"] = row.state_class;
    if (row.unit != nullptr)
        wanted["unit_of_measurement"] = row.unit;
    if (!row.enabled)
        wanted["enabled_by_default"] = false;
    EXPECT_EQ(nlohmann::json(json), nlohmann::json(wanted));
    EXPECT_TRUE(json.value("default_entity_id", "").starts_with("sensor.hanport_000456_"));
}

constexpr const char* stats = "hanport/reader/hanport-pi/stats";
constexpr const char* live = "hanport/5706567000000456/list/live";
constexpr const char* none = nullptr;

INSTANTIATE_TEST_SUITE_P(
    All, DiscoveryDiagnostic,
    testing::Values(
        DiagnosticRow{"last_list", "Last list", "received", live, "timestamp", none, none, true},
        DiagnosticRow{"list_id", "List version", "list_id", live, none, none, none, true},
        DiagnosticRow{"port_state", "Port state", "port_state", stats, none, none, none, true},
        DiagnosticRow{"parity", "Parity", "parity", stats, none, none, none, true},
        DiagnosticRow{"outbox_depth", "Waiting messages", "outbox_depth", stats, none,
                      "measurement", none, true},
        DiagnosticRow{"frames_ok", "Frames received", "frames_ok", stats, none, "total_increasing",
                      none, false},
        DiagnosticRow{"frames_refused", "Frames refused", "frames_refused", stats, none,
                      "total_increasing", none, false},
        DiagnosticRow{"values_dropped", "Values dropped", "values_dropped", stats, none,
                      "total_increasing", none, false},
        DiagnosticRow{"bytes", "Bytes received", "bytes", stats, none, "total_increasing", "B",
                      false},
        DiagnosticRow{"reconnects", "Port reconnects", "reconnects", stats, none,
                      "total_increasing", none, false}),
    [](const auto& test) { return test.param.key; });

TEST(Discovery, ReactiveEnergyWithoutItsClassKeepsTheRest) {
    const Json json = config_of(snapshots::kamstrup(), "reactive_energy_import",
                                {.version = "0.1.0", .reactive_energy_class = false});
    EXPECT_FALSE(json.contains("device_class"));
    EXPECT_EQ(json["unit_of_measurement"], "kvarh");
    EXPECT_EQ(json["state_class"], "total");
    EXPECT_EQ(config_of(snapshots::kamstrup(), "active_energy_import",
                        {.version = "0.1.0", .reactive_energy_class = false})["device_class"],
              "energy");
}

TEST(Discovery, OffersWhatTheMeterSendsAndTheDiagnostics) {
    std::set<std::string> wanted{"last_list",    "list_id",   "port_state",     "parity",
                                 "outbox_depth", "frames_ok", "frames_refused", "bytes",
                                 "reconnects",   "problem",   "cause",          "values_dropped"};
    for (const auto& [name, value] : snapshots::kamstrup().values)
        wanted.insert(name);
    EXPECT_EQ(keys_of(snapshots::kamstrup()), wanted);
}

// Documentation of MQTT discovery: classes of binary sensors, options of enums, attributes.
TEST(Discovery, TellsOfProblems) {
    const Json problem = config_of(snapshots::kamstrup(), "problem");
    EXPECT_EQ(problem["platform"], "binary_sensor");
    EXPECT_EQ(problem["device_class"], "problem");
    EXPECT_EQ(problem["entity_category"], "diagnostic");
    EXPECT_EQ(problem["default_entity_id"], "binary_sensor.hanport_000456_problem");
    EXPECT_EQ(problem["state_topic"], "hanport/5706567000000456/problem");
    EXPECT_EQ(problem["value_template"], "{{ 'ON' if value_json.problem else 'OFF' }}");
    const Json reader = Json::array({{{"topic", "hanport/reader/hanport-pi/status"}}});
    EXPECT_EQ(problem["availability"], reader) << "a silent meter does not take it away";
    const Json cause = config_of(snapshots::kamstrup(), "cause");
    EXPECT_EQ(cause["device_class"], "enum");
    EXPECT_EQ(cause["options"].size(), hanport::meter::problems().size());
    EXPECT_FALSE(cause.contains("state_class"));
}

TEST(Discovery, OffersTheCapacityChargeWhereThereIsOne) {
    Snapshot snapshot = snapshots::kamstrup();
    const auto without = keys_of(snapshot);
    snapshot.has_tariff = true;
    auto keys = keys_of(snapshot);
    for (const std::string& key : without)
        keys.erase(key);
    EXPECT_EQ(keys, (std::set<std::string>{"tariff_hour_consumption", "tariff_hour_projection",
                                           "tariff_allowed_power", "tariff_month_mean",
                                           "tariff_step", "tariff_step_limit", "tariff_top_hours",
                                           "tariff_last_month"}));
    const Json allowed = config_of(snapshot, "tariff_allowed_power");
    EXPECT_EQ(allowed["device_class"], "power");
    EXPECT_EQ(allowed["unit_of_measurement"], "W");
    EXPECT_EQ(allowed["state_topic"], "hanport/5706567000000456/tariff");
    EXPECT_FALSE(config_of(snapshot, "tariff_hour_consumption").contains("state_class"))
        << "energy has none that fits what begins anew every hour";
    EXPECT_TRUE(config_of(snapshot, "tariff_top_hours").contains("json_attributes_template"));
}

TEST(Discovery, OffersNoVoltageL2OfAThreeWireKaifa) {
    EXPECT_FALSE(keys_of(snapshots::kaifa()).contains("voltage_l2"));
    EXPECT_TRUE(keys_of(snapshots::kaifa()).contains("voltage_l3"));
}

TEST(Discovery, OffersNothingThatIsNamedByItsObisCode) {
    Snapshot snapshot = snapshots::kaifa();
    snapshot.values["1-0:99.7.0"] = snapshots::value(1, 0, han::cosem::Unit::watt);
    EXPECT_FALSE(keys_of(snapshot).contains("1-0:99.7.0"));
}

TEST(Discovery, OffersNoListVersionWhereTheMeterSendsNone) {
    Snapshot snapshot = snapshots::kaifa();
    snapshot.list_id.clear();
    EXPECT_FALSE(keys_of(snapshot).contains("list_id"));
}

TEST(Discovery, VoltageAndEnergyHaveTheMetersDecimals) {
    const char* const precision = "suggested_display_precision";
    EXPECT_EQ(config_of(snapshots::kamstrup(), "voltage_l1")[precision], 0);
    EXPECT_EQ(config_of(snapshots::kaifa(), "voltage_l1")[precision], 1);
    EXPECT_EQ(config_of(snapshots::kamstrup(), "active_energy_import")[precision], 2);
    EXPECT_EQ(config_of(snapshots::kaifa(), "active_energy_import")[precision], 3);
}

TEST(Discovery, UniqueIdsComeFromTheMeterIdOnly) {
    const Topics elsewhere{.prefix = "p", .client_id = "other", .discovery_prefix = "d"};
    const auto here = components(topics, snapshots::kaifa(), options);
    const auto there = components(elsewhere, snapshots::kaifa(), {});
    ASSERT_EQ(here.size(), there.size());
    for (std::size_t i = 0; i < here.size(); ++i)
        EXPECT_EQ(here[i].config["unique_id"], there[i].config["unique_id"]);
}

TEST(Discovery, ShortOrOddMeterIdsGiveUsableEntityIds) {
    Snapshot snapshot = snapshots::kaifa();
    snapshot.meter_id = "A-7";
    EXPECT_EQ(config_of(snapshot, "current_l1")["default_entity_id"],
              "sensor.hanport_a_7_current_l1");
    EXPECT_EQ(config_of(snapshot, "current_l1")["unique_id"], "hanport_A-7_current_l1");
}

} // namespace
