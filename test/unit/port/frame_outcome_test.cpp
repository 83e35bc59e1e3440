// What came of frames: its keys, and the counters of the diagnosis.
#include "port/port_counters.hpp"

#include <gtest/gtest.h>

namespace {

using hanport::meter::PortCounters;
using hanport::port::FrameOutcome;
using Dlms = han::dlms::Error;
using Hdlc = han::hdlc::Error;
using Lists = han::list::Error;
using han::list::ListKind;

struct Row {
    FrameOutcome outcome;
    const char* key;
    std::uint64_t PortCounters::* counter;
};

const Row rows[] = {
    {ListKind::power, "power", &PortCounters::power_lists},
    {ListKind::live, "live", &PortCounters::long_lists},
    {ListKind::hourly, "hourly", &PortCounters::long_lists},
    {ListKind::readout, "readout", &PortCounters::long_lists},
    {Hdlc::bad_fcs, "bad_fcs", &PortCounters::damaged},
    {Hdlc::segment_lost, "segment_lost", &PortCounters::damaged},
    {Hdlc::incomplete, "incomplete", &PortCounters::cut},
    {Hdlc::bad_length, "bad_length", &PortCounters::garbage},
    {Dlms::bad_length, "bad_length_form", &PortCounters::unknown},
    {Dlms::no_key, "ciphered_without_key", &PortCounters::ciphered},
    {Dlms::wrong_key, "wrong_key", &PortCounters::ciphered},
    {Lists::unknown_layout, "unknown_layout", &PortCounters::unknown},
    {kmp::Error::outside_frame, "outside_frame", &PortCounters::garbage},
    {kmp::Error::bad_crc, "bad_crc", &PortCounters::unknown},
    {iec62056::Error::outside_block, "outside_frame", &PortCounters::garbage},
    {iec62056::Error::incomplete, "incomplete", &PortCounters::cut},
    {polled::Failure::asleep, "asleep", &PortCounters::unknown},
    {polled::Failure::no_values, "no_values", &PortCounters::unknown},
};

TEST(FrameOutcomeTest, HasAKeyAndACounterOfTheDiagnosis) {
    for (const Row& row : rows) {
        EXPECT_EQ(hanport::port::key(row.outcome), row.key);
        EXPECT_EQ(hanport::port::is_list(row.outcome),
                  row.counter == &PortCounters::power_lists ||
                      row.counter == &PortCounters::long_lists);
        hanport::port::PortStats stats;
        stats.frames[row.outcome] = 7;
        const PortCounters facts = port_counters(stats);
        EXPECT_EQ(facts.*row.counter, 7U) << row.key;
        EXPECT_EQ(facts.lists() + facts.damaged + facts.cut + facts.garbage + facts.ciphered +
                      facts.unknown,
                  7U)
            << row.key << " counts once";
    }
}

TEST(FrameOutcomeTest, OfARefusalIsItsLayersError) {
    EXPECT_EQ(hanport::port::outcome_of(han::Error(Hdlc::bad_hcs)), FrameOutcome(Hdlc::bad_hcs));
    EXPECT_NE(hanport::port::outcome_of(han::Error(Dlms::bad_length)),
              FrameOutcome(Hdlc::bad_length));
}

} // namespace
