// Operating times of appliances; see household.hpp. Tables of appliances and of the year, and
// simple rules for them. All in integer arithmetic, because sines differ between machines.
#include "simulator/household.hpp"

#include "simulator/random.hpp"

#include <algorithm>
#include <span>

namespace hanport::simulator {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::milliseconds;

constexpr std::int64_t minute = 60'000; // ms
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

// ---- tables ------------------------------------------------------------------------------------

// An appliance that runs at some time of the day. If it begins late, it continues on the next day.
struct Appliance {
    std::size_t phase;          // the first phase
    std::size_t phases;         // 1 or 3
    std::int64_t watts;         // of each phase
    std::int64_t vars;          // of each phase
    std::int64_t begin;         // minute of the day, the earliest
    std::int64_t begin_spread;  // up to so many minutes later
    std::int64_t length;        // minutes, the shortest
    std::int64_t length_spread; // up to so many minutes longer
    std::int64_t percent;       // of the days
    std::int64_t cycle;         // ms of a thermostat's cycle; 0: on all the time
    std::int64_t on_percent;    // of the cycle
};
constexpr auto appliances = std::to_array<Appliance>({
    // phase, phases, W, var, begin, spread, length, spread, % of days, cycle, % on
    {1, 1, 2000, 0, 380, 30, 3, 2, 90, 0, 0},             // kettle, morning
    {0, 1, 1950, 0, 395, 40, 60, 30, 95, 0, 0},           // water heater, after the showers
    {1, 1, 850, -20, 450, 30, 6, 4, 70, 0, 0},            // coffee machine, toaster
    {1, 1, 2000, 0, 955, 40, 3, 2, 60, 0, 0},             // kettle, afternoon
    {1, 1, 1800, 0, 985, 50, 25, 25, 92, 40'000, 65},     // stove, the big plate
    {2, 1, 1200, 0, 990, 50, 20, 20, 80, 55'000, 50},     // stove, the small plate
    {2, 1, 2200, 0, 1000, 60, 45, 30, 40, 75'000, 55},    // oven
    {2, 1, 2100, 60, 1105, 90, 20, 5, 45, 0, 0},          // washing machine, heating
    {2, 1, 320, 210, 1135, 90, 70, 20, 45, 8'000, 60},    // its motor
    {0, 1, 1900, 30, 1130, 60, 25, 5, 75, 0, 0},          // dish washer
    {0, 1, 1950, 0, 1290, 40, 50, 30, 95, 0, 0},          // water heater, evening
    {0, 3, 3600, -60, 1350, 120, 100, 100, 70, 0, 0},     // car
    {1, 1, 95, 55, 0, 5, 1440, 0, 100, 46 * minute, 36},  // fridge
    {2, 1, 110, 60, 3, 5, 1430, 0, 100, 52 * minute, 41}, // freezer
});

// Panel heaters and floor heating, each with a thermostat.
struct Heater {
    std::size_t phase;
    std::int64_t watts;
    std::int64_t cycle; // ms
};
constexpr auto heaters = std::to_array<Heater>(
    {{0, 800, 11 * minute}, {1, 1000, 14 * minute}, {2, 1200, 17 * minute}, {0, 600, 9 * minute}});
constexpr std::int64_t heating_capacity = 800 + 1000 + 1200 + 600;
constexpr std::int64_t most_permille = 950; // maximum duty cycle of a heater

constexpr std::int64_t wanted_temperature = 170; // 0.1 °C outdoors; above it there is no heating
constexpr std::int64_t heat_loss = 9;            // W for each 0.1 °C below

// By hour of the day: heating in percent (lowered at night), light and electronics in W.
constexpr std::array<std::int64_t, 24> heating_percent{80,  78,  76,  76,  80,  95,  115, 120,
                                                       110, 100, 95,  92,  90,  90,  92,  98,
                                                       105, 108, 108, 106, 104, 102, 95,  85};
constexpr std::array<std::int64_t, 24> light{60,  50,  45,  45,  50,  90,  210, 260,
                                             180, 120, 110, 110, 120, 120, 130, 190,
                                             290, 340, 380, 400, 410, 390, 300, 150};
constexpr std::array<std::int64_t, 24> warmer_by{-20, -24, -27, -29, -30, -30, -26, -18,
                                                 -8,  2,   12,  20,  27,  33,  36,  36,
                                                 32,  26,  18,  10,  3,   -4,  -10, -15};

// By month: mean temperature in 0.1 °C; half the day's length in minutes, and the sun's height as
// percent of the panels' peak at noon.
constexpr std::array<std::int64_t, 12> mean_temperature{-40, -35, 5,   50, 110, 155,
                                                        175, 160, 115, 60, 10,  -30};
constexpr std::array<std::int64_t, 12> half_day{195, 270, 354, 438, 516, 564,
                                                543, 468, 384, 300, 222, 174};
constexpr std::array<std::int64_t, 12> sun_percent{15, 30, 50, 70, 85, 90, 88, 78, 60, 38, 18, 10};
constexpr std::int64_t solar_noon = 12 * hour + 17 * minute;
constexpr std::int64_t most_on_one_phase = 4000; // W of an inverter

constexpr std::int64_t nominal_decivolts = 2318;
constexpr std::int64_t watts_a_decivolt =
    230; // power for a voltage drop of 0.1 V, at about 0.1 ohm

// Subjects for random numbers; appliances follow after the last one.
enum Subject : std::uint8_t { weather, sky, clouds, ripple, jitter, wander, first_appliance = 100 };

// ---- helpers -----------------------------------------------------------------------------------

std::int64_t millis(MeterMillis time) noexcept {
    return time.time_since_epoch().count();
}

std::int64_t day_of(MeterMillis time) noexcept {
    return std::chrono::floor<days>(time).time_since_epoch().count();
}

std::int64_t in_day(MeterMillis time) noexcept {
    return (time - std::chrono::floor<days>(time)).count();
}

// Interpolates between `from` and `to`, at `at` of `length`.
constexpr std::int64_t between(std::int64_t from, std::int64_t to, std::int64_t at,
                               std::int64_t length) noexcept {
    return from + (to - from) * at / length;
}

// A value by hour of the day, interpolated.
std::int64_t by_hour(const std::array<std::int64_t, 24>& table, MeterMillis time) noexcept {
    const std::int64_t now = in_day(time);
    const auto index = static_cast<std::size_t>(now / hour);
    return between(table[index], table[(index + 1) % table.size()], now % hour, hour);
}

// A value by month, interpolated; the tables hold the values of the fifteenth.
std::int64_t by_month(const std::array<std::int64_t, 12>& table, MeterMillis time) noexcept {
    const std::chrono::year_month_day date{std::chrono::floor<days>(time)};
    const std::size_t month = static_cast<unsigned>(date.month()) - 1;
    const auto day_number = static_cast<std::int64_t>(static_cast<unsigned>(date.day()));
    constexpr std::int64_t middle = 15;
    constexpr std::int64_t length = 30;
    if (day_number >= middle)
        return between(table[month], table[(month + 1) % table.size()],
                       std::min(day_number - middle, length), length);
    return between(table[month], table[(month + table.size() - 1) % table.size()],
                   middle - day_number, length);
}

// Continuous random values: 0…bound-1 for each `length` ms, interpolated in between.
std::int64_t drifting(std::uint64_t seed, std::uint64_t subject, MeterMillis time,
                      std::int64_t length, std::int64_t bound) noexcept {
    const auto knot = std::chrono::floor<std::chrono::duration<std::int64_t, std::milli>>(time);
    const std::int64_t now = knot.time_since_epoch().count();
    const std::int64_t index = (now >= 0 ? now : now - length + 1) / length;
    return between(chance(seed, subject, index, bound), chance(seed, subject, index + 1, bound),
                   now - index * length, length);
}

// True if an appliance draws power `now` ms after the beginning of its day.
bool is_on(const Appliance& appliance, std::uint64_t seed, std::uint64_t subject,
           std::int64_t of_day, std::int64_t now) noexcept {
    const std::int64_t place = 4 * of_day;
    if (chance(seed, subject, place, 100) >= appliance.percent)
        return false;
    const std::int64_t begin =
        appliance.begin * minute +
        chance(seed, subject, place + 1, appliance.begin_spread * minute + 1);
    const std::int64_t length =
        appliance.length * minute +
        chance(seed, subject, place + 2, appliance.length_spread * minute + 1);
    if (now < begin || now >= begin + length)
        return false;
    return appliance.cycle == 0 ||
           (now - begin) % appliance.cycle < appliance.cycle * appliance.on_percent / 100;
}

} // namespace

// ---- the household -----------------------------------------------------------------------------

std::int64_t Household::temperature(MeterMillis time) const noexcept {
    constexpr std::int64_t spread = 101; // of the weather, 0.1 °C
    return by_month(mean_temperature, time) + by_hour(warmer_by, time) +
           drifting(options_.seed, weather, time, day, spread) - spread / 2;
}

void Household::add_appliances(Load& load, MeterMillis time) const noexcept {
    const std::int64_t today = day_of(time);
    const std::int64_t now = in_day(time);
    for (std::size_t i = 0; i < appliances.size(); ++i) {
        const Appliance& appliance = appliances[i];
        const std::uint64_t subject = first_appliance + i;
        if (!is_on(appliance, options_.seed, subject, today, now) &&
            !is_on(appliance, options_.seed, subject, today - 1, now + day))
            continue;
        for (std::size_t n = 0; n < std::min(appliance.phases, options_.phases); ++n) {
            const std::size_t phase = (appliance.phase + n) % options_.phases;
            load.watts[phase] += appliance.watts;
            load.vars[phase] += appliance.vars;
        }
    }
}

void Household::add_heating(Load& load, MeterMillis time) const noexcept {
    const std::int64_t need = std::max<std::int64_t>(wanted_temperature - temperature(time), 0) *
                              heat_loss * by_hour(heating_percent, time) / 100;
    const std::int64_t permille = std::min(need * 1000 / heating_capacity, most_permille);
    for (const Heater& heater : heaters)
        if (in_day(time) % heater.cycle < heater.cycle * permille / 1000)
            load.watts[heater.phase % options_.phases] += heater.watts;
}

// Light, electronics and ventilation, and small variations of all loads.
void Household::add_base(Load& load, MeterMillis time) const noexcept {
    constexpr std::array<std::int64_t, phases> always{70, 45, 55};
    constexpr std::array<std::int64_t, phases> reactive{-35, 20, -45};
    constexpr std::array<std::int64_t, phases> light_percent{30, 45, 25};
    const std::int64_t watts = by_hour(light, time);
    const std::int64_t place = millis(time) / 500;
    for (std::size_t n = 0; n < phases; ++n) {
        const std::size_t phase = n % options_.phases;
        const std::int64_t unrest = 12 + load.watts[phase] / 100;
        load.watts[phase] += always[n] + watts * light_percent[n] / 100 +
                             chance(options_.seed, ripple + 1000 * n, place, unrest);
        load.vars[phase] += reactive[n] - watts * light_percent[n] / 800 +
                            chance(options_.seed, jitter + 1000 * n, place, 9);
    }
}

void Household::add_solar(Load& load, MeterMillis time) const noexcept {
    const std::int64_t half = by_month(half_day, time) * minute;
    const std::int64_t off = (in_day(time) - solar_noon) * 1000 / half; // ‰ of the half day
    if (options_.solar_peak == 0 || off <= -1000 || off >= 1000)
        return;
    const std::int64_t clear = 400 + drifting(options_.seed, sky, time, day, 601); // ‰
    const std::int64_t cloud =
        1000 - drifting(options_.seed, clouds, time, 7 * minute, 1001) * (1000 - clear) / 1000;
    const std::int64_t watts = options_.solar_peak * by_month(sun_percent, time) / 100 *
                               (1'000'000 - off * off) / 1'000'000 * clear / 1000 * cloud / 1000;
    const std::size_t on = options_.solar_peak > most_on_one_phase ? options_.phases : 1;
    for (std::size_t phase = 0; phase < on; ++phase)
        load.watts[phase] -= watts / static_cast<std::int64_t>(on);
}

void Household::set_voltages(Load& load, MeterMillis time) const noexcept {
    for (std::size_t phase = 0; phase < options_.phases; ++phase) {
        const std::uint64_t subject = wander + 1000 * phase;
        load.decivolts[phase] = nominal_decivolts +
                                drifting(options_.seed, subject, time, 13 * minute, 61) - 30 +
                                chance(options_.seed, subject + 1, millis(time) / 500, 7) -
                                load.watts[phase] / watts_a_decivolt;
    }
}

Load Household::at(MeterMillis time) const noexcept {
    Load load;
    add_appliances(load, time);
    add_heating(load, time);
    add_base(load, time);
    add_solar(load, time);
    set_voltages(load, time);
    return load;
}

} // namespace hanport::simulator
