// The hourly lists on disk: those that the broker has not yet taken over, in order, and of each
// meter the newest one, so that its registers are known right after a restart.
//
//   STATE/outbox/0000000000000042.json   not yet delivered; the number is the order
//   STATE/meters/5706567000000042.json   the meter's newest delivered one
//
// An hourly list is written once, before anything else is done with it, and moved when it was
// delivered: one write an hour for each meter. A file is complete or not there (written aside,
// synced, renamed), so power may fail at any moment. What cannot be read is set aside as *.damaged
// and told.
#pragma once

#include "mqtt/snapshot.hpp"

#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hanport {

/// An hourly list as it is kept: the message for the broker, and the meter with its registers.
struct HourlyRecord {
    std::string topic;
    std::string payload;
    Snapshot meter;         ///< its registers only
    std::string meter_hour; ///< by the meter's clock, "2026-11-20T17"; empty if it has none
    std::chrono::system_clock::time_point received;
};

class HourlyStore {
  public:
    /// Opens or makes the folders in `directory`. Of more than `capacity` undelivered lists the
    /// oldest are dropped. Throws std::filesystem::filesystem_error where the directory cannot be
    /// used.
    HourlyStore(const std::filesystem::path& directory, std::size_t capacity);

    /// The newest record of each meter, delivered or not.
    [[nodiscard]] std::vector<HourlyRecord> newest();

    /// Keeps a list; it is on disk when this returns. Where the disk refuses, it is kept in memory,
    /// and that is logged.
    void put(const HourlyRecord& record);

    struct Waiting {
        std::uint64_t number = 0; ///< its place in the order, never 0
        HourlyRecord record;
    };

    /// The oldest list not yet delivered.
    [[nodiscard]] std::optional<Waiting> front();

    /// The list of that number has been delivered. Nothing happens if it is no longer the oldest.
    void delivered(std::uint64_t number);

    /// Number of lists not yet delivered.
    [[nodiscard]] std::size_t depth() const noexcept { return queue_.size(); }

  private:
    struct Entry {
        std::uint64_t number = 0;
        std::optional<HourlyRecord> in_memory; // where the disk refused it
    };

    [[nodiscard]] std::filesystem::path path_of(std::uint64_t number) const;
    [[nodiscard]] std::filesystem::path path_of_meter(const std::string& meter_id) const;
    void drop_beyond_capacity();

    std::filesystem::path outbox_;
    std::filesystem::path meters_;
    std::size_t capacity_;
    std::uint64_t next_number_ = 1;
    std::deque<Entry> queue_;
};

} // namespace hanport
