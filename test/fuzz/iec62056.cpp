// Fuzzes IEC 62056-21 and the short readout. Of any octets, cut anywhere and with silences anywhere:
// - chunks give the lists and refusals of the whole, lists are valid JSON on one line;
// - data sets of any text lie within it;
// - sessions that hear them end.
#include "iec62056/data_set.hpp"
#include "iec62056/decoder.hpp"
#include "iec62056/session.hpp"
#include "iec62056/short_session.hpp"
#include "support/conversation.hpp"

#include <functional>

namespace {

using han::Bytes;
using support::expect;

bool lies_within(std::string_view inner, std::string_view outer) {
    const std::less_equal<> not_behind;
    return inner.empty() || (not_behind(outer.data(), inner.data()) &&
                             not_behind(inner.data() + inner.size(), outer.data() + outer.size()));
}

void check_data_sets(Bytes input) {
    std::string text(input.begin(), input.end());
    text += '!';
    const auto sets = iec62056::data_sets(text);
    if (!sets)
        return;
    for (const auto& set : *sets) {
        expect(!set.groups.empty(), "a data set has a value");
        expect(lies_within(set.id, text), "an id lies within the text");
        for (const auto& group : set.groups)
            expect(lies_within(group.value, text) && lies_within(group.unit, text),
                   "a group lies within the text");
    }
    polled::Readout readout;
    take(*sets, readout);
    (void)support::checked_line(readout.list);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    support::check_chunks<iec62056::Decoder>(input);
    check_data_sets(input);
    const auto count = [](iec62056::Error) {};
    iec62056::Session session({}, count);
    support::drive(session, input);
    iec62056::ShortSession short_session({}, count);
    support::drive(short_session, input);
    return 0;
}
