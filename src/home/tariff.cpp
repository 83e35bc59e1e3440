// Highest hours, steps and the power that is left; see tariff.hpp.
#include "home/tariff.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

namespace hanport {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr std::size_t listed_hours = 10;

// More than any house draws in an hour; where the search for what is allowed begins.
constexpr std::int64_t most_in_an_hour = 10'000'000;

// So near to its end an hour is as good as over, and what is left of it would be too large a power.
constexpr auto shortest_rest = 10s;

constexpr std::size_t days_that_count_by(TariffMethod method) {
    return method == TariffMethod::three_days ? 3 : 1;
}

bool is_higher(const std::pair<WallTime, TariffHour>& a, const std::pair<WallTime, TariffHour>& b) {
    return a.second.wh != b.second.wh ? a.second.wh > b.second.wh : a.first < b.first;
}

} // namespace

year_month_day Tariff::day_of(WallTime time) const noexcept {
    return year_month_day(floor<days>(options_.zone.to_local(floor<seconds>(time))));
}

void Tariff::on_estimate(WallTime hour, std::int64_t wh) {
    const auto known = hours_.find(hour);
    if (known != hours_.end() && known->second.source == HourSource::registers)
        return;
    hours_[hour] = {.wh = std::max<std::int64_t>(wh, 0), .source = HourSource::estimate};
    forget(hour);
}

void Tariff::on_register(WallTime full_hour, std::int64_t wh) {
    if (last_register_ && full_hour <= last_register_->hour)
        return;
    if (last_register_ && full_hour - last_register_->hour == 1h && wh >= last_register_->wh) {
        hours_[last_register_->hour] = {.wh = wh - last_register_->wh,
                                        .source = HourSource::registers};
        forget(full_hour);
    }
    last_register_ = {.hour = full_hour, .wh = wh};
}

// Before the last month nothing is needed any more.
void Tariff::forget(WallTime now) {
    const auto today = day_of(now);
    const auto oldest = today.year() / today.month() - months(1);
    while (!hours_.empty()) {
        const auto day = day_of(hours_.begin()->first);
        if (day.year() / day.month() >= oldest)
            return;
        hours_.erase(hours_.begin());
    }
}

// With what the owner said of them; highest first.
std::vector<std::pair<WallTime, TariffHour>> Tariff::hours_of(year_month month,
                                                              const TariffHours& more) const {
    TariffHours all = hours_;
    for (const auto& [hour, value] : more)
        all[hour] = value;
    for (const auto& [hour, wh] : corrections_) {
        if (wh)
            all[hour] = {.wh = *wh, .source = HourSource::corrected};
        else
            all.erase(hour);
    }
    std::vector<std::pair<WallTime, TariffHour>> found;
    for (const auto& [hour, value] : all)
        if (const auto day = day_of(hour); day.year() / day.month() == month)
            found.emplace_back(hour, value);
    std::ranges::sort(found, is_higher);
    return found;
}

TariffMonth Tariff::result(year_month month, const TariffHours& more) const {
    TariffMonth result{.month = month};
    const auto hours = hours_of(month, more);
    const std::size_t most = days_that_count_by(options_.method);
    std::set<year_month_day> seen;
    for (const auto& [hour, value] : hours) {
        if (seen.size() == most)
            break;
        if (!seen.insert(day_of(hour)).second)
            continue;
        result.sum_wh += value.wh;
        ++result.count;
        result.estimate = result.estimate || value.source == HourSource::estimate;
    }
    result.step = step_of(result.sum_wh, result.count);
    const auto listed = static_cast<std::ptrdiff_t>(std::min(hours.size(), listed_hours));
    result.highest.assign(hours.begin(), hours.begin() + listed);
    return result;
}

TariffMonth Tariff::month_of(WallTime time) const {
    const auto today = day_of(time);
    return result(today.year() / today.month());
}

TariffMonth Tariff::month_before(WallTime time) const {
    const auto today = day_of(time);
    return result(today.year() / today.month() - months(1));
}

// The mean is not computed: a sum is compared with the limit as often, which is exact.
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

// What counts beside the hour: the highest of its own day first, 0 if there is none, then those of
// other days, highest first.
std::vector<std::int64_t> Tariff::peaks_without(WallTime hour) const {
    const auto today = day_of(hour);
    std::vector<std::int64_t> peaks{0};
    std::set<year_month_day> seen;
    for (const auto& [other, value] : hours_of(today.year() / today.month(), {})) {
        if (other == hour || !seen.insert(day_of(other)).second)
            continue;
        if (day_of(other) == today)
            peaks[0] = value.wh;
        else
            peaks.push_back(value.wh);
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
    const auto rest = duration_cast<seconds>(hour + 1h - now);
    const auto today = day_of(hour);
    const auto month = today.year() / today.month();
    const auto with = [&](std::int64_t wh) {
        return result(month, {{hour, {.wh = wh, .source = HourSource::estimate}}});
    };
    TariffNow view{.hour = hour,
                   .consumed_wh = consumed_wh,
                   .projected_wh = consumed_wh + std::max<std::int64_t>(watts, 0) * rest.count() /
                                                     seconds(1h).count(),
                   .month = result(month),
                   .last_month = result(month - months(1))};
    // What was drawn is drawn: the running hour counts from when it raises the mean.
    if (const TariffMonth raised = with(consumed_wh);
        raised.sum_wh * std::max<std::int64_t>(view.month.count, 1) >
            view.month.sum_wh * raised.count ||
        view.month.count == 0)
        view.month = raised;
    if (!upper_limit(view.month.step))
        return view;
    // The most Wh that the hour may have; the step never falls with more.
    const std::vector<std::int64_t> peaks = peaks_without(hour);
    std::int64_t most = consumed_wh;
    for (std::int64_t beyond = most_in_an_hour; beyond - most > 1;) {
        const std::int64_t middle = most + (beyond - most) / 2;
        (step_with(peaks, middle) <= view.month.step ? most : beyond) = middle;
    }
    view.allowed_power =
        (most - consumed_wh) * seconds(1h).count() / std::max<seconds>(rest, shortest_rest).count();
    return view;
}

} // namespace hanport
