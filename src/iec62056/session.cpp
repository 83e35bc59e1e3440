// The steps of a readout; see session.hpp.
#include "iec62056/session.hpp"

#include "iec62056/data_set.hpp"

#include <algorithm>
#include <utility>

namespace iec62056 {
namespace {

using polled::Action;
using polled::Time;
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

Session::Session(SessionOptions options, polled::OnRefusal<Error> on_refusal)
    : ProtocolSession(options.format, options.tries, options.settling, std::move(on_refusal)),
      options_(std::move(options)) {}

Action Session::act(Time now) {
    switch (step_) {
    case Step::set_format:
        step_ = options_.wake_up ? Step::wake_up : Step::sign_on;
        return begin(now);
    case Step::wake_up:
        step_ = Step::sign_on;
        return send(std::vector<std::uint8_t>(wake_up_octets), now, after_wake_up);
    case Step::sign_on: {
        step_ = Step::identification;
        line_.clear();
        Action action = send(sign_on(options_.address), now, options_.timeout);
        due_.limit(due_.at() + format_.duration(longest_line));
        return action;
    }
    case Step::acknowledge:
        step_ = Step::switch_speed;
        return send(acknowledgement(who_), now,
                    std::min(options_.before_switching, who_.reaction / 2));
    case Step::switch_speed: {
        polled::LineFormat format = format_;
        format.baud = who_.baud;
        wait_for_block(now);
        return set_format(format);
    }
    case Step::repeat: {
        Action action = send({not_acknowledged}, now);
        wait_for_block(due_.at());
        return action;
    }
    default: // timed out
        on_silence();
        try_again(now);
        return next(now);
    }
}

void Session::wait_for_block(Time now) {
    step_ = Step::block;
    block_begin_.reset();
    due_.set(now + options_.timeout);
}

// Called when a character of the block has arrived.
void Session::extend_block(Time now) {
    if (!block_.is_inside())
        return;
    if (!block_begin_) {
        block_begin_ = now;
        due_.limit(now + options_.pauses);
    }
    due_.limit(std::min(due_.latest() + options_.pace, *block_begin_ + options_.longest_block));
    due_.extend(now + options_.timeout);
}

void Session::on_silence() {
    if (block_.reset())
        refuse(Error::incomplete);
    if (step_ == Step::identification)
        heard_ = heard_ || !is_echo(line_);
}

void Session::try_again(Time now) {
    repeats_ = 0;
    step_ = Step::set_format;
    due_.set(now + options_.between_tries);
    if (another_attempt())
        return;
    if (bad_data_set_.empty())
        fail();
    else
        fail(polled::Failure::bad_data_set, bad_data_set_);
}

void Session::on_octet(Time now, std::uint8_t octet) {
    if (step_ == Step::block) {
        const auto result = block_.push(octet);
        extend_block(now);
        if (result)
            on_block(now, result);
    } else if (step_ == Step::identification) {
        on_line_octet(now, octet);
    }
}

void Session::on_line_octet(Time now, std::uint8_t octet) {
    const char character = static_cast<char>(octet & seven_bits);
    if (character == '\0') // optical heads produce it at the start and the end
        return;
    if (character == '/')
        heard_ = heard_ || !is_echo(std::exchange(line_, {}));
    if (character != '\r' && character != '\n' && line_.size() < longest_line) {
        line_ += character;
    } else if (const auto who = identification(line_)) {
        on_identification(now, *who);
        return;
    } else {
        heard_ = heard_ || !is_echo(line_);
        line_.clear();
    }
    due_.extend(now + options_.timeout);
}

void Session::on_identification(Time now, const Identification& who) {
    heard_ = true;
    who_ = who;
    block_ = BlockReader(who.check());
    const bool is_last_try = options_.tries > 1 && tried_ + 1 == options_.tries;
    switch (who.mode) {
    case Mode::c:
        // Without an acknowledgement the meter sends at the speed of its identification.
        if (is_last_try) {
            wait_for_block(now);
        } else {
            step_ = Step::acknowledge;
            due_.set(now + who.reaction);
        }
        break;
    case Mode::b:
        step_ = Step::switch_speed;
        due_.set(now);
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
        refuse(Error::bad_data_set);
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
    succeed();
}

void Session::refuse_block(Time now, Error error) {
    refuse(error);
    if (repeats_++ == most_repeats) {
        try_again(now);
        return;
    }
    step_ = Step::repeat;
    due_.set(now + who_.reaction);
}

} // namespace iec62056
