// Conversations for tests; see readout.hpp.
#include "support/readout.hpp"

#include "han/text/json_line.hpp"

namespace support {

void ReadoutCollector::on_list(const han::list::List& list) {
    han::text::append_json(lines.emplace_back(), list);
}

void ReadoutCollector::on_refusal(const polled::Refusal& refusal) {
    std::string text = std::string(refusal.reason.key) + "@" + std::to_string(refusal.offset);
    if (refusal.size > 0)
        text += "+" + std::to_string(refusal.size);
    refusals.push_back(text);
}

std::vector<std::string> SessionBench::run() {
    std::vector<std::string> done;
    for (;;) {
        const auto action = session_.next(now_);
        if (const auto* const send = std::get_if<polled::Send>(&action)) {
            done.push_back("send " + to_hex(send->octets));
        } else if (const auto* const set = std::get_if<polled::SetFormat>(&action)) {
            format_ = set->format;
            done.push_back("set " + std::to_string(format_.baud) + " " +
                           std::to_string(format_.data_bits) + (format_.even_parity ? "E" : "N") +
                           std::to_string(format_.stop_bits));
        } else if (const auto* const wait = std::get_if<polled::Wait>(&action)) {
            until_ = wait->until;
            done.emplace_back("wait");
            return done;
        } else {
            const auto& end = std::get<polled::End>(action);
            ended_ = true;
            if (end.readout != nullptr) {
                readout_.clear();
                han::text::append_json(readout_, end.readout->list);
            } else {
                failure_ = reason(end.failure).key;
            }
            done.emplace_back("end");
            return done;
        }
    }
}

std::vector<std::string> SessionBench::wait_and_run() {
    now_ = std::max(now_, until_);
    return run();
}

std::string SessionBench::next_sent() {
    while (!ended_) {
        for (const std::string& action : run())
            if (action.starts_with("send "))
                return action.substr(5);
        now_ = std::max(now_, until_);
    }
    return {};
}

} // namespace support
