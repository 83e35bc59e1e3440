// Sums and integrals; see meter.hpp.
#include "simulator/meter.hpp"

#include "simulator/random.hpp"

#include <algorithm>

namespace hanport::simulator {
namespace {

constexpr std::int64_t watt_millis_an_hour = 3'600'000; // per Wh

// Before this day the registers depend only on the seed.
constexpr auto first_day = std::chrono::local_days(std::chrono::year(2022) / 1 / 1);

// Assumed Wh of A+, A-, R+, R- per day; more than a household has.
constexpr std::array<std::int64_t, 4> day_energy{150'000, 60'000, 8'000, 8'000};

// Registers begin at multiples of this, so that every meter's resolution divides it.
constexpr std::int64_t step = 10; // Wh

// The integer square root.
std::int64_t root(std::int64_t square) noexcept {
    std::int64_t result = 0;
    for (std::int64_t bit = std::int64_t{1} << 30; bit > 0; bit /= 2)
        if ((result + bit) * (result + bit) <= square)
            result += bit;
    return result;
}

constexpr std::int64_t rounded(std::int64_t number, std::int64_t divisor) noexcept {
    return (number + (number < 0 ? -divisor : divisor) / 2) / divisor;
}

std::array<std::int64_t, 4> by_direction(std::int64_t watts, std::int64_t vars) noexcept {
    const std::int64_t none = 0;
    return {std::max(watts, none), std::max(-watts, none), std::max(vars, none),
            std::max(-vars, none)};
}

} // namespace

Kind kind_of(Quantity quantity) noexcept {
    if (quantity.d == 8)
        return Kind::energy;
    switch (quantity.c % 20) {
    case 11:
        return Kind::current;
    case 12:
        return Kind::voltage;
    case 13:
        return Kind::power_factor;
    default:
        return Kind::power;
    }
}

Meter::Meter(Wiring wiring, bool exports, std::uint64_t seed, std::chrono::local_days day) noexcept
    : wiring_(wiring) {
    const auto age = std::max<std::int64_t>((day - first_day).count(), 0);
    constexpr std::uint64_t subject = 1'000'000;
    for (std::size_t phase = 0; phase <= phases; ++phase)
        for (std::size_t i = 0; i < now_[phase].size(); ++i) {
            const std::int64_t first =
                chance(seed, subject + i, static_cast<std::int64_t>(phase), day_energy[i]) * step;
            const bool counts = exports || i != 1;
            now_[phase][i] = counts ? (first + age * day_energy[i]) * watt_millis_an_hour : 0;
        }
    hour_ = now_;
}

void Meter::set(const Load& load) noexcept {
    load_ = load;
    std::int64_t watts = 0;
    std::int64_t vars = 0;
    for (std::size_t phase = 0; phase < phases; ++phase) {
        power_[phase + 1] = by_direction(load.watts[phase], load.vars[phase]);
        watts += load.watts[phase];
        vars += load.vars[phase];
    }
    power_[0] = by_direction(watts, vars);
}

void Meter::pass(std::chrono::milliseconds time) noexcept {
    for (std::size_t phase = 0; phase <= phases; ++phase)
        for (std::size_t i = 0; i < power_[phase].size(); ++i)
            now_[phase][i] += power_[phase][i] * time.count();
}

// Current of a phase or between two lines, in mA, with the sign of the active power.
std::int64_t Meter::amplitude(std::size_t phase) const noexcept {
    if (load_.decivolts[phase] == 0)
        return 0;
    const std::int64_t watts = load_.watts[phase];
    const std::int64_t vars = load_.vars[phase];
    // In 0.001 VA, so that the division loses no digit.
    const std::int64_t apparent = root((watts * watts + vars * vars) * 1'000'000);
    const std::int64_t milliamperes = rounded(apparent * 10, load_.decivolts[phase]);
    return watts < 0 ? -milliamperes : milliamperes;
}

// Line L1 carries the current between L1 and L2 minus the current between L3 and L1. The two are
// 120° apart, so the square is a² + c² + ac; likewise for the other lines.
std::int64_t Meter::current(std::size_t phase) const noexcept {
    const std::int64_t own = amplitude(phase);
    if (wiring_ != Wiring::three_wire)
        return own;
    const std::int64_t before = amplitude((phase + phases - 1) % phases);
    const std::int64_t size = root(own * own + before * before + own * before);
    return load_.watts[phase] + load_.watts[(phase + phases - 1) % phases] < 0 ? -size : size;
}

std::int64_t Meter::power_factor(std::size_t phase) const noexcept {
    const Four& power = power_[phase];
    const std::int64_t active = power[0] + power[1];
    const std::int64_t reactive = power[2] + power[3];
    const std::int64_t apparent = root((active * active + reactive * reactive) * 1'000'000);
    return apparent == 0 ? 1000 : std::min<std::int64_t>(active * 1'000'000 / apparent, 1000);
}

std::int64_t Meter::value(Quantity quantity, Registers registers) const noexcept {
    const std::size_t phase = quantity.c / 20U;
    const std::size_t direction = quantity.c % 20U - 1;
    switch (kind_of(quantity)) {
    case Kind::power:
        return power_[phase][direction];
    case Kind::energy:
        return (registers == Registers::of_now ? now_ : hour_)[phase][direction] /
               watt_millis_an_hour;
    case Kind::current:
        return current(phase - 1);
    case Kind::voltage:
        return load_.decivolts[phase - 1];
    case Kind::power_factor:
        return power_factor(phase);
    }
    return 0;
}

} // namespace hanport::simulator
