// A message's body as a flat row of values, whatever its form:
//
//   pairs       structure of [list id,] octet-string(6) OBIS, value, OBIS, value …   as Kamstrup's
//   members     array of structure { OBIS, value [, scaler_unit] }                   as Aidon's
//   positions   structure of values alone; see take_positions                        as Kaifa's
//
// An octet-string of 6 octets is the OBIS code of the value behind it; a structure {integer, enum}
// behind a value is its scaler_unit (Blue Book 4.3.2); null-data where a code is due is passed
// over. Any other container is flattened, but leaves a body that is not coded: see is_coded.
#pragma once

#include "han/cosem/obis.hpp"
#include "han/dlms/axdr.hpp"

#include <array>
#include <span>
#include <string>

namespace han::list {

/// A value with what stood around it.
struct CosemValue {
    dlms::Element value;
    const std::uint8_t* code =
        nullptr;             ///< six octets of OBIS code in the message or in a table, or none
    std::int64_t number = 0; ///< the value, if it is an integer that fits
    bool is_integer = false;
    bool has_scaler_unit = false;
    std::int8_t scaler = 0;
    cosem::Unit unit = cosem::Unit::none;

    [[nodiscard]] cosem::Obis obis() const noexcept { return cosem::Obis::read(code); }

    /// A value without scaler_unit. Field by field: copying a freshly written element as a whole
    /// would wait for its parts to reach the cache.
    void set(dlms::Element element, const std::uint8_t* octets) noexcept {
        value.tag = element.tag;
        value.count = element.count;
        value.data = element.data;
        code = octets;
        has_scaler_unit = false;
    }
};

/// The items of one message, in place: nothing is allocated per message.
class CosemValues {
  public:
    /// More values than any list has; the longest known one has 33.
    static constexpr std::size_t most = 512;

    Bytes body{};                               ///< of the message
    dlms::Tag container = dlms::Tag::null_data; ///< of the body: structure or array
    /// Whether each value but the first has its own code, as in the forms with codes above: the body
    /// is all pairs, or all containers of such pairs, and no code is left without a value. In any
    /// other body it is not certain which code belongs to which value.
    bool is_coded = true;

    [[nodiscard]] std::span<CosemValue> rows() noexcept { return std::span(rows_).first(size_); }
    [[nodiscard]] std::span<const CosemValue> rows() const noexcept {
        return std::span(rows_).first(size_);
    }
    [[nodiscard]] bool full() const noexcept { return size_ == most; }

    /// Rows that are not taken yet; what is in them is left from earlier messages. grow() takes the
    /// first of them.
    [[nodiscard]] std::span<CosemValue> room() noexcept { return std::span(rows_).subspan(size_); }
    void grow(std::size_t count) noexcept { size_ += count; }

    /// Only while not full().
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

/// Flattens `body`, of which nothing may be left over, into `items`. Errors: those of dlms::Reader,
/// too_deep, too_many_elements, trailing_bytes.
[[nodiscard]] std::expected<void, dlms::Error> flatten(Bytes body, CosemValues& items) noexcept;

/// The first element of a body that was flattened and is a structure, and how many it has.
struct Head {
    dlms::Element first; ///< null-data where there is none
    std::uint32_t count = 0;
};
[[nodiscard]] Head structure_head(const CosemValues& items) noexcept;

/// Replaces the rows of a flattened body by one for each of its elements, whatever they are, in
/// their order: null-data, containers (as their head only) and octet-strings of six octets are
/// elements like any other. For lists in which the position tells what a value is. Stops at `most`.
void take_positions(CosemValues& items) noexcept;

/// Appends what a flattened body consists of, for people:
/// "14 elements: 3 octet-string, 6 double-long-unsigned, null-data, 4 double-long-unsigned".
void append_elements(std::string& text, CosemValues& items);

} // namespace han::list
