#include "unit/store/state_files.hpp"

#include "meter/analytics.hpp"
#include "store/analytics_store.hpp"
#include "store/hourly_store.hpp"
#include "store/port_state_file.hpp"
#include "support/process.hpp"
#include "support/program.hpp"
#include "unit/meter/snapshots.hpp"

namespace support {
namespace {

using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::AnalyticsOptions;
using hanport::meter::AnalyticsState;
using hanport::meter::MeterAnalytics;
using hanport::store::AnalyticsStore;
using hanport::store::HourlyRecord;
using hanport::store::HourlyStore;
using hanport::store::PortStateFile;

// Longer than what std::string holds without the heap, so that a value destroyed twice is noticed.
const std::string meter_id = "5706567000000001";
const WallTime now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 12h};

HourlyRecord some_record() {
    HourlyRecord record{.topic = "hanport/" + meter_id + "/list/hourly",
                        .payload = R"({"meter":"5706567000000001"})",
                        .meter = {.meter_id = meter_id,
                                  .manufacturer = "Kamstrup",
                                  .meter_type = "6841121BN000000000",
                                  .list_id = "Kamstrup_V0001"},
                        .received = now};
    record.meter.values["active_energy_import"] =
        snapshots::value(26895120, 1, han::cosem::Unit::watt_hour);
    return record;
}

AnalyticsState some_state() {
    AnalyticsState state;
    state.import = {.known = true,
                    .value = 968'631'595'478'113,
                    .published = 968'631'652'568'701,
                    .offset = -7,
                    .last = now,
                    .watts = 2548,
                    .hour = now,
                    .at_hour = 968'631'595'478'000,
                    .hour_known = true,
                    .hour_complete = true};
    state.plausibility.registers["active_energy_import"] = {
        .wh = 269'064'340, .received = now, .clock = std::chrono::local_seconds(1795233605s)};
    state.plausibility.learned_power = 12'345;
    state.hours[now - 1h] = {.wh = 1999, .source = hanport::meter::HourSource::estimate};
    state.last_register = {.hour = now, .wh = 269'064'340};
    return state;
}

// The daemon's use of the loaded state: the sanitizers detect undefined behaviour.
void use(const AnalyticsState& state) {
    for (const bool clean : {false, true}) {
        MeterAnalytics meter(AnalyticsOptions{.tariff = hanport::meter::TariffOptions{}}, state,
                             clean);
        han::list::List list;
        list.kind = han::list::ListKind::hourly;
        list.readings = {{.obis = {1, 0, 1, 7, 0, 255},
                          .unit = han::cosem::Unit::watt,
                          .value = han::Decimal::of_unsigned(1000)},
                         {.obis = {1, 0, 1, 8, 0, 255},
                          .unit = han::cosem::Unit::watt_hour,
                          .value = han::Decimal::of_unsigned(269'064'350)}};
        const hanport::base::Instant then{.steady = {}, .wall = now};
        (void)meter.take(list, then.at(now + 10s));
        (void)meter.take(list, then.at(now + 1h));
        (void)meter.tariff_now(now + 1h);
    }
}

// The parsed contents of a text, written again; empty if the text is refused.
std::string home_again(const std::string& text) {
    const auto loaded = AnalyticsStore::state_of(text);
    if (!loaded)
        return {};
    const Folder folder;
    AnalyticsStore(folder.path(), meter_id).save(loaded->state, loaded->saved);
    return support::contents_of(folder.path("home/" + meter_id + ".json"));
}
std::string record_again(const std::string& text) {
    const auto record = hanport::store::hourly_record_of(text);
    return record ? hanport::store::to_text(*record) : std::string();
}
std::string corrections_again(const std::string& text) {
    const auto corrections = AnalyticsStore::corrections_of(text);
    if (!corrections)
        return {};
    const Folder folder;
    AnalyticsStore(folder.path(), meter_id).write_corrections(*corrections);
    return support::contents_of(folder.path("home/" + meter_id + ".corrections.json"));
}
std::string ports_again(const std::string& text) {
    const auto ports = hanport::store::stored_ports_of(text);
    if (!ports)
        return {};
    const Folder folder;
    PortStateFile file(folder.path());
    for (const auto& [device, port] : *ports)
        file.set(device, port.memory);
    return support::contents_of(folder.path("ports.json"));
}

const StateFile files[] = {
    {"Outbox", "outbox/0000000000000001.json",
     [](const std::string& state) { HourlyStore(state, 9).put(some_record()); },
     [](const std::string& state) {
         HourlyStore store(state, 9);
         (void)store.newest();
         if (const auto waiting = store.front())
             store.delivered(waiting->number);
     },
     record_again},
    {"Meters", "meters/5706567000000001.json",
     [](const std::string& state) {
         HourlyStore store(state, 9);
         store.put(some_record());
         store.delivered(store.front()->number);
     },
     [](const std::string& state) { (void)HourlyStore(state, 9).newest(); }, record_again},
    {"Home", "home/5706567000000001.json",
     [](const std::string& state) { AnalyticsStore(state, meter_id).save(some_state(), now); },
     [](const std::string& state) {
         if (const auto loaded = AnalyticsStore(state, meter_id).take())
             use(loaded->state);
     },
     home_again},
    {"Stopped", "home/5706567000000001.stopped.json",
     [](const std::string& state) {
         (void)AnalyticsStore(state, meter_id).save_at_end(some_state(), now);
     },
     [](const std::string& state) {
         if (const auto loaded = AnalyticsStore(state, meter_id).take())
             use(loaded->state);
     },
     home_again},
    {"Corrections", "home/5706567000000001.corrections.json",
     [](const std::string& state) {
         AnalyticsStore(state, meter_id)
             .write_corrections({{now - 1h, 4321}, {now - 5h, std::nullopt}});
     },
     [](const std::string& state) {
         hanport::meter::Tariff tariff(hanport::meter::TariffOptions{});
         tariff.correct(AnalyticsStore(state, meter_id).corrections());
         (void)tariff.view(now, 0, 0);
     },
     corrections_again},
    {"Ports", "ports.json",
     [](const std::string& state) {
         PortStateFile(state).set("/dev/serial/by-id/usb-M-Bus_0",
                                  {.parity = hanport::config::Parity::even,
                                   .meter_id = meter_id,
                                   .meter_type = "6841121BN000000000",
                                   .manufacturer = "Kamstrup_and_a_long_name"});
     },
     [](const std::string& state) { (void)PortStateFile(state).get("/dev/ttyUSB0"); }, ports_again},
};

} // namespace

std::span<const StateFile> state_files() {
    return files;
}

} // namespace support
