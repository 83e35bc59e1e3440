// The hourly lists on disk: those that the broker has not yet taken over, in order, and of each
// meter the newest one, so that its registers are known right after a restart.
//
//   STATE/outbox/0000000000000042.json   not yet delivered; the number is the order
//   STATE/outbox/0000000000000041.rejected   the broker will never take it; the newest 100 are kept
//   STATE/meters/5706567000000042.json   the meter's newest delivered one
//
// An hourly list is written once, before anything else is done with it, and moved when it was
// delivered: one write an hour for each meter. A file is complete or not there (written aside,
// synced, renamed), so power may fail at any moment. What cannot be understood is set aside as
// *.damaged and logged; what cannot be read for the moment stays where it is and is tried again.
#pragma once

#include "daemon/hourly_record.hpp"

#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hanport {

class HourlyStore {
  public:
    /// Opens or makes the folders in `directory`. Of more than `capacity` undelivered lists the
    /// oldest are dropped. A disk that refuses is logged. Throws std::filesystem::filesystem_error
    /// where the directory neither exists nor can be made.
    HourlyStore(const std::filesystem::path& directory, std::size_t capacity);

    /// Lists that the disk still refuses are lost, which is logged.
    ~HourlyStore();
    HourlyStore(const HourlyStore&) = delete;
    HourlyStore& operator=(const HourlyStore&) = delete;

    /// The newest record of each meter, delivered or not.
    [[nodiscard]] std::vector<HourlyRecord> newest();

    /// Keeps a list; it is on disk when this returns. Where the disk refuses, it is kept in memory
    /// until keep(), and that is logged.
    void put(const HourlyRecord& record);

    /// Writes the lists that are in memory only. Returns the number of those that the disk still
    /// refuses.
    std::size_t keep();

    struct Waiting {
        std::uint64_t number = 0; ///< its place in the order, never 0
        HourlyRecord record;
    };

    using IsHeld = std::function<bool(const std::string& topic)>;

    /// The oldest list not yet delivered that can be read and whose topic is not held; by default
    /// none is. Files of held topics are not read again and again.
    [[nodiscard]] std::optional<Waiting> front(const IsHeld& is_held = {});

    /// The list of that number, the one that front() returned last, has been delivered. Nothing
    /// happens if it is another one, or no longer there.
    void delivered(std::uint64_t number);

    /// Likewise, but it can never be delivered: it is set aside as *.rejected. Of those the newest
    /// 100 are kept.
    void reject(std::uint64_t number);

    /// The newest delivered list of the meter is not remembered any longer.
    void forget(const std::string& meter_id);

    /// Number of lists not yet delivered.
    [[nodiscard]] std::size_t depth() const noexcept { return queue_.size(); }

  private:
    struct Entry {
        std::uint64_t number = 0;
        std::optional<HourlyRecord> in_memory{}; // where the disk refused it
        std::string topic{};                     // empty until the file was read
        bool unreadable = false;                 // for the moment; logged once
    };

    [[nodiscard]] bool write(Entry& entry, std::string& why) const;
    // None: it waits for another attempt, or it is lost and was taken out of the queue.
    [[nodiscard]] std::optional<HourlyRecord> read(std::deque<Entry>::iterator& entry);

    [[nodiscard]] std::filesystem::path path_of(std::uint64_t number) const;
    [[nodiscard]] std::filesystem::path path_of_meter(const std::string& meter_id) const;
    void drop_beyond_capacity();
    void drop_old_rejected() const;

    std::filesystem::path outbox_;
    std::filesystem::path meters_;
    std::size_t capacity_;
    std::uint64_t next_number_ = 1;
    std::deque<Entry> queue_;
    std::uint64_t offered_ = 0; // by front(); 0: none
    std::string offered_meter_{};
};

} // namespace hanport
