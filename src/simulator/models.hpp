// Tables of the manufacturers and models that can be simulated: how and when a manufacturer sends
// lists, and the contents of a model's lists.
#pragma once

#include "simulator/meter.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace hanport::simulator {

// ---- how values are written --------------------------------------------------------------------

/// The A-XDR tags that meters use for their values.
enum class Tag : std::uint8_t {
    array = 0x01,
    structure = 0x02,
    i32 = 0x05,
    u32 = 0x06,
    octets = 0x09,
    text = 0x0A,
    utf8 = 0x0C,
    i8 = 0x0F,
    i16 = 0x10,
    u8 = 0x11,
    u16 = 0x12,
    i64 = 0x14,
    u64 = 0x15,
    enumerated = 0x16
};

/// A number: its type and its power of ten. Unsigned types drop the sign.
struct Number {
    Tag tag;
    int exponent;
};

/// The string types of the names in a list.
struct TextTags {
    Tag list_id;
    Tag meter_id;
    Tag meter_type;
};

/// An OBIS code without F, which is always 255.
struct Code {
    std::uint8_t a, b, c, d, e;
};

/// Form of an element in a list.
enum class Form : std::uint8_t {
    bare,  ///< only the value, in a structure
    pair,  ///< code, value, in a structure
    member ///< structure {code, value [, {scaler, unit}]}, in an array
};

/// The date-time of the APDU.
enum class Stamp : std::uint8_t {
    none,  ///< 00
    plain, ///< 0C and 12 octets
    tagged ///< 09 0C and 12 octets
};

// ---- when lists are sent -----------------------------------------------------------------------

/// Lists are due at `offset` after every `period` of the day; if several are due, the first in the
/// table is sent.
struct Due {
    std::chrono::milliseconds period;
    std::chrono::milliseconds offset;
    std::string_view kind; ///< "power", "live", "hourly": the decoder's name, by its contents
};

struct Schedule {
    std::chrono::milliseconds tick; ///< divides all periods and offsets
    std::span<const Due> lists;
};

// ---- the tables --------------------------------------------------------------------------------

struct Manufacturer {
    std::string_view name; ///< the decoder's name
    Form form;
    std::string_view header; ///< destination, source, control
    std::uint32_t invoke_id; ///< long-invoke-id-and-priority
    Stamp stamp;
    TextTags text;
    std::string_view list_id;
    std::optional<Code> list_id_code; ///< empty if the list id has no code
    Code meter_id;
    Code meter_type;
    Code clock;
    std::uint8_t channel; ///< B of the quantities
    Number power;
    Number energy;
    Number current;
    Number voltage;
    std::int16_t deviation; ///< of its clock, minutes; -0x8000: not specified
    std::uint8_t status;    ///< of its clock
    std::uint8_t sunday;    ///< 7 in the standard
    bool clock_of_hour;     ///< the clock element shows the full hour, not the current time
    Registers registers;
    Schedule schedule;
    std::string_view id_prefix; ///< of meter ids
    std::size_t id_digits;      ///< after the prefix
    std::size_t id_size;        ///< padded with NUL to this size; 0: not padded
};

struct Model {
    std::string_view name; ///< the name for --meter
    const Manufacturer* manufacturer;
    Wiring wiring;
    std::int64_t solar_peak;    ///< W; 0: no panels
    std::string_view type;      ///< the meter's name for itself
    std::string_view live;      ///< elements of the live list: words, see message.cpp
    std::string_view registers; ///< of the hourly list after these and the clock; empty if
                                ///< there is but one list, with everything in it
    std::string_view zeros;     ///< elements that are sent as 0
};

[[nodiscard]] std::span<const Model> models() noexcept;

} // namespace hanport::simulator
