// Months of three makers' meters with lost lists, restarts and days of 23 and 25 hours: what the
// live counter and the capacity charge make of them, against the truth. The truth is the simulated
// power, integrated here, and the registers that the meter shows.
#include "han/decoder.hpp"
#include "meter/analytics.hpp"
#include "simulator/simulator.hpp"
#include "unit/meter/home_lists.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::MeterAnalytics;

struct Month {
    const char* name;
    const char* model;
    std::uint64_t seed;
    local_days start; // by the meter's clock, which is on normal time
    int days;
    bool summer_clock = false; // the meter's clock is an hour ahead of that
    double lost = 0.02;        // share of lists
    int restarts_a_day = 2;
    bool crashes = false; // every second restart
    minutes ahead{0};     // the meter's clock, by so much
};

// What happened in truth, and what hanport made of it, hour by hour.
class Replay : public han::Listener {
  public:
    explicit Replay(const Month& month)
        : month_(month), random_(month.seed),
          simulator_(
              {.model = month.model, .seed = month.seed, .start = local_seconds(month.start)}) {
        options_.tariff.emplace();
        meter_.emplace(options_);
    }

    void run() {
        han::Decoder decoder(*this);
        const WallTime end = wall(local_seconds(month_.start) + days(month_.days)) + 30s;
        for (;;) {
            const auto frame = simulator_.next();
            now_ = wall(frame.at) + frame.fraction;
            if (now_ > end)
                return;
            decoder.feed(frame.octets);
        }
    }

    std::map<WallTime, std::int64_t> true_hours; // Wh from that hour on
    // Wh with the first list that arrived in that hour: as published, and in truth.
    std::map<WallTime, std::pair<std::int64_t, std::int64_t>> at_first;
    std::map<WallTime, std::int64_t> register_at; // Wh, the first that arrived in an hour
    std::map<WallTime, std::int64_t> live_after;  // Wh, with the register of that hour
    int falls = 0;
    int restarts = 0;
    int register_lists_lost = 0;

    [[nodiscard]] const MeterAnalytics& meter() const { return *meter_; }

  private:
    [[nodiscard]] WallTime wall(local_seconds meter_time) const {
        return WallTime(sys_seconds(meter_time.time_since_epoch()) - 1h - month_.ahead);
    }

    void on_refusal(const han::Refusal& refusal) override {
        ADD_FAILURE() << han::reason(refusal.error).text;
    }

    void on_list(const han::list::List& sent) override {
        add_truth(sent);
        const WallTime hour = hanport::meter::hour_of(now_);
        const bool has_registers = sent.kind == han::list::ListKind::hourly;
        if (std::bernoulli_distribution(month_.lost)(random_)) {
            register_lists_lost += has_registers ? 1 : 0;
            return;
        }
        if (now_ < down_until_)
            return;
        if (std::uniform_int_distribution<int>(0, 8640)(random_) < month_.restarts_a_day)
            restart();
        han::list::List list = sent;
        if (month_.summer_clock && list.meter_time)
            list.meter_time = support::clock_showing(support::normal_time(now_) + 1h);
        const auto outcome = meter_->take(list, support::at(now_));
        EXPECT_TRUE(outcome.result.dropped.empty()) << outcome.result.dropped[0].numbers;
        EXPECT_TRUE(outcome.warnings.empty()) << outcome.warnings[0].numbers;
        if (const auto wh = meter_->imported().wh()) {
            falls += published_ && *wh < *published_ ? 1 : 0;
            published_ = wh;
            at_first.try_emplace(hour, *wh, hanport::meter::to_wh(true_sum_));
        }
        if (has_registers)
            note_register(sent);
        if (has_registers && meter_->imported().wh())
            live_after[hour] = *meter_->imported().wh();
        if (has_registers)
            saved_ = meter_->state();
    }

    void note_register(const han::list::List& list) {
        for (const auto& reading : list.readings)
            if (han::cosem::name(reading.obis) == "active_energy_import" &&
                (month_.ahead != 0min || now_ - hanport::meter::hour_of(now_) < 2min))
                register_at.try_emplace(
                    hanport::meter::hour_of(now_),
                    *hanport::meter::to_integer(std::get<han::Decimal>(reading.value)));
    }

    // What a list shows flows until the next one: also between those that are lost.
    void add_truth(const han::list::List& list) {
        if (last_) {
            for (WallTime from = *last_; from < now_;) {
                const WallTime to = std::min(now_, hanport::meter::hour_of(from) + 1h);
                const hanport::meter::WattMillis flowed =
                    watts_ * hanport::meter::millis(to - from);
                sums_[hanport::meter::hour_of(from)] += flowed;
                true_sum_ += flowed;
                from = to;
            }
        }
        last_ = now_;
        for (const auto& reading : list.readings) {
            const auto name = han::cosem::name(reading.obis);
            const auto* const number = std::get_if<han::Decimal>(&reading.value);
            if (number == nullptr)
                continue;
            if (name == "active_power_import")
                watts_ = *hanport::meter::to_integer(*number);
        }
        for (const auto& [hour, energy] : sums_)
            true_hours[hour] = hanport::meter::to_wh(energy);
        if (sums_.size() > 1)
            sums_.erase(sums_.begin());
    }

    // Down for some seconds; after a crash what is left is what was saved with the last registers.
    void restart() {
        const bool crash = month_.crashes && ++restarts % 2 == 0;
        const auto state =
            crash ? saved_.value_or(hanport::meter::AnalyticsState{}) : meter_->state();
        meter_.emplace(options_, state, !crash);
        down_until_ = now_ + seconds(std::uniform_int_distribution<int>(2, 20)(random_));
    }

    const Month& month_;
    std::mt19937_64 random_;
    hanport::simulator::Simulator simulator_;
    hanport::meter::AnalyticsOptions options_;
    std::optional<MeterAnalytics> meter_;
    std::optional<hanport::meter::AnalyticsState> saved_;
    WallTime now_;
    hanport::meter::WattMillis true_sum_ = 0;
    WallTime down_until_;
    std::optional<WallTime> last_;
    std::int64_t watts_ = 0;
    std::map<WallTime, hanport::meter::WattMillis> sums_;
    std::optional<std::int64_t> published_;
};

// The capacity charge, by the registers that came.
void check_tariff(const Month& month, const Replay& replay) {
    ASSERT_TRUE(replay.meter().tariff().has_value());
    std::size_t right = 0;
    for (const auto& [hour, value] : replay.meter().tariff()->hours()) {
        if (month.ahead != 0min) {
            ASSERT_EQ(value.source, hanport::meter::HourSource::estimate)
                << "the meter's hour is no hour";
            if (!replay.at_first.contains(hour) || hour == replay.at_first.begin()->first)
                continue; // it was not there from the beginning on
            ++right;
            const std::int64_t truth = replay.true_hours.at(hour);
            EXPECT_LE(std::abs(value.wh - truth), std::max<std::int64_t>(truth / 100, 10))
                << "hour " << (hour.time_since_epoch() / 1h) << ": " << value.wh << " of " << truth;
        } else if (value.source == hanport::meter::HourSource::registers) {
            ++right;
            EXPECT_EQ(value.wh, replay.register_at.at(hour + 1h) - replay.register_at.at(hour));
        } else if (!month.crashes && replay.at_first.contains(hour)) {
            const std::int64_t truth = replay.true_hours.at(hour);
            EXPECT_NEAR(static_cast<double>(value.wh), static_cast<double>(truth),
                        static_cast<double>(std::max<std::int64_t>(truth / 20, 100)));
        }
    }
    const auto hours = static_cast<std::size_t>(month.days) * 24;
    EXPECT_GT(right, hours * 8 / 10) << "of " << hours;
}

class SimulatedMonths : public testing::TestWithParam<Month> {};

TEST_P(SimulatedMonths, EveryHourIsRightAndTheMonthExact) {
    const Month& month = GetParam();
    Replay replay(month);
    replay.run();
    EXPECT_EQ(replay.falls, 0);
    ASSERT_GT(replay.at_first.size(), static_cast<std::size_t>(month.days) * 24 - 4);
    std::int64_t worst = 0;
    for (auto at = replay.at_first.begin(); std::next(at) != replay.at_first.end(); ++at) {
        const auto& [hour, begin] = *at;
        const auto& [next_hour, end] = *std::next(at);
        const std::int64_t live = end.first - begin.first;
        const std::int64_t truth = end.second - begin.second;
        if (month.crashes)
            continue; // after a crash it waits for the next register
        ASSERT_EQ(next_hour, hour + 1h);
        EXPECT_LE(std::abs(live - truth), std::max<std::int64_t>(truth / 100, 10))
            << "hour " << (hour.time_since_epoch() / 1h) << ": " << live << " of " << truth;
        worst = std::max(worst, std::abs(live - truth));
    }
    // Wherever a register came, the counter has it; over the month what it counted is what flowed,
    // to the last digit of the registers, or two where it stands still at the moment.
    ASSERT_GT(replay.live_after.size(), static_cast<std::size_t>(month.days) * 20);
    for (const auto& [hour, live] : replay.live_after)
        EXPECT_GE(live, replay.register_at.at(hour));
    const auto& [first, last] = std::pair(*replay.at_first.begin(), *replay.at_first.rbegin());
    constexpr std::int64_t two_digits = 20;
    EXPECT_LE(std::abs((last.second.first - first.second.first) -
                       (last.second.second - first.second.second)),
              two_digits);
    RecordProperty("worst", static_cast<int>(worst));
    check_tariff(month, replay);
}

const auto march = local_days(2026y / March / 1);
const auto october = local_days(2026y / October / 1);
const auto january = local_days(2026y / January / 1);

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedMonths,
    testing::Values(
        Month{.name = "KamstrupOctober",
              .model = "kamstrup-3p4q",
              .seed = 3,
              .start = october,
              .days = 31},
        Month{.name = "KamstrupCrashing",
              .model = "kamstrup-1p1q",
              .seed = 4,
              .start = january,
              .days = 10,
              .crashes = true},
        Month{.name = "KaifaMarch",
              .model = "kaifa-3p",
              .seed = 5,
              .start = march,
              .days = 31,
              .summer_clock = true},
        Month{.name = "AidonJanuary", .model = "aidon-3p", .seed = 6, .start = january, .days = 31},
        Month{.name = "KamstrupNineMinutesAhead",
              .model = "kamstrup-3p4q",
              .seed = 8,
              .start = october,
              .days = 31,
              .ahead = 9min},
        Month{.name = "KamstrupNineMinutesBehind",
              .model = "kamstrup-3p4q",
              .seed = 9,
              .start = january,
              .days = 31,
              .ahead = -9min},
        Month{.name = "DenmarkWeek", .model = "kamstrup-dk", .seed = 7, .start = march, .days = 7}),
    [](const auto& row) { return row.param.name; });

} // namespace
