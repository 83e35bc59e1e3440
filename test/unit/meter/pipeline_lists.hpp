// Lists of a house that draws 3,600 W from noon on, for tests of the pipeline.
#pragma once

#include "meter/meter_pipeline.hpp"
#include "unit/meter/home_lists.hpp"

namespace support {

inline const hanport::base::WallTime noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) +
                                          std::chrono::hours(12)};
/// The register at noon.
inline constexpr std::int64_t first_wh = 1'000'000;

[[nodiscard]] inline han::list::List of_kind(han::list::ListKind kind, han::list::List list) {
    list.kind = kind;
    return list;
}
[[nodiscard]] inline han::list::List power_list() {
    return of_kind(han::list::ListKind::power, list_with({power(3600)}));
}
[[nodiscard]] inline han::list::List live_list(hanport::base::WallTime time) {
    return of_kind(han::list::ListKind::live, list_with({power(3600)}, normal_time(time)));
}
[[nodiscard]] inline han::list::List hourly_list(hanport::base::WallTime time, std::int64_t wh) {
    return list_with({power(3600), energy(wh)}, normal_time(time));
}
[[nodiscard]] inline han::list::List voltage_list(hanport::base::WallTime time,
                                                  std::int64_t volts) {
    return of_kind(han::list::ListKind::live,
                   list_with({reading(32, 7, volts, han::cosem::Unit::volt)}, normal_time(time)));
}

[[nodiscard]] inline hanport::meter::AnalyticsOptions with_tariff() {
    hanport::meter::AnalyticsOptions options;
    options.tariff.emplace();
    return options;
}

} // namespace support
