// The steps of a readout; see session.hpp.
#include "kmp/session.hpp"

#include "han/base/byte_order.hpp"

#include <algorithm>
#include <array>

namespace kmp {
namespace {

using polled::Action;
using polled::Time;
using namespace std::chrono_literals;

// The registers on the display; one request.
constexpr auto heat_and_water = std::to_array<std::uint16_t>({60, 68, 74, 80, 86, 87, 89, 99});
constexpr auto electricity =
    std::to_array<std::uint16_t>({1, 2, 1023, 1024, 1054, 1055, 1056, 1076, 1077, 1078});

constexpr std::uint16_t serial_number_register = 1001;

// The time of one character at 1200 baud is sufficient for the meter.
constexpr auto pause_between_requests = 20ms;
// The rest of a damaged answer is skipped before the request is repeated.
constexpr auto pause_after_damage = 200ms;
// The longest answer takes 0.8 s at 1200 baud.
constexpr auto longest_answer = 1500ms;

} // namespace

Session::Session(SessionOptions options, polled::OnRefusal<Error> on_refusal)
    : ProtocolSession(options.format, options.tries, options.settling, std::move(on_refusal)),
      options_(std::move(options)), is_second_choice_(!options_.registers.empty()) {
    if (options_.registers.empty())
        options_.registers.assign(heat_and_water.begin(), heat_and_water.end());
}

Request Session::request() const {
    switch (step_) {
    case Step::type:
        return Request::get_type();
    case Step::serial_register:
        return Request::get_registers(std::array{serial_number_register});
    case Step::registers:
        return Request::get_registers(std::span(options_.registers).subspan(requested_));
    default:
        return Request::get_serial_no();
    }
}

Action Session::act(Time now) {
    if (step_ == Step::begin) {
        step_ = Step::serial;
        return begin(now);
    }
    if (waiting_) {
        on_silence();
        return next(now);
    }
    waiting_ = true;
    echo_end_.reset();
    const Request request = this->request();
    request_size_ = request.octets().size();
    Action action = send(request.octets(), now, options_.timeout);
    due_.limit(due_.at() + longest_answer);
    return action;
}

void Session::on_silence() {
    waiting_ = false;
    if (const auto cut = deframer_.flush(); cut && !*cut && !is_of_echo(cut->error()))
        heard_ = true;
    if (!another_attempt())
        on_no_answer();
}

void Session::on_octet(Time now, std::uint8_t octet) {
    const auto result = deframer_.push(octet);
    if (result && *result)
        on_frame(now, **result);
    else if (result && waiting_)
        on_damage(now, result->error());
    else if (!result && octet == answer_start && waiting_)
        due_.extend(now + longest_answer);
    look_for_echo(octet);
    ++received_;
}

// The first octet since the request, or one that begins a request.
void Session::look_for_echo(std::uint8_t octet) {
    if (octet == request_start || (!echo_end_ && octet != 0))
        echo_end_ = received_ + (octet == answer_start ? 0 : request_size_);
}

bool Session::is_of_echo(const Damage& damage) const {
    return echo_end_ && damage.offset < *echo_end_;
}

// Only octets that certainly belong to the answer end the wait.
void Session::on_damage(Time now, const Damage& damage) {
    if (damage.error == Error::outside_frame || is_of_echo(damage))
        return;
    refuse(damage.error);
    if (damage.address == meter_address &&
        damage.command == static_cast<std::uint8_t>(request().command()))
        due_.shorten(now + pause_after_damage);
}

void Session::on_frame(Time now, const Frame& frame) {
    // An echo, a module's answer, or a late answer to an earlier request.
    if (!waiting_ || frame.is_request || frame.address != meter_address ||
        frame.command != static_cast<std::uint8_t>(request().command()) || !is_asked_for(frame))
        return;
    if (const auto taken = take_answer(frame, readout_); !taken) {
        refuse(taken.error());
        return;
    }
    waiting_ = false;
    due_.set(now + pause_between_requests);
    on_answer();
}

// A late answer to an earlier request has other registers.
bool Session::is_asked_for(const Frame& answer) const {
    if (step_ != Step::registers || answer.data.size() < 2)
        return true;
    const auto id = han::big_endian<std::uint16_t>(answer.data.data());
    const auto open = std::span(options_.registers).subspan(requested_);
    return std::ranges::count(open.first(std::min(open.size(), Request::most_registers)), id) > 0;
}

void Session::on_answer() {
    switch (step_) {
    case Step::serial_register:
        for (const auto& reading : readout_.list.readings)
            if (const auto* const number = std::get_if<han::Decimal>(&reading.value);
                number != nullptr && number->exponent == 0)
                readout_.list.meter_id = std::to_string(number->magnitude);
        readout_.list.names_meter = !readout_.list.meter_id.empty();
        if (readout_.list.meter_id
                .empty()) // the answer is from the meter whose number is already known
            readout_.list.meter_id = options_.known_id;
        readout_.clear();
        [[fallthrough]];
    case Step::serial:
        if (!options_.known_id.empty() && readout_.list.meter_id == options_.known_id) {
            readout_.list.meter_type = options_.known_type;
            go_to(Step::registers);
        } else {
            go_to(Step::type);
        }
        break;
    case Step::type:
        go_to(Step::registers);
        break;
    default:
        go_to_registers_behind(requested_ + Request::most_registers);
    }
}

// A meter may lack everything except its registers.
void Session::on_no_answer() {
    if (step_ == Step::serial)
        go_to(Step::serial_register);
    else if (step_ == Step::type)
        go_to(Step::registers);
    else
        fail();
}

void Session::go_to(Step step) {
    step_ = step;
    tried_ = 0;
}

void Session::go_to_registers_behind(std::size_t asked) {
    requested_ = asked;
    tried_ = 0;
    if (requested_ < options_.registers.size())
        return;
    if (readout_.list.readings.empty() && !is_second_choice_) {
        is_second_choice_ = true;
        options_.registers.assign(electricity.begin(), electricity.end());
        requested_ = 0;
        return;
    }
    if (readout_.list.readings.empty())
        fail(polled::Failure::no_values);
    else
        succeed();
}

} // namespace kmp
