// Local time of the countries that hanport's meters live in, by the rule of the European Union:
// summer time from the last Sunday of March to the last Sunday of October, 01:00 UTC, everywhere
// at once (directive 2000/84/EC; Norway by its forskrift om sommertid). So no time zone files are
// needed, and months and hours are right over days of 23 and 25 hours.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace hanport {

class TimeZone {
  public:
    /// "Europe/Oslo" and the like; none for a name that is not in names().
    [[nodiscard]] static std::optional<TimeZone> named(std::string_view name) noexcept;
    [[nodiscard]] static std::span<const std::string_view> names() noexcept;

    /// How far local time is ahead of UTC at that moment.
    [[nodiscard]] std::chrono::minutes offset(std::chrono::sys_seconds time) const noexcept;

    [[nodiscard]] std::chrono::local_seconds
    to_local(std::chrono::sys_seconds time) const noexcept {
        return std::chrono::local_seconds(time.time_since_epoch() + offset(time));
    }

  private:
    explicit constexpr TimeZone(std::chrono::hours standard, bool summer_time) noexcept
        : standard_(standard), summer_time_(summer_time) {}

    std::chrono::hours standard_;
    bool summer_time_;
};

} // namespace hanport
