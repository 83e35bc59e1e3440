// What is kept of a meter's home over a restart: STATE/home/
//
//   <meter_id>.json               counters, accepted registers, hours; written once an hour
//   <meter_id>.stopped.json       the same at an orderly end, taken and removed at the next start
//   <meter_id>.corrections.json   what the owner said of hours (hanport tariff); the daemon only
//                                 reads it, so that no two programs write one file
//
// All of them are written aside, synced and renamed. One that is damaged is set aside and logged, and
// hanport goes on without it. All have a check sum, the corrections as well: hanport tariff writes
// them, nobody edits them by hand.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "home/home_meter.hpp"

namespace hanport {

/// A file's text that cannot be understood: left as it is, or set aside.
enum class OnDamage : std::uint8_t { leave, set_aside };

class HomeFile {
  public:
    HomeFile(const std::filesystem::path& state_directory, const std::string& meter_id);

    struct Loaded {
        HomeState state{};
        WallTime saved{};   ///< when the hourly file was written
        bool clean = false; ///< this is the state that the last run ended with
    };
    /// None where nothing was kept. What an orderly end left is taken: the next call finds the
    /// hourly file only.
    [[nodiscard]] std::optional<Loaded> take();
    /// Likewise for others than the daemon, who leave everything as it is.
    [[nodiscard]] std::optional<Loaded> look() const;

    /// A disk that refuses is logged. False: nothing was written.
    void save(const HomeState& state, WallTime now) const;
    bool save_at_end(const HomeState& state, WallTime now) const;

    /// What the owner said; empty where there is nothing.
    [[nodiscard]] TariffCorrections corrections(OnDamage on_damage = OnDamage::set_aside) const;
    /// Throws std::filesystem::filesystem_error. The file belongs to the user of this process, who
    /// has to be the daemon's for the daemon to read it.
    void write_corrections(const TariffCorrections& corrections) const;
    /// True once after each change of them.
    [[nodiscard]] bool corrections_changed();

    /// The meters of which something is kept, by the names of their files.
    [[nodiscard]] static std::vector<std::string>
    meters(const std::filesystem::path& state_directory);

    /// What the text of a state file and of corrections says; the error is why it cannot be
    /// understood.
    [[nodiscard]] static std::expected<Loaded, std::string> state_of(std::string_view text);
    [[nodiscard]] static std::expected<TariffCorrections, std::string>
    corrections_of(std::string_view text);

  private:
    [[nodiscard]] std::optional<Loaded> load(OnDamage on_damage) const;
    [[nodiscard]] std::filesystem::path path(std::string_view suffix) const;

    std::filesystem::path folder_;
    std::string name_;
    std::string meter_id_;
    std::optional<std::filesystem::file_time_type> corrections_time_;
};

} // namespace hanport
