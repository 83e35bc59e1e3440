// What the decoder has to find in the lists of each simulated model, and a day of each.
#pragma once

#include "unit/simulator/simulated_day.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

namespace support {

struct ExpectedModel {
    std::string model;
    std::string manufacturer;
    std::string id_prefix;
    std::chrono::milliseconds power; ///< period; 0: no power lists
    std::string ten_seconds;         ///< the list of every ten seconds
    std::chrono::seconds hourly;     ///< after the full hour; -1: registers are in every list
    std::chrono::seconds clock;      ///< likewise, what the hourly list's clock shows
    std::int64_t resolution;         ///< of registers, Wh: 1 or 10
    int phases;
    bool is_three_wire;
    bool has_signed_currents;
    bool exports;

    friend void PrintTo(const ExpectedModel& expected, std::ostream* out) {
        *out << expected.model;
    }
};

[[nodiscard]] const std::vector<ExpectedModel>& expected_models();

/// Tests with each of them: INSTANTIATE_TEST_SUITE_P(Models, …, each_model(), model_name).
class EveryModel : public testing::TestWithParam<ExpectedModel> {
  protected:
    /// Midnight before day().
    static inline const Millis midnight = meter_time(4, 12);

    /// A day in spring, with heating, sun and a car. Decoded once a model.
    [[nodiscard]] static const std::vector<DecodedFrame>& day() {
        static std::map<std::string, std::vector<DecodedFrame>> days;
        auto& frames = days[GetParam().model];
        if (frames.empty())
            frames = decode_simulated({.model = GetParam().model, .start = meter_time(4, 12)},
                                      std::chrono::hours(24));
        return frames;
    }
};

[[nodiscard]] inline auto each_model() {
    return testing::ValuesIn(expected_models());
}

[[nodiscard]] inline std::string model_name(const testing::TestParamInfo<ExpectedModel>& row) {
    std::string name = row.param.model;
    std::ranges::replace(name, '-', '_');
    return name;
}

} // namespace support
