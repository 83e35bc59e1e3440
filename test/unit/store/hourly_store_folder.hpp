// A folder for the hourly store, and lists for it.
#pragma once

#include "store/hourly_store.hpp"
#include "support/process.hpp"
#include "unit/meter/snapshots.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace support {

[[nodiscard]] inline hanport::store::HourlyRecord
record(const std::string& payload, const std::string& meter_id = "5706567000000456") {
    hanport::store::HourlyRecord record{
        .topic = "hanport/" + meter_id + "/list/hourly",
        .payload = payload,
        .meter = snapshots::kamstrup(),
        .clock = std::chrono::local_seconds(std::chrono::seconds(1795233605)),
        .received = snapshots::received};
    record.meter.meter_id = meter_id;
    auto heat = snapshots::value(4444, 7, han::cosem::Unit::joule);
    heat.kind = han::cosem::QuantityKind::heat_energy;
    record.meter.values["heat_energy"] = heat;
    return record;
}

class HourlyStoreTest : public testing::Test {
  protected:
    static constexpr std::size_t capacity = 100;

    [[nodiscard]] hanport::store::HourlyStore open(std::size_t most = capacity) const {
        return {folder.path("state"), most};
    }
    // Everything that waits, delivered one after the other.
    static std::vector<std::string> drain(hanport::store::HourlyStore& store) {
        std::vector<std::string> payloads;
        while (const auto waiting = store.front()) {
            payloads.push_back(waiting->record.payload);
            store.delivered(waiting->number);
        }
        return payloads;
    }
    [[nodiscard]] std::vector<std::string> files(const std::string& name) const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path("state/" + name)))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }

    Folder folder;
};

} // namespace support
