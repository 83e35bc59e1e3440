// Flattens the A-XDR tree of a body; the forms stand in items.hpp.
#include "han/list/items.hpp"

#include <utility>

namespace han::list {
namespace {

using dlms::Element;
using dlms::Error;
using dlms::Reader;
using dlms::Tag;

bool is_container(Tag tag) noexcept {
    return tag == Tag::structure || tag == Tag::array || tag == Tag::compact_array;
}

bool is_obis(const Element& element) noexcept {
    return element.tag == Tag::octet_string && element.bytes.size() == cosem::Obis::size;
}

using Code = std::optional<cosem::Obis>;

class Flattener {
  public:
    explicit Flattener(std::vector<Item>& rows) noexcept : rows_(rows) {}

    // The elements of a container whose head was read. Values without a code of their own belong to
    // `outer`, the code that stood before the container.
    std::expected<void, Error> elements(Reader& reader, const Element& head, unsigned depth,
                                        const Code& outer) {
        if (depth == 0)
            return std::unexpected(Error::too_deep);
        if (head.tag == Tag::compact_array)
            return compact(Reader::described(head), depth, outer);
        const std::size_t type = reader.type_mark();
        Code code;
        for (std::uint32_t i = 0; i < head.count; ++i) {
            const std::size_t left = reader.left();
            if (head.tag == Tag::array)
                reader.return_to_type(type);
            if (auto done = element(reader, depth, code, outer); !done)
                return done;
            // Only a described array can have elements without octets; nothing would end it.
            if (head.tag == Tag::array && reader.left() == left)
                return std::unexpected(Error::count_exceeds_rest);
        }
        return {};
    }

  private:
    std::expected<void, Error> compact(Reader reader, unsigned depth, const Code& outer) {
        Code code;
        while (!reader.at_end()) {
            const std::size_t left = reader.left();
            reader.return_to_type(0);
            if (auto done = element(reader, depth, code, outer); !done)
                return done;
            if (reader.left() == left)
                return std::unexpected(Error::count_exceeds_rest);
        }
        return {};
    }

    // One element of a container; `code` is the OBIS code before it that has no value yet.
    std::expected<void, Error> element(Reader& reader, unsigned depth, Code& code,
                                       const Code& outer) {
        const auto element = reader.next();
        if (!element)
            return std::unexpected(element.error());
        const bool behind_value = std::exchange(behind_value_, false);
        if (is_container(element->tag)) {
            if (behind_value && take_scaler_unit(reader, *element))
                return {};
            const Code owner = code ? std::exchange(code, std::nullopt) : outer;
            auto done = elements(reader, *element, depth - 1, owner);
            behind_value_ = false;
            return done;
        }
        if (!code && is_obis(*element)) {
            code = cosem::Obis::read(element->bytes);
            return {};
        }
        if (!code && element->tag == Tag::null_data)
            return {};
        if (rows_.size() == Items::most)
            return std::unexpected(Error::too_many_elements);
        behind_value_ = code.has_value();
        rows_.push_back({.obis = code ? code : outer, .value = *element, .scaler_unit = {}});
        code.reset();
        return {};
    }

    // Reads on where a structure {integer, enum} follows its head.
    bool take_scaler_unit(Reader& reader, const Element& head) {
        if (head.tag != Tag::structure || head.count != 2)
            return false;
        Reader ahead = reader;
        const auto scaler = ahead.next();
        if (!scaler || scaler->tag != Tag::integer)
            return false;
        const auto unit = ahead.next();
        if (!unit || unit->tag != Tag::enumeration)
            return false;
        rows_.back().scaler_unit = ScalerUnit{.scaler = static_cast<std::int8_t>(scaler->bytes[0]),
                                              .unit = cosem::Unit{unit->bytes[0]}};
        reader = ahead;
        return true;
    }

    std::vector<Item>& rows_;
    bool behind_value_ = false; // the element before this one was a value with a code
};

} // namespace

std::expected<void, Error> flatten(Bytes body, Items& items) {
    items.rows.clear();
    Reader reader(body);
    const auto head = reader.next();
    if (!head)
        return std::unexpected(head.error());
    items.container = head->tag;
    if (is_container(head->tag)) {
        if (auto done = Flattener(items.rows).elements(reader, *head, Reader::max_depth, {}); !done)
            return done;
    }
    if (!reader.at_end())
        return std::unexpected(Error::trailing_bytes);
    return {};
}

} // namespace han::list
