// The hourly lists on disk: the undelivered ones in order, and the newest one of each meter, so
// that its registers are known right after a restart.
//
//   STATE/outbox/0000000000000042.json   not yet delivered; the number is the order
//   STATE/outbox/0000000000000041.rejected   permanently refused by the broker; the newest 100 are kept
//   STATE/meters/5706567000000042.json   the newest delivered list of the meter
//
// An hourly list is written once, before anything else is done with it, and moved after delivery:
// one write an hour per meter. A file is complete or does not exist (temporary file, sync, rename),
// so power may fail at any moment. A file that cannot be parsed is renamed to *.damaged and logged.
// A file that cannot be read for the moment stays and is tried again.
#pragma once

#include "store/hourly_record.hpp"

#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hanport::store {

class HourlyStore {
  public:
    /// Opens or creates the folders in `directory`. If more than `capacity` lists are undelivered,
    /// the oldest are dropped. Disk errors are logged. Throws std::filesystem::filesystem_error if
    /// the directory does not exist and cannot be created.
    HourlyStore(const std::filesystem::path& directory, std::size_t capacity);

    /// Lists that could still not be written are lost, which is logged.
    ~HourlyStore();
    HourlyStore(const HourlyStore&) = delete;
    HourlyStore& operator=(const HourlyStore&) = delete;

    /// The newest record of each meter, delivered or not.
    [[nodiscard]] std::vector<HourlyRecord> newest();

    /// Stores a list; it is on disk when this returns. If the write fails, the list stays in memory
    /// until keep() succeeds, and the failure is logged.
    void put(const HourlyRecord& record);

    /// Writes the lists that are only in memory. Returns the number of lists that could still not
    /// be written.
    std::size_t keep();

    struct Waiting {
        std::uint64_t number = 0; ///< position in the order, never 0
        HourlyRecord record;
    };

    using IsHeld = std::function<bool(const std::string& topic)>;

    /// The oldest undelivered list that can be read and whose topic is not held; by default no
    /// topic is held. Files of held topics are read only once.
    [[nodiscard]] std::optional<Waiting> front(const IsHeld& is_held = {});

    /// The list with that number, which front() returned last, has been delivered. Ignored for
    /// another list, or if the list no longer exists.
    void delivered(std::uint64_t number);

    /// Like that, but for a list that can never be delivered: it is renamed to *.rejected. The
    /// newest 100 of those are kept.
    void reject(std::uint64_t number);

    /// Forgets the newest delivered list of the meter.
    void forget(const std::string& meter_id);

    /// Number of lists not yet delivered.
    [[nodiscard]] std::size_t depth() const noexcept { return queue_.size(); }

  private:
    struct Entry {
        std::uint64_t number = 0;
        std::optional<HourlyRecord> in_memory{}; // if the disk could not write it
        std::string topic{};                     // empty until the file was read
        bool unreadable = false;                 // for the moment; logged once
    };

    [[nodiscard]] bool write(Entry& entry, std::string& why) const;
    // Empty: the list waits for another attempt, or it is lost and was removed from the queue.
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
    std::uint64_t offered_ = 0; // returned by front(); 0: none
    std::string offered_meter_{};
};

} // namespace hanport::store
