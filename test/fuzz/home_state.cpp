// Fuzzes home/*.json: any text is refused, or a state that a meter goes on from.
#include "store/analytics_store.hpp"
#include "support/expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace std::chrono_literals;
    const std::string text(data, data + size);
    const auto loaded = hanport::store::AnalyticsStore::state_of(text);
    if (!loaded) {
        support::expect(!loaded.error().empty(), "a refusal has a reason");
        return 0;
    }
    const hanport::base::Instant now{.steady = {}, .wall = loaded->saved + 1h};
    han::list::List list;
    list.kind = han::list::ListKind::hourly;
    list.readings = {{.obis = {1, 0, 1, 7, 0, 255},
                      .unit = han::cosem::Unit::watt,
                      .value = han::Decimal::of_unsigned(1000)},
                     {.obis = {1, 0, 1, 8, 0, 255},
                      .unit = han::cosem::Unit::watt_hour,
                      .value = han::Decimal::of_unsigned(269'064'350)}};
    for (const bool clean : {false, true}) {
        hanport::meter::MeterAnalytics meter({.tariff = hanport::meter::TariffOptions{}},
                                             loaded->state, clean);
        (void)meter.take(list, now);
        (void)meter.take(list, now.at(now.wall + 10s));
        (void)meter.tariff_now(now.wall + 10s);
        (void)meter.state();
    }
    return 0;
}
