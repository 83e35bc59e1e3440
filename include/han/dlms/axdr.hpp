// A-XDR (IEC 61334-6 as used by DLMS, Green Book 9.5): a pull reader for tagged values.
//
//   tag 1, then by tag: nothing, a number of fixed size (big-endian), length and octets, or a count
//   of elements. Length and count: below 80 in one octet, else 81 xx … 84 xxxxxxxx.
//
// A compact array stores its tags separately from its contents:
//   13, type description, length, contents
// The reader then takes the tags from the description; see Reader::described.
#pragma once

#include "han/base/bytes.hpp"
#include "han/dlms/error.hpp"

#include <array>
#include <cstddef>
#include <expected>
#include <string_view>

namespace han::dlms {

enum class DataType : std::uint8_t {
    null_data = 0x00,
    array = 0x01,
    structure = 0x02,
    boolean = 0x03,
    bit_string = 0x04,
    double_long = 0x05,
    double_long_unsigned = 0x06,
    floating_point = 0x07,
    octet_string = 0x09,
    visible_string = 0x0A,
    utf8_string = 0x0C,
    bcd = 0x0D,
    integer = 0x0F,
    long_signed = 0x10,
    unsigned_octet = 0x11,
    long_unsigned = 0x12,
    compact_array = 0x13,
    long64 = 0x14,
    long64_unsigned = 0x15,
    enumeration = 0x16,
    float32 = 0x17,
    float64 = 0x18,
    date_time = 0x19,
    date = 0x1A,
    time = 0x1B,
    dont_care = 0xFF
};

/// The name in the Green Book: "double-long-unsigned".
[[nodiscard]] std::string_view text(DataType tag) noexcept;

/// Reads the length or count at `at` and advances `at` past it. Errors: truncated, bad_length.
[[nodiscard]] std::expected<std::uint32_t, Error> read_length(Bytes bytes,
                                                              std::size_t& at) noexcept;

/// Number of octets that follow a tag if it is fixed; otherwise one of the values below.
inline constexpr std::int8_t length_follows = -1;  ///< a length in octets
inline constexpr std::int8_t size_is_special = -2; ///< containers, bit-string, compact array
inline constexpr std::int8_t tag_is_unknown =
    -3; ///< also the obsolete time (0B): its size is not defined

inline constexpr auto sizes = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(tag_is_unknown);
    const auto set = [&](std::int8_t size, auto... tags) {
        ((table[static_cast<std::uint8_t>(tags)] = size), ...);
    };
    set(0, DataType::null_data, DataType::dont_care);
    set(1, DataType::boolean, DataType::bcd, DataType::integer, DataType::unsigned_octet,
        DataType::enumeration);
    set(2, DataType::long_signed, DataType::long_unsigned);
    set(4, DataType::double_long, DataType::double_long_unsigned, DataType::floating_point,
        DataType::float32, DataType::time);
    set(5, DataType::date);
    set(8, DataType::long64, DataType::long64_unsigned, DataType::float64);
    set(12, DataType::date_time);
    set(length_follows, DataType::octet_string, DataType::visible_string, DataType::utf8_string);
    set(size_is_special, DataType::array, DataType::structure, DataType::bit_string,
        DataType::compact_array);
    return table;
}();

/// One value, or the head of a container. Small, because every value of every list needs one.
struct Element {
    DataType tag = DataType::null_data;
    std::uint32_t count =
        0; ///< elements of an array or structure; bits of a bit-string; else octets
    const std::uint8_t* data =
        nullptr; ///< contents; for a compact array, the description followed by the contents

    [[nodiscard]] Bytes bytes() const noexcept {
        return {data, tag == DataType::bit_string ? (std::size_t{count} + 7) / 8 : count};
    }
};

/// Integers of all types except long64-unsigned, which does not fit. For any other element returns
/// false and leaves `value` unchanged.
[[nodiscard]] bool read_integer(const Element& element, std::int64_t& value) noexcept;

/// Reads values one after the other. For a container it returns the head only; the elements are the
/// next values. Every length and count is checked against the remaining octets before it is used.
class Reader {
  public:
    /// Callers should not follow containers nested deeper than this.
    static constexpr unsigned max_depth = 8;

    explicit Reader(Bytes bytes) noexcept : bytes_(bytes) {}

    /// Reads the elements of a compact array.
    [[nodiscard]] static Reader described(const Element& compact_array) noexcept;

    /// The next value. Errors: truncated, unknown_tag, bad_length, count_exceeds_rest, too_deep (in
    /// a type description).
    [[nodiscard]] std::expected<Element, Error> next() noexcept;

    /// Fast path of next() for simple values (nearly all): the tag is in line, and the size is
    /// fixed or given by one octet. Returns false and reads nothing if next() is needed. The result
    /// is the same as with next().
    [[nodiscard]] bool next_simple(Element& element) noexcept;

    [[nodiscard]] std::size_t left() const noexcept { return bytes_.size() - at_; }
    [[nodiscard]] bool at_end() const noexcept { return left() == 0; }

    /// The octets not yet read; the position does not change. Empty if the tags are separate from
    /// the contents.
    [[nodiscard]] Bytes rest() const noexcept { return described_ ? Bytes{} : bytes_.subspan(at_); }
    /// Skips octets that the caller has read from rest().
    void skip(std::size_t count) noexcept { at_ += count; }

    /// The position of the next element's type. The elements of an array share one type, so the
    /// caller returns to this position before each element. Without a description, both functions
    /// do nothing.
    [[nodiscard]] std::size_t type_mark() const noexcept { return type_at_; }
    void return_to_type(std::size_t mark) noexcept { type_at_ = mark; }

  private:
    [[nodiscard]] std::expected<Element, Error> take(DataType tag, std::uint64_t size,
                                                     std::uint32_t count) noexcept;
    [[nodiscard]] std::expected<Element, Error> with_length(DataType tag) noexcept;
    [[nodiscard]] std::expected<Element, Error> container(DataType tag) noexcept;
    [[nodiscard]] std::expected<Element, Error> compact_array() noexcept;

    Bytes bytes_;
    std::size_t at_ = 0;
    Bytes types_; // tags in order, if they are not in line
    std::size_t type_at_ = 0;
    bool described_ = false;
};

inline bool Reader::next_simple(Element& element) noexcept {
    if (described_ || at_ >= bytes_.size())
        return false;
    const std::uint8_t tag = bytes_[at_];
    int size = sizes[tag];
    std::size_t begin = at_ + 1;
    if (size == length_follows && begin < bytes_.size() && bytes_[begin] < 0x80)
        size = bytes_[begin++];
    if (size < 0 || static_cast<std::size_t>(size) > bytes_.size() - begin)
        return false;
    at_ = begin + static_cast<std::size_t>(size);
    element.tag = DataType{tag};
    element.count = static_cast<std::uint32_t>(size);
    element.data = bytes_.data() + begin;
    return true;
}

} // namespace han::dlms
