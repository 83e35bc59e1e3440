// Extracts frames from a stream; the form is in deframer.hpp.
#include "kmp/deframer.hpp"

#include "kmp/crc.hpp"

#include <utility>

namespace kmp {
namespace {

constexpr std::size_t crc_size = 2;
constexpr std::size_t header_size = 2; // address, command

constexpr bool is_stuffed(std::uint8_t octet) noexcept {
    return octet == request_start || octet == answer_start || octet == frame_end ||
           octet == acknowledge || octet == escape;
}

constexpr std::uint8_t complement(std::uint8_t octet) noexcept {
    return static_cast<std::uint8_t>(~octet);
}

} // namespace

// Reports the octets before the current one, if they are worth reporting.
Deframer::Result Deframer::pending() {
    const auto noise = std::exchange(noise_, 0);
    const bool has_header = content_.size() >= header_size;
    const std::uint8_t address = has_header ? content_[0] : 0;
    const std::uint8_t command = has_header ? content_[1] : 0;
    switch (std::exchange(state_, State::outside)) {
    case State::outside:
        if (noise > 0)
            return std::unexpected(
                Damage{.offset = start_, .size = noise, .error = Error::outside_frame});
        return std::nullopt;
    case State::refused:
        return std::unexpected(
            Damage{.offset = start_, .error = error_, .address = address, .command = command});
    default:
        return std::unexpected(Damage{
            .offset = start_, .error = Error::incomplete, .address = address, .command = command});
    }
}

Deframer::Result Deframer::begin(std::uint8_t octet) {
    Result before = pending();
    state_ = State::inside;
    start_ = count_ - 1;
    is_request_ = octet == request_start;
    content_.clear();
    return before;
}

Deframer::Result Deframer::end() {
    if (state_ != State::inside)
        return pending();
    if (content_.size() < header_size + crc_size)
        refuse(Error::too_short);
    else if (crc(content_) != 0)
        refuse(Error::bad_crc);
    if (state_ == State::refused)
        return pending();
    state_ = State::outside;
    const han::Bytes content(content_);
    return Frame{.offset = start_,
                 .is_request = is_request_,
                 .address = content[0],
                 .command = content[1],
                 .data = content.subspan(header_size, content.size() - header_size - crc_size)};
}

void Deframer::refuse(Error error) noexcept {
    state_ = State::refused;
    error_ = error;
}

Deframer::Result Deframer::push(std::uint8_t octet) {
    ++count_;
    if (octet == request_start || octet == answer_start)
        return begin(octet);
    switch (state_) {
    case State::outside:
        if (octet == 0 && noise_ == 0)
            return std::nullopt;
        if (noise_++ == 0)
            start_ = count_ - 1;
        return std::nullopt;
    case State::inside:
    case State::escaped:
        break;
    case State::refused:
        return octet == frame_end ? pending() : std::nullopt;
    }
    if (octet == frame_end)
        return end();
    if (state_ == State::inside && octet == escape) {
        state_ = State::escaped;
        return std::nullopt;
    }
    if (state_ == State::escaped) {
        octet = complement(octet);
        state_ = State::inside;
        if (!is_stuffed(octet))
            refuse(Error::bad_stuffing);
    }
    if (content_.size() == longest)
        refuse(Error::too_long);
    else
        content_.push_back(octet);
    return std::nullopt;
}

Deframer::Result Deframer::flush() {
    return pending();
}

} // namespace kmp
