// Fuzzes the hex reader. Of any octets:
// - what detect() has told from a beginning it tells from every longer one;
// - chunks of any size give the octets and the errors of the whole; an octet takes two characters
// at
//   least;
// - octets written as hex text in one of its forms are told to be hex text and read back.
#include "han/text/hex_reader.hpp"

#include "support/cuts.hpp"
#include "support/expect.hpp"

#include <string>
#include <tuple>

namespace {

using han::Bytes;
using han::text::Form;
using support::expect;

std::string_view characters(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes octets_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

struct Read {
    std::vector<std::uint8_t> octets;
    std::vector<han::text::HexError> errors;
};

bool equal(const Read& a, const Read& b) {
    const auto place = [](const han::text::HexError& error) {
        return std::tuple(error.line, error.column, error.character);
    };
    return a.octets == b.octets && std::ranges::equal(a.errors, b.errors, {}, place, place);
}

Read read(Bytes input, const std::vector<support::Cut>& cuts) {
    Read result;
    han::text::HexReader reader;
    std::size_t begin = 0;
    for (const support::Cut& cut : cuts) {
        const std::string chunk(characters(input.subspan(begin, cut.end - begin)));
        reader.feed(chunk, result.octets, result.errors);
        begin = cut.end;
    }
    reader.finish(result.octets, result.errors);
    return result;
}

// The format does not change once it is detected.
void check_detection(Bytes input, const std::vector<support::Cut>& cuts) {
    std::optional<Form> told;
    for (const support::Cut& cut : cuts) {
        const auto form = han::text::detect(input.first(cut.end), cut.end == input.size());
        expect(!told || form == told, "a form told from a beginning is told from more of it");
        told = form;
    }
    expect(told.has_value() || input.empty(), "a complete capture has a form");
}

// The octets as hex text, in forms that they choose themselves.
std::string written(Bytes octets) {
    constexpr std::string_view upper = "0123456789ABCDEF";
    constexpr std::string_view lower = "0123456789abcdef";
    std::string text = "# a capture [not a time\n";
    unsigned mix = 1;
    for (const std::uint8_t octet : octets) {
        mix = (mix ^ octet) * 0x01000193U;
        const auto digits = (mix & 0x100U) != 0 ? upper : lower;
        switch (mix >> 16U & 7U) {
        case 0:
            text += ", 0x";
            break;
        case 1:
            text += "\n[2026-11-20T15:59:30.412Z] ";
            break;
        case 2:
            text += " # 7E\r\n\t";
            break;
        case 3:
            text += ' ';
            break;
        default:
            break;
        }
        text += digits[octet >> 4U];
        text += digits[octet & 0xFU];
    }
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    const auto cuts = support::cuts(input);
    check_detection(input, cuts);

    const Read whole = read(input, {{.end = size}});
    expect(equal(whole, read(input, cuts)), "chunks give what the whole gives");
    expect(whole.octets.size() <= size / 2, "an octet takes two characters at least");

    const std::string text = written(input);
    const Bytes hex = octets_of(text);
    expect(han::text::detect(hex, true) == Form::hex_text, "hex text is told to be hex text");
    const Read back = read(hex, {{.end = hex.size()}});
    expect(back.errors.empty() && std::ranges::equal(back.octets, input), "hex text is read back");
    return 0;
}
