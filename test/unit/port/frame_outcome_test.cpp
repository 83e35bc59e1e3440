// What came of frames: its keys, and the counters of the diagnosis.
#include "port/port_counters.hpp"

#include <gtest/gtest.h>

namespace {

using hanport::meter::PortFacts;
using hanport::port::FrameOutcome;
using Dlms = han::dlms::Error;
using Hdlc = han::hdlc::Error;
using Lists = han::list::Error;
using han::list::ListKind;

struct Row {
    FrameOutcome outcome;
    const char* key;
    std::uint64_t PortFacts::* counter;
};

const Row rows[] = {
    {ListKind::power, "power", &PortFacts::power_lists},
    {ListKind::live, "live", &PortFacts::long_lists},
    {ListKind::hourly, "hourly", &PortFacts::long_lists},
    {ListKind::readout, "readout", &PortFacts::long_lists},
    {Hdlc::bad_fcs, "bad_fcs", &PortFacts::damaged},
    {Hdlc::segment_lost, "segment_lost", &PortFacts::damaged},
    {Hdlc::incomplete, "incomplete", &PortFacts::cut},
    {Hdlc::bad_length, "bad_length", &PortFacts::garbage},
    {Dlms::bad_length, "bad_length_form", &PortFacts::unknown},
    {Dlms::no_key, "ciphered_without_key", &PortFacts::ciphered},
    {Dlms::wrong_key, "wrong_key", &PortFacts::ciphered},
    {Lists::unknown_layout, "unknown_layout", &PortFacts::unknown},
    {kmp::Error::outside_frame, "outside_frame", &PortFacts::garbage},
    {kmp::Error::bad_crc, "bad_crc", &PortFacts::unknown},
    {iec62056::Error::outside_block, "outside_frame", &PortFacts::garbage},
    {iec62056::Error::incomplete, "incomplete", &PortFacts::cut},
    {polled::Failure::asleep, "asleep", &PortFacts::unknown},
    {polled::Failure::no_values, "no_values", &PortFacts::unknown},
};

TEST(FrameOutcomeTest, HasAKeyAndACounterOfTheDiagnosis) {
    for (const Row& row : rows) {
        EXPECT_EQ(hanport::port::key(row.outcome), row.key);
        EXPECT_EQ(hanport::port::is_list(row.outcome),
                  row.counter == &PortFacts::power_lists || row.counter == &PortFacts::long_lists);
        hanport::port::PortStats stats;
        stats.frames[row.outcome] = 7;
        const PortFacts facts = port_facts(stats);
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
