// Local time of the countries in which hanport's meters are used, by the rule of the European
// Union: summer time from the last Sunday of March to the last Sunday of October, 01:00 UTC,
// everywhere at once (directive 2000/84/EC; in Norway forskrift om sommertid). So no time zone
// files are needed, and months and hours are correct over days of 23 and 25 hours.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace hanport::meter {

class TimeZone {
  public:
    /// A name like "Europe/Oslo"; empty for a name that is not in names().
    [[nodiscard]] static std::optional<TimeZone> named(std::string_view name) noexcept;
    [[nodiscard]] static std::span<const std::string_view> names() noexcept;

    /// Local time minus UTC at that time.
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

} // namespace hanport::meter
