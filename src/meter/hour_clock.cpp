// Hours of registers; see hour_clock.hpp.
#include "meter/hour_clock.hpp"

#include <algorithm>
#include <utility>

namespace hanport::meter {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

// An hourly list arrives between 5 s and a minute after the meter's full hour.
constexpr auto latest_hourly = 2min;

// A clock with a smaller error counts as correct: the register is of the computer's full hour.
constexpr auto tolerance = 2min;

// Registers that arrive more often than this are in every list, and are current values.
constexpr auto rare = 30min;

// The first of these is the register of the hour if it arrives this soon after the hour.
constexpr auto soon = 30s;

base::WallTime nearest_hour(base::WallTime time) {
    return floor<hours>(time + 30min);
}

// UTC, Norwegian normal time and summer time are all accepted.
bool is_off(base::WallTime now, local_seconds clock) {
    const auto ahead = clock.time_since_epoch() - floor<seconds>(now).time_since_epoch();
    for (const auto zone : {0h, 1h, 2h})
        if (abs(ahead - zone) <= tolerance)
            return false;
    return true;
}

} // namespace

std::optional<local_seconds>
meter_seconds(const std::optional<han::dlms::DateTime>& clock) noexcept {
    if (!clock || !clock->has_date() || !clock->has_time())
        return std::nullopt;
    const year_month_day date(year(clock->year()), month(clock->month()), day(clock->day()));
    if (!date.ok())
        return std::nullopt;
    const int second = clock->second() < 60 ? clock->second() : 0;
    return local_days(date) + hours(clock->hour()) + minutes(clock->minute()) + seconds(second);
}

void HourClock::on_list(base::WallTime now, const std::optional<han::dlms::DateTime>& clock) {
    if (const auto time = meter_seconds(clock))
        clock_is_off_ = is_off(now, *time);
}

RegisterMoment HourClock::on_registers(base::Instant now,
                                       const std::optional<han::dlms::DateTime>& clock) {
    const auto time = meter_seconds(clock);
    const auto before =
        std::exchange(last_, Registers{.received = now.wall, .heard = now.steady, .clock = time});
    const base::WallTime hour = hour_of(now.wall);
    RegisterMoment moment{.time = now.wall, .hour = {}, .first = hour != hour_};
    auto since_hour = now.wall - hour;
    if (before) {
        auto since_last = base::age(before->received, before->heard, now);
        // This computer's clock stands still while a recording is played fast.
        if (time && before->clock)
            since_last = std::max<nanoseconds>(since_last, *time - *before->clock);
        if (since_last < rare) {
            // They are of the hour if they are its first and there is no gap before them.
            if (since_hour <= soon && since_last >= since_hour && since_last - since_hour <= soon)
                moment.hour = hour;
            if (moment.first)
                hour_ = hour;
            return moment;
        }
    }
    moment.first = true;
    hour_ = hour;
    if (time)
        since_hour = *time - floor<hours>(*time);
    if (since_hour > latest_hourly)
        return moment;
    moment.time = now.wall - floor<seconds>(since_hour);
    const base::WallTime nearest = nearest_hour(moment.time);
    if (abs(moment.time - nearest) <= tolerance) {
        moment.time = nearest;
        moment.hour = nearest;
    }
    return moment;
}

} // namespace hanport::meter
