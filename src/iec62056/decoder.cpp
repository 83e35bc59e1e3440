// Streams to lists; see decoder.hpp.
#include "iec62056/decoder.hpp"

#include "iec62056/data_set.hpp"

#include <algorithm>
#include <utility>

namespace iec62056 {
namespace {

constexpr std::uint8_t seven_bits = 0x7F;
constexpr std::size_t longest_line = 256;
constexpr std::string_view short_request = "/#1";
constexpr char acknowledge = '\x06';

bool is_short_answer_character(std::uint8_t octet) {
    const char c = static_cast<char>(octet & seven_bits);
    return c == ' ' || (c >= '0' && c <= '9');
}

// Sign-on, request of a short readout, acknowledgement.
bool is_of_reader(std::string_view line) {
    constexpr std::size_t acknowledgement_size = 4;
    return line.starts_with("/?") || line == short_request ||
           (line.starts_with(acknowledge) && line.size() == acknowledgement_size);
}

} // namespace

void Decoder::feed(han::Bytes octets) {
    for (const std::uint8_t octet : octets)
        push(octet);
}

void Decoder::flush() {
    if (block_.reset())
        refuse(Error::incomplete, start_);
    end_line();
}

void Decoder::refuse(Error error, std::uint64_t offset, std::uint64_t size) {
    listener_.on_refusal({.offset = offset, .size = size, .reason = reason(error)});
}

void Decoder::push(std::uint8_t octet) {
    ++count_;
    const char character = static_cast<char>(octet & seven_bits);
    // In a block "/" occurs only in a unit; elsewhere it begins the next conversation.
    if (character == '/' && block_.is_inside() && !block_.is_in_unit()) {
        block_.reset();
        refuse(Error::incomplete, start_);
    }
    if (block_.is_inside()) {
        take_block(block_.push(octet));
    } else if (character == start_of_text) {
        end_line();
        start_ = count_ - 1;
        take_block(block_.push(octet));
    } else {
        push_to_line(octet);
    }
}

void Decoder::push_to_line(std::uint8_t octet) {
    // "/#1" has no line end of its own, and the answer is all digits.
    if (short_requested_ && is_short_answer_character(octet))
        end_line();
    if (line_.empty())
        start_ = count_ - 1;
    line_.push_back(octet);
    short_requested_ =
        line_.size() == short_request.size() && without_parity(line_) == short_request;
    const char character = static_cast<char>(octet & seven_bits);
    if (character == '\r' || character == '\n' || line_.size() == longest_line)
        end_line();
}

void Decoder::take_block(const BlockReader::Result& result) {
    if (result && *result)
        on_block(**result);
    else if (result)
        refuse(result->error(), start_);
}

void Decoder::end_line() {
    const std::vector<std::uint8_t> octets = std::exchange(line_, {});
    short_requested_ = false;
    const auto line = without_parity(octets);
    if (!line) {
        refuse(Error::bad_parity, start_);
        return;
    }
    std::string_view text = *line;
    while (text.ends_with('\r') || text.ends_with('\n'))
        text.remove_suffix(1);
    // Wake-up octets, and the reader's request for a repetition.
    while (text.starts_with('\0') || text.starts_with(static_cast<char>(not_acknowledged)))
        text.remove_prefix(1);
    if (!text.empty())
        on_line(text);
}

void Decoder::on_line(std::string_view line) {
    const bool is_digits = std::ranges::all_of(
        line, [](char c) { return is_short_answer_character(static_cast<std::uint8_t>(c)); });
    if (is_digits) {
        readout_.clear();
        readout_.list.offset = start_;
        if (const auto taken = take_short_readout(line, scaling_, readout_); !taken) {
            refuse(taken.error(), start_);
        } else {
            ++intact_;
            listener_.on_list(readout_.list);
        }
    } else if (const auto who = identification(line)) {
        ++intact_;
        maker_ = who->maker_name();
        readout_.list.meter_type = who->text;
        block_ = BlockReader(who->check());
    } else if (!is_of_reader(line)) {
        refuse(Error::outside_block, start_, line.size());
    }
}

void Decoder::on_block(const std::string& text) {
    ++intact_;
    readout_.clear();
    readout_.list.manufacturer = maker_;
    readout_.list.offset = start_;
    const auto sets = data_sets(text);
    if (!sets) {
        listener_.on_refusal({.offset = start_ + 1 + sets.error().at, // after STX
                              .size = 0,
                              .reason = reason(Error::bad_data_set),
                              .detail = sets.error().text});
        return;
    }
    readout_.list.meter_id.clear();
    take(*sets, readout_);
    listener_.on_list(readout_.list);
}

} // namespace iec62056
