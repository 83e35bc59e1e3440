// State of a meter that survives a restart: STATE/home/
//
//   <meter_id>.json               counters, accepted registers, hours; written once an hour
//   <meter_id>.stopped.json       the same at an orderly end, taken and removed at the next start
//   <meter_id>.corrections.json   the owner's corrections of hours (hanport tariff); the daemon
//                                 only reads it, so that no two programs write one file
//
// All files are written to a temporary file, synced and renamed. A damaged file is renamed and
// logged, and hanport continues without it. All have a check sum, also the corrections: hanport
// tariff writes them, users do not edit them.
#pragma once

#include "meter/analytics.hpp"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>

namespace hanport::store {

/// A file's text that cannot be understood: left as it is, or set aside.
enum class OnDamage : std::uint8_t { leave, set_aside };

class AnalyticsStore {
  public:
    AnalyticsStore(const std::filesystem::path& state_directory, const std::string& meter_id);

    struct Loaded {
        meter::AnalyticsState state{};
        base::WallTime saved{}; ///< time at which the hourly file was written
        bool clean = false;     ///< the last run ended orderly with this state
    };
    /// Empty if nothing was stored. Consumes the file of an orderly stop: the next call finds only
    /// the hourly file.
    [[nodiscard]] std::optional<Loaded> take();
    /// Like take(), but for other programs than the daemon: leaves the files as they are.
    [[nodiscard]] std::optional<Loaded> look() const;

    /// Disk errors are logged. Returns false if nothing was written.
    void save(const meter::AnalyticsState& state, base::WallTime now) const;
    bool save_at_end(const meter::AnalyticsState& state, base::WallTime now) const;

    /// The owner's corrections; empty if there are none.
    [[nodiscard]] meter::TariffCorrections
    corrections(OnDamage on_damage = OnDamage::set_aside) const;
    /// Throws std::filesystem::filesystem_error. The file belongs to the user of this process. The
    /// daemon can read it only if it runs as the same user.
    void write_corrections(const meter::TariffCorrections& corrections) const;
    /// True once after each change of the corrections.
    [[nodiscard]] bool corrections_changed();

    /// The meters that have a file, by file name.
    [[nodiscard]] static std::vector<std::string>
    meters(const std::filesystem::path& state_directory);

    /// Parses the text of a state file or of corrections; the error says why it cannot be parsed.
    [[nodiscard]] static std::expected<Loaded, std::string> state_of(std::string_view text);
    [[nodiscard]] static std::expected<meter::TariffCorrections, std::string>
    corrections_of(std::string_view text);

  private:
    [[nodiscard]] std::optional<Loaded> load(OnDamage on_damage) const;
    [[nodiscard]] std::filesystem::path path(std::string_view suffix) const;

    std::filesystem::path folder_;
    std::string name_;
    std::string meter_id_;
    std::optional<std::filesystem::file_time_type> corrections_time_;
};

} // namespace hanport::store
