// Flattens the body of a message into a row of values, whatever its form:
//
//   pairs       structure of [list id,] octet-string(6) OBIS, value, OBIS, value …   Kamstrup
//   members     array of structure { OBIS, value [, scaler_unit] }                   Aidon
//   positions   structure of values only; see take_positions                         Kaifa
//
// An octet-string of 6 octets is the OBIS code of the value after it. A structure {integer, enum}
// after a value is its scaler_unit (Blue Book 4.3.2). null-data in place of a code is skipped. Any
// other container is flattened too, but the body is then not coded: see is_coded.
#pragma once

#include "han/cosem/obis.hpp"
#include "han/dlms/axdr.hpp"

#include <array>
#include <span>
#include <string>

namespace han::list {

/// A value with its code and scaler_unit.
struct CosemValue {
    dlms::Element value;
    const std::uint8_t* code =
        nullptr; ///< six octets of OBIS code in the message or in a table; null if there is no code
    std::int64_t number = 0; ///< the value, if it is an integer that fits
    bool is_integer = false;
    bool has_scaler_unit = false;
    std::int8_t scaler = 0;
    cosem::Unit unit = cosem::Unit::none;

    [[nodiscard]] cosem::Obis obis() const noexcept { return cosem::Obis::read(code); }

    /// A value without scaler_unit. It is set field by field: copying a freshly written element as
    /// a whole would wait until its parts reach the cache.
    void set(dlms::Element element, const std::uint8_t* octets) noexcept {
        value.tag = element.tag;
        value.count = element.count;
        value.data = element.data;
        code = octets;
        has_scaler_unit = false;
    }
};

/// The values of one message, stored in place: nothing is allocated per message.
class CosemValues {
  public:
    /// Limit on the number of values; the longest known list has 33.
    static constexpr std::size_t most = 512;

    Bytes body{};                                         ///< of the message
    dlms::DataType container = dlms::DataType::null_data; ///< of the body: structure or array
    /// True if each value except the first has its own code: the body consists only of pairs, or
    /// only of containers of such pairs, and no code lacks a value. In any other body it is not
    /// certain which code belongs to which value.
    bool is_coded = true;

    [[nodiscard]] std::span<CosemValue> rows() noexcept { return std::span(rows_).first(size_); }
    [[nodiscard]] std::span<const CosemValue> rows() const noexcept {
        return std::span(rows_).first(size_);
    }
    [[nodiscard]] bool full() const noexcept { return size_ == most; }

    /// Rows not in use; they still hold data of earlier messages. grow() takes the first of them.
    [[nodiscard]] std::span<CosemValue> room() noexcept { return std::span(rows_).subspan(size_); }
    void grow(std::size_t count) noexcept { size_ += count; }

    /// Call this only if not full().
    CosemValue& push(dlms::Element value, const std::uint8_t* code) noexcept {
        CosemValue& item = rows_[size_++];
        item.set(value, code);
        item.is_integer = dlms::read_integer(value, item.number);
        return item;
    }
    void clear() noexcept { size_ = 0; }

  private:
    std::array<CosemValue, most> rows_;
    std::size_t size_ = 0;
};

/// Flattens the whole of `body` into `items`. Errors: those of dlms::Reader, too_deep,
/// too_many_elements, trailing_bytes.
[[nodiscard]] std::expected<void, dlms::Error> flatten(Bytes body, CosemValues& items) noexcept;

/// The first element of a flattened body that is a structure, and its number of elements.
struct Head {
    dlms::Element first; ///< null-data if there is none
    std::uint32_t count = 0;
};
[[nodiscard]] Head structure_head(const CosemValues& items) noexcept;

/// Replaces the rows of a flattened body by one row for each of its elements, in their order.
/// null-data, containers (only their head) and octet-strings of six octets are elements like any
/// other. For lists in which the position identifies a value. Stops at `most`.
void take_positions(CosemValues& items) noexcept;

/// Appends a summary of a flattened body for people:
/// "14 elements: 3 octet-string, 6 double-long-unsigned, null-data, 4 double-long-unsigned".
void append_elements(std::string& text, CosemValues& items);

} // namespace han::list
