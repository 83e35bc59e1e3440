// Highest hours, steps and the remaining power; see capacity_charge.hpp.
#include "meter/capacity_charge.hpp"

#include <algorithm>
#include <bitset>
#include <functional>
#include <iterator>
#include <numeric>
#include <ranges>

namespace hanport::meter {

using base::WallTime;

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr std::size_t listed_hours = 10;

// More than any house draws in an hour; upper bound of the search for the allowed energy.
constexpr std::int64_t most_in_an_hour = 10'000'000;

// This close to its end an hour counts as over; otherwise the allowed power would be too large.
constexpr auto shortest_rest = 10s;

// Two registers give an hour if they are an hour apart by the steady clock, with this tolerance.
constexpr auto slight = 30s;

// So many hours of the kept months must be known before older ones are dropped: a clock that is
// ahead for some hours must not delete them.
constexpr std::ptrdiff_t enough_hours = 24;

constexpr std::size_t days_that_count_by(TariffMethod method) {
    return method == TariffMethod::three_days ? 3 : 1;
}

// The days of a month that have occurred, by number.
using Days = std::bitset<32>;

// True at the first occurrence of a day.
bool is_new(Days& seen, year_month_day day) {
    const auto number = static_cast<unsigned>(day.day());
    const bool is_new = !seen[number];
    seen.set(number);
    return is_new;
}

} // namespace

year_month_day Tariff::day_of(WallTime time) const noexcept {
    return year_month_day(floor<days>(options_.zone.to_local(floor<seconds>(time))));
}

void Tariff::on_estimate(WallTime hour, std::int64_t wh) {
    const auto known = hours_.find(hour);
    if (known != hours_.end() &&
        (known->second.source == HourSource::registers || known->second.wh >= wh))
        return;
    hours_[hour] = {.wh = std::max<std::int64_t>(wh, 0), .source = HourSource::estimate};
    forget(hour);
}

void Tariff::on_register(base::Instant full_hour, std::int64_t wh) {
    const WallTime hour = full_hour.wall;
    if (last_register_ && hour == last_register_->hour)
        return;
    const bool is_next =
        last_register_ && hour - last_register_->hour == 1h &&
        (!last_register_at_ || abs(full_hour.steady - *last_register_at_ - 1h) <= slight);
    if (is_next && wh >= last_register_->wh) {
        hours_[last_register_->hour] = {.wh = wh - last_register_->wh,
                                        .source = HourSource::registers};
        forget(hour);
    }
    last_register_ = {.hour = hour, .wh = wh};
    last_register_at_ = full_hour.steady;
}

// Hours before the last month are no longer needed.
void Tariff::forget(WallTime now) {
    const auto today = day_of(now);
    const auto oldest = today.year() / today.month() - months(1);
    const auto kept = std::ranges::find_if(hours_, [&](const auto& hour) {
        const auto day = day_of(hour.first);
        return day.year() / day.month() >= oldest;
    });
    if (std::distance(kept, hours_.end()) >= enough_hours)
        hours_.erase(hours_.begin(), kept);
}

bool Tariff::is_higher(const Counted& a, const Counted& b) noexcept {
    return a.value.wh != b.value.wh ? a.value.wh > b.value.wh : a.hour < b.hour;
}

// Runs with every list, so it reads no other month's hours and copies only the hours that it
// returns.
Tariff::Ranking Tariff::rank(year_month month, WallTime now) const {
    Ranking ranking;
    const auto add = [&](WallTime hour, const TariffHour& value) {
        if (const auto day = day_of(hour); hour <= now && day.year() / day.month() == month)
            ranking.push_back({.hour = hour, .value = value, .day = day});
    };
    // Months are in local time, at most a day away from UTC.
    const auto begin = hours_.lower_bound(sys_days(month / 1) - days(1));
    const auto end = hours_.lower_bound(sys_days((month + months(1)) / 1) + days(1));
    ranking.reserve(static_cast<std::size_t>(std::distance(begin, end)) + corrections_.size());
    for (auto hour = begin; hour != end; ++hour)
        if (!corrections_.contains(hour->first))
            add(hour->first, hour->second);
    for (const auto& [hour, wh] : corrections_)
        if (wh)
            add(hour, {.wh = *wh, .source = HourSource::corrected});
    std::ranges::sort(ranking, is_higher);
    return ranking;
}

TariffMonth Tariff::result(year_month month, const Ranking& ranking) const {
    TariffMonth result{.month = month};
    const std::size_t most = days_that_count_by(options_.method);
    Days seen;
    for (const Counted& counted : ranking) {
        if (seen.count() == most)
            break;
        if (!is_new(seen, counted.day))
            continue;
        result.sum_wh += counted.value.wh;
        ++result.count;
        result.estimate = result.estimate || counted.value.source == HourSource::estimate;
    }
    result.step = step_of(result.sum_wh, result.count);
    for (const Counted& counted : ranking | std::views::take(listed_hours))
        result.highest.emplace_back(counted.hour, counted.value);
    return result;
}

TariffMonth Tariff::month_of(WallTime time, WallTime now) const {
    const auto day = day_of(time);
    const auto month = day.year() / day.month();
    return result(month, rank(month, now));
}

TariffMonth Tariff::month_before(WallTime now) const {
    const auto today = day_of(now);
    const auto month = today.year() / today.month() - months(1);
    return result(month, rank(month, now));
}

// The mean is not computed: the sum is compared with the limit times the number of hours, which is
// exact.
std::size_t Tariff::step_of(std::int64_t sum_wh, std::int64_t count) const noexcept {
    const auto within = [&](std::int64_t limit) {
        const std::int64_t most = limit * std::max<std::int64_t>(count, 1);
        return options_.inclusive ? sum_wh <= most : sum_wh < most;
    };
    return static_cast<std::size_t>(std::ranges::find_if(options_.limits, within) -
                                    options_.limits.begin());
}

std::int64_t Tariff::lower_limit(std::size_t step) const noexcept {
    return step == 0 ? 0 : options_.limits[std::min(step, options_.limits.size()) - 1];
}

std::optional<std::int64_t> Tariff::upper_limit(std::size_t step) const noexcept {
    if (step >= options_.limits.size())
        return std::nullopt;
    return options_.limits[step];
}

// The hours that count beside an hour of that day: first the highest of the day itself, 0 if there
// is none, then those of other days, as many as can count.
std::vector<std::int64_t> Tariff::peaks_beside(year_month_day day, const Ranking& others) const {
    const std::size_t most = days_that_count_by(options_.method);
    std::vector<std::int64_t> peaks{0};
    Days seen;
    for (const Counted& other : others) {
        if (!is_new(seen, other.day))
            continue;
        if (other.day == day)
            peaks[0] = other.value.wh;
        else if (peaks.size() <= most)
            peaks.push_back(other.value.wh);
    }
    return peaks;
}

std::size_t Tariff::step_with(std::vector<std::int64_t> peaks, std::int64_t wh) const {
    peaks[0] = std::max(peaks[0], wh);
    std::ranges::sort(peaks, std::greater{});
    peaks.resize(std::min(peaks.size(), days_that_count_by(options_.method)));
    return step_of(std::accumulate(peaks.begin(), peaks.end(), std::int64_t{0}),
                   static_cast<std::int64_t>(peaks.size()));
}

TariffNow Tariff::view(WallTime now, std::int64_t consumed_wh, std::int64_t watts) const {
    const WallTime hour = hour_of(now);
    const auto rest = ceil<seconds>(hour + 1h - now); // rounded down, too much would be allowed
    const auto today = day_of(hour);
    const auto month = today.year() / today.month();
    Ranking ranking = rank(month, now);
    TariffNow view{.hour = hour,
                   .consumed_wh = consumed_wh,
                   .projected_wh = consumed_wh + std::max<std::int64_t>(watts, 0) * rest.count() /
                                                     seconds(1h).count(),
                   .month = result(month, ranking),
                   .last_month = month_before(now)};
    std::erase_if(ranking, [&](const Counted& counted) { return counted.hour == hour; });
    const std::vector<std::int64_t> peaks = peaks_beside(today, ranking);
    // Consumption cannot be undone: the current hour counts as soon as it raises the mean.
    const Counted running{
        .hour = hour, .value = {.wh = consumed_wh, .source = HourSource::estimate}, .day = today};
    ranking.insert(std::ranges::upper_bound(ranking, running, is_higher), running);
    if (const TariffMonth raised = result(month, ranking);
        raised.sum_wh * std::max<std::int64_t>(view.month.count, 1) >
            view.month.sum_wh * raised.count ||
        view.month.count == 0)
        view.month = raised;
    if (!upper_limit(view.month.step))
        return view;
    // The most Wh that the hour may have; the step never falls with more energy.
    std::int64_t most = consumed_wh;
    for (std::int64_t beyond = most_in_an_hour; beyond - most > 1;) {
        const std::int64_t middle = most + (beyond - most) / 2;
        (step_with(peaks, middle) <= view.month.step ? most : beyond) = middle;
    }
    view.allowed_power =
        (most - consumed_wh) * seconds(1h).count() / std::max<seconds>(rest, shortest_rest).count();
    return view;
}

} // namespace hanport::meter
