// Fuzzes the A-XDR reader, and what makes a list of its elements. The input is the body of a
// message. Of any octets:
// - an element lies within the input, reading goes on to an end, and the fast way of reading reads
//   what the general one does;
// - flattening gives the items that a plain reading finds, and refuses what that refuses;
// - a list is valid JSON, on one line.
#include "han/list/manufacturers.hpp"
#include "han/text/json_line.hpp"
#include "support/expect.hpp"
#include "support/json.hpp"
#include "support/plain_axdr.hpp"

#include <algorithm>
#include <functional>

namespace {

using han::Bytes;
using han::dlms::Reader;
using support::expect;

bool lies_within(Bytes inner, Bytes outer) {
    const std::less_equal<> not_behind;
    return inner.empty() || (not_behind(outer.data(), inner.data()) &&
                             not_behind(inner.data() + inner.size(), outer.data() + outer.size()));
}

bool equal(Bytes a, Bytes b) {
    return std::ranges::equal(a, b);
}

void check_simple(Reader reader, const han::dlms::Element& element, const Reader& behind) {
    han::dlms::Element simple;
    if (!reader.next_simple(simple))
        return;
    expect(simple.tag == element.tag && simple.count == element.count &&
               equal(simple.bytes(), element.bytes()) && reader.left() == behind.left(),
           "the fast way reads what the general one does");
}

// Reads element by element until the end or an error.
void walk(Reader reader, Bytes input, bool described) {
    while (!reader.at_end()) {
        if (described)
            reader.return_to_type(0);
        const Reader before = reader;
        const auto element = reader.next();
        if (!element)
            return;
        const bool is_container = element->tag == han::dlms::DataType::structure ||
                                  element->tag == han::dlms::DataType::array;
        if (!is_container)
            expect(lies_within(element->bytes(), input), "an element lies within the input");
        check_simple(before, *element, reader);
        if (element->tag == han::dlms::DataType::compact_array)
            walk(Reader::described(*element), input, true);
        if (reader.left() == before.left()) {
            expect(described, "an element in line takes an octet");
            return;
        }
        expect(reader.left() < before.left(), "what is left becomes less");
    }
}

bool equal(const han::list::CosemValue& item, const support::PlainItem& plain) {
    if (static_cast<std::uint8_t>(item.value.tag) != plain.tag ||
        (item.value.tag == han::dlms::DataType::bit_string && item.value.count != plain.bits) ||
        !equal(item.value.bytes(), plain.bytes) ||
        (item.code != nullptr) != plain.code.has_value() ||
        item.has_scaler_unit != plain.scaler_unit.has_value())
        return false;
    if (plain.code && !equal({item.code, plain.code->size()}, *plain.code))
        return false;
    return !plain.scaler_unit ||
           (static_cast<std::uint8_t>(item.scaler) == (*plain.scaler_unit)[0] &&
            static_cast<std::uint8_t>(item.unit) == (*plain.scaler_unit)[1]);
}

void flatten(Bytes input) {
    han::list::CosemValues items;
    const auto plain = support::PlainAxdr::read(input);
    const bool flat = han::list::flatten(input, items).has_value();
    expect(flat == plain.has_value(), "what a plain reading refuses is refused, and nothing else");
    if (!flat)
        return;
    expect(std::ranges::equal(items.rows(), plain->items,
                              [](const auto& a, const auto& b) { return equal(a, b); }),
           "the items are those of a plain reading");
    expect(items.is_coded == plain->is_coded, "and so is whether their codes are certain");
    han::list::List list;
    han::list::KnownMeters known;
    if (!han::list::read_list(items, list, known))
        return;
    std::string line;
    han::text::append_json(line, list);
    expect(support::Json::valid(line), "a list is valid JSON");
    expect(line.find('\n') == std::string::npos, "a list is one line");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    walk(Reader(input), input, false);
    flatten(input);
    return 0;
}
