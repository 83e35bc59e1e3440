// Flattens the A-XDR tree of a body; the forms are in cosem_values.hpp.
#include "han/list/cosem_values.hpp"

#include "han/base/byte_order.hpp"

#include <algorithm>
#include <utility>

namespace han::list {
namespace {

using dlms::DataType;
using dlms::Element;
using dlms::Error;
using dlms::Reader;

bool is_container(DataType tag) noexcept {
    return tag == DataType::structure || tag == DataType::array || tag == DataType::compact_array;
}

// Elements that follow the head of a container; a compact array is one value with all its contents.
std::size_t elements_in_line(const Element& element) noexcept {
    return element.tag == DataType::structure || element.tag == DataType::array ? element.count : 0;
}

bool is_obis(Element element) noexcept {
    return element.tag == DataType::octet_string && element.count == cosem::Obis::size;
}

// The six octets of an OBIS code in the message, or null.
using Code = const std::uint8_t*;

class Flattener {
  public:
    explicit Flattener(CosemValues& items) noexcept : items_(items) {}

    // The elements of a container whose head was read.
    std::expected<void, Error> elements(Reader& reader, Element head, unsigned depth) noexcept {
        if (depth == 0)
            return std::unexpected(Error::too_deep);
        if (head.tag == DataType::compact_array) {
            Reader inner = Reader::described(head);
            return elements_of(inner, head, depth);
        }
        return elements_of(reader, head, depth);
    }

  private:
    std::expected<void, Error> elements_of(Reader& reader, Element head, unsigned depth) noexcept {
        const bool is_compact = head.tag == DataType::compact_array;
        const bool share_type = is_compact || head.tag == DataType::array;
        const std::size_t type = reader.type_mark();
        Code code = nullptr; // of the next value, after the code was read
        std::uint32_t members = 0;
        std::uint32_t i = 0;
        for (; is_compact ? !reader.at_end() : i < head.count; ++i) {
            const std::size_t left = reader.left();
            if (share_type)
                reader.return_to_type(type);
            if (!share_type && code == nullptr) {
                i += take_pairs(reader, head.count - i);
                if (i == head.count)
                    break;
            }
            Element element;
            if (!reader.next_simple(element)) {
                const auto other = reader.next();
                if (!other)
                    return std::unexpected(other.error());
                element = *other;
            }
            if (!is_container(element.tag)) {
                if (!take(element, code))
                    return std::unexpected(Error::too_many_elements);
            } else if (!take_scaler_unit(reader, element)) {
                code = nullptr;
                ++members;
                scalable_ = nullptr;
                if (auto done = elements(reader, element, depth - 1); !done)
                    return done;
                scalable_ = nullptr;
            }
            // Only described elements can have no octets, and an array of such elements would never
            // end.
            if (share_type && reader.left() == left)
                return std::unexpected(Error::count_exceeds_rest);
        }
        const bool is_body = depth == Reader::max_depth;
        if (code != nullptr || (members > 0 && (!is_body || members < i)))
            items_.is_coded = false;
        return {};
    }

    // Fast path for the content of most lists: pairs of a code and a number or text. Stops at
    // anything else, and after at most `most` elements; returns the number of elements read.
    std::uint32_t take_pairs(Reader& reader, std::uint32_t most) noexcept {
        constexpr std::uint16_t code_head = 0x0906; // octet-string of six octets
        constexpr std::size_t code_at = 2;
        constexpr std::size_t tag_at = code_at + cosem::Obis::size;
        constexpr std::size_t least = tag_at + 3; // with a number of two octets
        const Bytes rest = reader.rest();
        const std::uint8_t* at = rest.data();
        const std::uint8_t* const end = at + rest.size();
        const std::span<CosemValue> room = items_.room();
        const std::size_t most_pairs = std::min<std::size_t>(most / 2, room.size());
        std::size_t pairs = 0;
        for (; pairs < most_pairs; ++pairs) {
            if (static_cast<std::size_t>(end - at) < least ||
                big_endian<std::uint16_t>(at) != code_head)
                break;
            const std::uint8_t* const code = at + code_at;
            const std::uint8_t* data = at + tag_at + 1;
            const DataType tag{at[tag_at]};
            CosemValue& item = room[pairs];
            std::uint32_t size = 0;
            item.is_integer = true;
            if (tag == DataType::double_long_unsigned && end - data >= 4) {
                size = 4;
                item.number = big_endian<std::uint32_t>(data);
            } else if (tag == DataType::long_unsigned || tag == DataType::long_signed) {
                size = 2;
                const auto number = big_endian<std::uint16_t>(data);
                item.number =
                    tag == DataType::long_signed ? static_cast<std::int16_t>(number) : number;
            } else if (tag == DataType::visible_string && *data < 0x80 && end - data > *data) {
                size = *data++;
                item.is_integer = false;
            } else {
                break;
            }
            item.set({.tag = tag, .count = size, .data = data}, code);
            at = data + size;
        }
        if (pairs > 0)
            scalable_ = &room[pairs - 1];
        items_.grow(pairs);
        reader.skip(static_cast<std::size_t>(at - rest.data()));
        return static_cast<std::uint32_t>(2 * pairs);
    }

    // A code, a value, or null-data to skip. Returns false if there is no room for the value.
    bool take(Element element, Code& code) noexcept {
        scalable_ = nullptr;
        if (code == nullptr && is_obis(element)) {
            code = element.data;
            return true;
        }
        if (code == nullptr && element.tag == DataType::null_data)
            return true;
        if (items_.full())
            return false;
        if (code == nullptr && !items_.rows().empty())
            items_.is_coded = false;
        CosemValue& item = items_.push(element, code);
        if (std::exchange(code, nullptr) != nullptr)
            scalable_ = &item;
        return true;
    }

    // Continues if a structure {integer, enum} follows a value with a code.
    bool take_scaler_unit(Reader& reader, Element head) noexcept {
        if (scalable_ == nullptr || head.tag != DataType::structure || head.count != 2)
            return false;
        Reader ahead = reader;
        const auto scaler = ahead.next();
        if (!scaler || scaler->tag != DataType::integer)
            return false;
        const auto unit = ahead.next();
        if (!unit || unit->tag != DataType::enumeration)
            return false;
        scalable_->has_scaler_unit = true;
        scalable_->scaler = static_cast<std::int8_t>(*scaler->data);
        scalable_->unit = cosem::Unit{*unit->data};
        scalable_ = nullptr;
        reader = ahead;
        return true;
    }

    CosemValues& items_;
    CosemValue* scalable_ = nullptr; // the previous value, if it had a code
};

} // namespace

std::expected<void, Error> flatten(Bytes body, CosemValues& items) noexcept {
    items.clear();
    items.body = body;
    items.is_coded = true;
    Reader reader(body);
    const auto head = reader.next();
    if (!head)
        return std::unexpected(head.error());
    items.container = head->tag;
    if (is_container(head->tag)) {
        if (auto done = Flattener(items).elements(reader, *head, Reader::max_depth); !done)
            return done;
    }
    if (!reader.at_end())
        return std::unexpected(Error::trailing_bytes);
    return {};
}

Head structure_head(const CosemValues& items) noexcept {
    Reader reader(items.body);
    const auto head = reader.next();
    if (!head || head->tag != DataType::structure)
        return {};
    return {.first = reader.next().value_or(Element{}), .count = head->count};
}

void take_positions(CosemValues& items) noexcept {
    items.clear();
    items.is_coded = true; // the caller takes the codes from its table
    Reader reader(items.body);
    const auto head = reader.next();
    if (!head || (head->tag != DataType::structure && head->tag != DataType::array))
        return;
    for (std::uint32_t i = 0; i < head->count && !items.full(); ++i) {
        const auto element = reader.next();
        if (!element)
            return;
        items.push(*element, nullptr);
        for (std::size_t inner = elements_in_line(*element); inner > 0; --inner) {
            const auto passed = reader.next();
            if (!passed)
                return;
            inner += elements_in_line(*passed);
        }
    }
}

void append_elements(std::string& text, CosemValues& items) {
    constexpr std::size_t most_groups = 12;
    take_positions(items);
    const auto rows = items.rows();
    text.append(std::to_string(rows.size())).append(rows.size() == 1 ? " element" : " elements");
    std::size_t groups = 0;
    for (std::size_t i = 0; i < rows.size();) {
        const DataType tag = rows[i].value.tag;
        const std::size_t first = i;
        while (i < rows.size() && rows[i].value.tag == tag)
            ++i;
        text.append(groups == 0 ? ": " : ", ");
        if (++groups > most_groups) {
            text.append("...");
            return;
        }
        if (i - first > 1)
            text.append(std::to_string(i - first)).append(" ");
        text.append(dlms::text(tag));
    }
}

} // namespace han::list
