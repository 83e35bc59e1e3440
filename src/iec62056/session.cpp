// The steps of a readout; see session.hpp.
#include "iec62056/session.hpp"

#include <algorithm>
#include <utility>

#include "iec62056/data_set.hpp"

namespace iec62056 {
namespace {

using polled::Action;
using polled::End;
using polled::Send;
using polled::SetFormat;
using polled::Time;
using polled::Wait;
using namespace std::chrono_literals;

constexpr std::uint8_t seven_bits = 0x7F;
constexpr std::size_t longest_line = 64;
constexpr unsigned most_repeats = 2;
constexpr std::size_t wake_up_octets = 65;
constexpr auto after_wake_up = 1500ms;

// For the sign-on, or if the meter sends nothing at all.
bool is_echo(std::string_view line) {
    return line.empty() || line.starts_with("/?");
}

} // namespace

Session::Session(SessionOptions options, polled::OnRefusal on_refusal)
    : options_(std::move(options)), on_refusal_(std::move(on_refusal)), format_(options_.format) {}

// Sends, and starts waiting once the octets have been sent.
Action Session::send(std::vector<std::uint8_t> octets, Time now) {
    not_before_ = now + format_.duration(octets.size());
    return Send{std::move(octets)};
}

Action Session::next(Time now) {
    if (step_ == Step::ended)
        return failure_.key.empty() ? End{.readout = &readout_, .reason = {}}
                                    : End{.readout = nullptr, .reason = failure_};
    if (step_ == Step::set_format) {
        if (now < not_before_)
            return Wait{not_before_};
        if (!settled_)
            not_before_ = now + options_.settling;
        settled_ = true;
        format_ = options_.format;
        step_ = options_.wake_up ? Step::wake_up : Step::sign_on;
        return SetFormat{format_};
    }
    if (now < not_before_)
        return Wait{not_before_};
    Action action = Wait{now};
    switch (step_) {
    case Step::wake_up:
        step_ = Step::sign_on;
        action = send(std::vector<std::uint8_t>(wake_up_octets), now);
        not_before_ += after_wake_up;
        break;
    case Step::sign_on:
        step_ = Step::identification;
        line_.clear();
        action = send(sign_on(options_.address), now);
        not_before_ += options_.patience;
        latest_ = not_before_ + format_.duration(longest_line);
        break;
    case Step::acknowledge:
        step_ = Step::switch_speed;
        action = send(acknowledgement(who_), now);
        not_before_ += std::min(options_.before_switching, who_.reaction / 2);
        break;
    case Step::switch_speed:
        format_.baud = who_.baud;
        wait_for_block(now);
        action = SetFormat{format_};
        break;
    case Step::repeat:
        action = send({not_acknowledged}, now);
        wait_for_block(not_before_);
        break;
    default: // timed out
        on_silence(now);
        return next(now);
    }
    return action;
}

void Session::wait_for_block(Time now) {
    step_ = Step::block;
    block_begin_.reset();
    not_before_ = now + options_.patience;
}

// Called when a character has arrived.
void Session::put_off(Time now) {
    if (step_ == Step::identification) {
        not_before_ = std::max(not_before_, std::min(latest_, now + options_.patience));
        return;
    }
    if (!block_.is_inside())
        return;
    if (!block_begin_) {
        block_begin_ = now;
        latest_ = now + options_.pauses;
    }
    latest_ = std::min(latest_ + options_.pace, *block_begin_ + options_.longest_block);
    not_before_ = std::min(latest_, now + options_.patience);
}

void Session::on_silence(Time now) {
    if (block_.reset())
        on_refusal_(reason(Error::incomplete));
    if (step_ == Step::identification)
        heard_ = heard_ || !is_echo(line_);
    try_again(now);
}

void Session::try_again(Time now) {
    repeats_ = 0;
    if (++tries_ >= options_.tries) {
        if (!bad_data_set_.empty())
            failure_ = {.key = reason(Error::bad_data_set).key, .text = bad_data_set_};
        else
            failure_ = heard_ ? polled::damaged : polled::asleep;
        step_ = Step::ended;
        return;
    }
    step_ = Step::set_format;
    not_before_ = now + options_.between_tries;
}

void Session::on_bytes(Time now, han::Bytes octets) {
    for (const std::uint8_t octet : octets) {
        if (step_ == Step::block) {
            const auto result = block_.push(octet);
            put_off(now);
            if (result)
                on_block(now, result);
        } else if (step_ == Step::identification) {
            const char character = static_cast<char>(octet & seven_bits);
            if (character == '\0') // optical heads produce it at the start and the end
                continue;
            if (character == '/')
                heard_ = heard_ || !is_echo(std::exchange(line_, {}));
            if (character != '\r' && character != '\n' && line_.size() < longest_line) {
                line_ += character;
            } else if (const auto who = identification(line_)) {
                on_identification(now, *who);
            } else {
                heard_ = heard_ || !is_echo(line_);
                line_.clear();
            }
            if (step_ == Step::identification)
                put_off(now);
        }
    }
}

void Session::on_identification(Time now, const Identification& who) {
    heard_ = true;
    who_ = who;
    block_ = BlockReader(who.check());
    const bool is_last_try = options_.tries > 1 && tries_ + 1 == options_.tries;
    switch (who.mode) {
    case Mode::c:
        // Without an acknowledgement the meter sends at the speed of its identification.
        if (is_last_try) {
            wait_for_block(now);
        } else {
            step_ = Step::acknowledge;
            not_before_ = now + who.reaction;
        }
        break;
    case Mode::b:
        step_ = Step::switch_speed;
        not_before_ = now;
        break;
    case Mode::a:
        wait_for_block(now);
        break;
    }
}

void Session::on_block(Time now, const BlockReader::Result& result) {
    if (!*result) {
        refuse_block(now, result->error());
        return;
    }
    const auto sets = data_sets(**result);
    if (!sets) {
        on_refusal_(reason(Error::bad_data_set));
        // The block is intact: the optical head works, and a repetition would give the same block.
        bad_data_set_ = "the meter's answer is intact, but this in it is no data set: \"";
        bad_data_set_.append(sets.error().text)
            .append("\"; please report it, with a recording of the readout");
        try_again(now);
        return;
    }
    readout_.list.manufacturer = readout_.keep(who_.maker_name());
    readout_.list.meter_type = who_.text;
    take(*sets, readout_);
    step_ = Step::ended;
}

void Session::refuse_block(Time now, Error error) {
    on_refusal_(reason(error));
    if (repeats_++ == most_repeats) {
        try_again(now);
        return;
    }
    step_ = Step::repeat;
    not_before_ = now + who_.reaction;
}

} // namespace iec62056
