// The rule of summer time; see time_zone.hpp.
#include "meter/time_zone.hpp"

#include <algorithm>
#include <array>

namespace hanport::meter {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr auto zone_names =
    std::to_array<std::string_view>({"Europe/Oslo", "Europe/Stockholm", "Europe/Copenhagen",
                                     "Europe/Berlin", "Europe/Zurich", "Europe/Helsinki", "UTC"});

sys_seconds change(year in, month of) {
    return sys_days(in / of / Sunday[last]) + 1h;
}

} // namespace

std::optional<TimeZone> TimeZone::named(std::string_view name) noexcept {
    if (std::ranges::find(zone_names, name) == zone_names.end())
        return std::nullopt;
    if (name == "UTC")
        return TimeZone(0h, false);
    return TimeZone(name == "Europe/Helsinki" ? 2h : 1h, true);
}

std::span<const std::string_view> TimeZone::names() noexcept {
    return zone_names;
}

minutes TimeZone::offset(sys_seconds time) const noexcept {
    if (!summer_time_)
        return standard_;
    const year in = year_month_day(floor<days>(time)).year();
    const bool summer = time >= change(in, March) && time < change(in, October);
    return summer ? standard_ + 1h : standard_;
}

} // namespace hanport::meter
