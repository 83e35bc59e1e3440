// Fuzzes KMP. Of any octets, cut anywhere and with silences anywhere:
// - chunks give the lists and refusals of the whole, lists are valid JSON on one line;
// - a request for any registers is one intact frame with these and nothing else in it;
// - a session that hears them ends.
#include "kmp/decoder.hpp"
#include "kmp/session.hpp"
#include "support/conversation.hpp"

#include <algorithm>

namespace {

using han::Bytes;
using support::expect;

void check_request(Bytes input) {
    std::vector<std::uint16_t> ids;
    for (std::size_t at = 0; at + 1 < std::min<std::size_t>(input.size(), 16); at += 2)
        ids.push_back(static_cast<std::uint16_t>(input[at] << 8U | input[at + 1]));
    const auto request = kmp::Request::get_registers(ids);
    kmp::Deframer deframer;
    std::size_t frames = 0;
    for (const std::uint8_t octet : request.octets()) {
        const auto result = deframer.push(octet);
        if (!result)
            continue;
        expect(result->has_value(), "a request is intact");
        ++frames;
        const kmp::Frame& frame = **result;
        expect(frame.is_request && frame.command == 0x10 && frame.data.size() == 1 + 2 * ids.size(),
               "a request is what it was made to be");
        expect(std::ranges::equal(frame.data.subspan(1), input.first(2 * ids.size())),
               "a request has its registers");
    }
    expect(frames == 1, "a request is one frame");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    support::check_chunks<kmp::Decoder>(input);
    check_request(input);
    kmp::Session session({}, [](kmp::Error) {});
    support::drive(session, input);
    return 0;
}
