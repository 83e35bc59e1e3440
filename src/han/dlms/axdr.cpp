// The A-XDR reader; the layout is in axdr.hpp.
#include "han/dlms/axdr.hpp"

#include "han/base/byte_order.hpp"

namespace han::dlms {

std::string_view text(DataType tag) noexcept {
    switch (tag) {
    case DataType::null_data:
        return "null-data";
    case DataType::array:
        return "array";
    case DataType::structure:
        return "structure";
    case DataType::boolean:
        return "boolean";
    case DataType::bit_string:
        return "bit-string";
    case DataType::double_long:
        return "double-long";
    case DataType::double_long_unsigned:
        return "double-long-unsigned";
    case DataType::floating_point:
        return "floating-point";
    case DataType::octet_string:
        return "octet-string";
    case DataType::visible_string:
        return "visible-string";
    case DataType::utf8_string:
        return "utf8-string";
    case DataType::bcd:
        return "bcd";
    case DataType::integer:
        return "integer";
    case DataType::long_signed:
        return "long";
    case DataType::unsigned_octet:
        return "unsigned";
    case DataType::long_unsigned:
        return "long-unsigned";
    case DataType::compact_array:
        return "compact-array";
    case DataType::long64:
        return "long64";
    case DataType::long64_unsigned:
        return "long64-unsigned";
    case DataType::enumeration:
        return "enum";
    case DataType::float32:
        return "float32";
    case DataType::float64:
        return "float64";
    case DataType::date_time:
        return "date-time";
    case DataType::date:
        return "date";
    case DataType::time:
        return "time";
    case DataType::dont_care:
        return "don't-care";
    }
    return "unknown";
}

std::expected<std::uint32_t, Error> read_length(Bytes bytes, std::size_t& at) noexcept {
    if (at == bytes.size())
        return std::unexpected(Error::truncated);
    const std::uint8_t first = bytes[at++];
    if (first < 0x80)
        return first;
    const std::size_t size = first & 0x7FU;
    if (size == 0 || size > 4)
        return std::unexpected(Error::bad_length);
    if (size > bytes.size() - at)
        return std::unexpected(Error::truncated);
    std::uint32_t length = 0;
    for (const std::uint8_t octet : bytes.subspan(at, size))
        length = length << 8U | octet;
    at += size;
    return length;
}

namespace {

template <class Unsigned>
std::int64_t unsigned_number(const Element& element) noexcept {
    return static_cast<std::int64_t>(big_endian<Unsigned>(element.data));
}

template <class Signed>
std::int64_t signed_number(const Element& element) noexcept {
    return static_cast<Signed>(big_endian<std::make_unsigned_t<Signed>>(element.data));
}

// Octets of the type description at `at`: a tag, for a structure a count and the types of its
// members, for an array a count in two octets and the type of its elements.
std::expected<std::size_t, Error> description_end(Bytes bytes, std::size_t at,
                                                  unsigned depth) noexcept {
    if (depth == 0)
        return std::unexpected(Error::too_deep);
    if (at == bytes.size())
        return std::unexpected(Error::truncated);
    const DataType tag{bytes[at++]};
    std::uint32_t types = 0;
    if (tag == DataType::structure) {
        const auto count = read_length(bytes, at);
        if (!count)
            return std::unexpected(count.error());
        if (*count > bytes.size() - at)
            return std::unexpected(Error::count_exceeds_rest);
        types = *count;
    } else if (tag == DataType::array) {
        if (bytes.size() - at < 2)
            return std::unexpected(Error::truncated);
        if (big_endian<std::uint16_t>(&bytes[at]) ==
            0) // otherwise its type would be read as the next one's
            return std::unexpected(Error::bad_length);
        at += 2;
        types = 1;
    } else if (tag == DataType::compact_array ||
               sizes[static_cast<std::uint8_t>(tag)] == tag_is_unknown) {
        return std::unexpected(Error::unknown_tag);
    }
    for (; types > 0; --types) {
        const auto end = description_end(bytes, at, depth - 1);
        if (!end)
            return end;
        at = *end;
    }
    return at;
}

} // namespace

bool read_integer(const Element& element, std::int64_t& value) noexcept {
    switch (element.tag) {
    case DataType::double_long_unsigned:
        value = unsigned_number<std::uint32_t>(element);
        return true;
    case DataType::long_unsigned:
        value = unsigned_number<std::uint16_t>(element);
        return true;
    case DataType::long_signed:
        value = signed_number<std::int16_t>(element);
        return true;
    case DataType::double_long:
        value = signed_number<std::int32_t>(element);
        return true;
    case DataType::long64:
        value = signed_number<std::int64_t>(element);
        return true;
    case DataType::unsigned_octet:
    case DataType::enumeration:
        value = unsigned_number<std::uint8_t>(element);
        return true;
    case DataType::integer:
    case DataType::bcd:
        value = signed_number<std::int8_t>(element);
        return true;
    default:
        return false;
    }
}

Reader Reader::described(const Element& compact_array) noexcept {
    // All of this was checked when the element was read.
    const Bytes bytes = compact_array.bytes();
    std::size_t at = *description_end(bytes, 0, max_depth);
    Reader reader(bytes);
    reader.types_ = bytes.first(at);
    (void)read_length(bytes, at);
    reader.bytes_ = bytes.subspan(at);
    reader.described_ = true;
    return reader;
}

std::expected<Element, Error> Reader::next() noexcept {
    const Bytes tags = described_ ? types_ : bytes_;
    std::size_t& tag_at = described_ ? type_at_ : at_;
    if (tag_at == tags.size())
        return std::unexpected(Error::truncated);
    const DataType tag{tags[tag_at++]};
    switch (tag) {
    case DataType::array:
    case DataType::structure:
        return container(tag);
    case DataType::compact_array:
        return compact_array();
    default:
        break;
    }
    const int size = sizes[static_cast<std::uint8_t>(tag)];
    if (size == tag_is_unknown)
        return std::unexpected(Error::unknown_tag);
    if (size >= 0)
        return take(tag, static_cast<std::uint64_t>(size), static_cast<std::uint32_t>(size));
    const auto length = read_length(bytes_, at_);
    if (!length)
        return std::unexpected(length.error());
    return take(tag, tag == DataType::bit_string ? (std::uint64_t{*length} + 7) / 8 : *length,
                *length);
}

std::expected<Element, Error> Reader::take(DataType tag, std::uint64_t size,
                                           std::uint32_t count) noexcept {
    if (size > left())
        return std::unexpected(Error::truncated);
    at_ += static_cast<std::size_t>(size);
    return Element{.tag = tag, .count = count, .data = bytes_.data() + at_ - size};
}

std::expected<Element, Error> Reader::container(DataType tag) noexcept {
    std::uint32_t count = 0;
    if (described_ && tag == DataType::array) {
        // The description was checked when the compact array was read.
        count = big_endian<std::uint16_t>(types_.data() + type_at_);
        type_at_ += 2;
    } else {
        const auto read = described_ ? read_length(types_, type_at_) : read_length(bytes_, at_);
        if (!read)
            return std::unexpected(read.error());
        count = *read;
    }
    // An element in line has at least one octet. Described elements may be empty, but the elements
    // of a structure have their types, and an array of empty elements has no meaning.
    const std::size_t most =
        described_ && tag == DataType::structure ? types_.size() - type_at_ : left();
    if (count > most)
        return std::unexpected(Error::count_exceeds_rest);
    return Element{.tag = tag, .count = count, .data = nullptr};
}

std::expected<Element, Error> Reader::compact_array() noexcept {
    const std::size_t begin = at_;
    const auto end = description_end(bytes_, at_, max_depth);
    if (!end)
        return std::unexpected(end.error());
    at_ = *end;
    const auto length = read_length(bytes_, at_);
    if (!length)
        return std::unexpected(length.error());
    const std::uint64_t size = std::uint64_t{at_ - begin} + *length;
    at_ = begin;
    return take(DataType::compact_array, size, static_cast<std::uint32_t>(size));
}

} // namespace han::dlms
