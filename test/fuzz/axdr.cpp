// Fuzzes the A-XDR reader, and what makes a list of its elements. The input is the body of a
// message. Of any octets:
// - an element lies within the input, and reading goes on to an end;
// - what is flattened lies within the input and is as long as is allowed at most;
// - a list is valid JSON, on one line.
#include "han/list/makers.hpp"
#include "han/text/json_line.hpp"
#include "support/expect.hpp"
#include "support/json.hpp"

#include <functional>

namespace {

using han::Bytes;
using support::expect;

bool lies_within(Bytes inner, Bytes outer) {
    const std::less_equal<> not_behind;
    return inner.empty() || (not_behind(outer.data(), inner.data()) &&
                             not_behind(inner.data() + inner.size(), outer.data() + outer.size()));
}

// Reads element by element until the end or an error.
void walk(han::dlms::Reader reader, Bytes input, bool described) {
    while (!reader.at_end()) {
        const std::size_t left = reader.left();
        if (described)
            reader.return_to_type(0);
        const auto element = reader.next();
        if (!element)
            return;
        expect(lies_within(element->bytes, input), "an element lies within the input");
        expect(lies_within(element->description, input), "a description lies within the input");
        if (element->tag == han::dlms::Tag::compact_array)
            walk(han::dlms::Reader::described(*element), input, true);
        if (reader.left() == left) {
            expect(described, "an element in line takes an octet");
            return;
        }
        expect(reader.left() < left, "what is left becomes less");
    }
}

void flatten(Bytes input) {
    han::list::Items items;
    if (!han::list::flatten(input, items))
        return;
    expect(items.rows.size() <= han::list::Items::most, "no more items than allowed");
    for (const han::list::Item& item : items.rows)
        expect(lies_within(item.value.bytes, input), "an item lies within the input");
    han::list::List list;
    if (!han::list::read_list(items, list))
        return;
    std::string line;
    han::text::append_json(line, list);
    expect(support::Json::valid(line), "a list is valid JSON");
    expect(line.find('\n') == std::string::npos, "a list is one line");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    walk(han::dlms::Reader(input), input, false);
    flatten(input);
    return 0;
}
