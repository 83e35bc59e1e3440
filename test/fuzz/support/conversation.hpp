// Properties of decoders and sessions of polled meters.
#pragma once

#include "han/text/json_line.hpp"
#include "polled/listener.hpp"
#include "polled/session.hpp"
#include "support/cuts.hpp"
#include "support/expect.hpp"
#include "support/json.hpp"

#include <string>

namespace support {

inline std::string checked_line(const han::list::List& list) {
    std::string line;
    han::text::append_json(line, list);
    expect(Json::valid(line), "a list is valid JSON");
    expect(line.find('\n') == std::string::npos, "a list is one line");
    return line;
}

/// Writes down all that a decoder tells.
class ConversationTranscript : public polled::Listener {
  public:
    void on_list(const han::list::List& list) override {
        text += std::to_string(list.offset) + ' ' + checked_line(list) + '\n';
    }
    void on_refusal(const polled::Refusal& refusal) override {
        expect(!refusal.reason.key.empty() && !refusal.reason.text.empty(),
               "a refusal has a reason");
        text += std::to_string(refusal.offset) + ' ' + std::to_string(refusal.size) + ' ';
        text += refusal.reason.key;
        text += '\n';
    }

    std::string text;
};

template <class Decoder>
void check_chunks(han::Bytes input) {
    const auto cuts = support::cuts(input);
    const auto transcript = [&](bool whole) {
        ConversationTranscript transcript;
        Decoder decoder(transcript);
        replay(input, cuts, whole, decoder);
        return transcript.text;
    };
    expect(transcript(true) == transcript(false), "chunks give what the whole gives");
}

/// Plays the meter's side with the input: a chunk at each wait, and silence behind it. Whatever it
/// says, the session ends in a time that people wait for, and asks no more than a few times.
inline void drive(polled::Session& session, han::Bytes input) {
    const auto cuts = support::cuts(input);
    polled::Time now{};
    std::size_t chunk = 0;
    std::size_t begin = 0;
    int sent = 0;
    for (;;) {
        const auto action = session.next(now);
        if (std::holds_alternative<polled::Send>(action)) {
            expect(++sent < 200, "it gives up some time");
        } else if (const auto* const wait = std::get_if<polled::Wait>(&action)) {
            expect(wait->until > now, "a wait is for a time to come");
            if (chunk == cuts.size()) {
                now = wait->until;
            } else {
                const auto piece = input.subspan(begin, cuts[chunk].end - begin);
                session.on_bytes(now, std::vector<std::uint8_t>(piece.begin(), piece.end()));
                begin = cuts[chunk].end;
                now = cuts[chunk++].silence ? wait->until : now + std::chrono::milliseconds(20);
            }
            expect(now < polled::Time{} + std::chrono::minutes(30), "it ends");
        } else if (const auto* const end = std::get_if<polled::End>(&action)) {
            expect((end->readout == nullptr) != end->text.empty(),
                   "there is a readout or a reason why not");
            if (end->readout != nullptr)
                (void)checked_line(end->readout->list);
            return;
        }
    }
}

} // namespace support
