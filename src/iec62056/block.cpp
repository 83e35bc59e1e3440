// Extracts blocks from characters; see block.hpp.
#include "iec62056/block.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace iec62056 {
namespace {

constexpr std::uint8_t seven_bits = 0x7F;

Check other(Check check) {
    return check == Check::sum ? Check::exclusive_or : Check::sum;
}

han::Bytes octets_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace

std::uint8_t check_character(Check check, han::Bytes octets) noexcept {
    unsigned result = 0;
    for (const std::uint8_t octet : octets)
        result = check == Check::sum ? result + octet : result ^ octet;
    return static_cast<std::uint8_t>(result & seven_bits);
}

std::optional<std::string> without_parity(han::Bytes octets) {
    const bool has_parity =
        std::ranges::any_of(octets, [](std::uint8_t octet) { return octet > seven_bits; });
    std::string text;
    text.reserve(octets.size());
    for (const std::uint8_t octet : octets) {
        if (has_parity && std::popcount(octet) % 2 != 0)
            return std::nullopt;
        text += static_cast<char>(octet & seven_bits);
    }
    return text;
}

BlockReader::Result BlockReader::push(std::uint8_t octet) {
    const std::uint8_t character = octet & seven_bits;
    if (state_ == State::at_bcc)
        return end(octet);
    if (state_ == State::outside) {
        if (character == start_of_text) {
            state_ = State::inside;
            octets_.push_back(octet);
        }
        return std::nullopt;
    }
    if (octets_.size() == longest) {
        reset();
        return std::unexpected(Error::too_long);
    }
    octets_.push_back(octet);
    if (character == end_of_text)
        state_ = State::at_bcc;
    return std::nullopt;
}

BlockReader::Result BlockReader::end(std::uint8_t bcc) {
    octets_.push_back(bcc);
    auto text = without_parity(octets_);
    reset();
    if (!text)
        return std::unexpected(Error::bad_parity);
    // Two blocks, the first without its end, or a damaged octet. What begins there must not be
    // accepted as a block: one in 128 would pass by its check character.
    if (text->find(static_cast<char>(start_of_text), 1) < text->size() - 1)
        return std::unexpected(Error::incomplete);
    const auto character = static_cast<std::uint8_t>(text->back());
    text->pop_back();
    text->erase(0, 1);
    if (!fits(*text, character))
        return std::unexpected(Error::bad_bcc);
    text->pop_back(); // ETX
    return std::move(*text);
}

// Damage that one check character detects matches the other one by chance, once in 128 times, but
// not twice in a row. So a meter that uses an unexpected check character is accepted once it
// repeats the block.
bool BlockReader::fits(const std::string& text, std::uint8_t bcc) {
    const auto is = [&](Check check) { return check_character(check, octets_of(text)) == bcc; };
    if (!check_)
        return is(Check::exclusive_or) || is(Check::sum);
    if (is(*check_))
        return true;
    if (!is(other(*check_)))
        return false;
    if (odd_one_ == text) {
        check_ = other(*check_);
        return true;
    }
    odd_one_ = text;
    return false;
}

bool BlockReader::is_in_unit() const noexcept {
    for (std::size_t i = octets_.size(); i > 0; --i) {
        const std::uint8_t character = octets_[i - 1] & seven_bits;
        if (character == '*')
            return state_ == State::inside;
        if (character == '(' || character == ')' || character < ' ')
            break;
    }
    return false;
}

bool BlockReader::reset() noexcept {
    octets_.clear();
    return std::exchange(state_, State::outside) != State::outside;
}

} // namespace iec62056
