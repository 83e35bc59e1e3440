// The manufacturers and models that can be simulated, as tables: how a manufacturer writes lists, and when; what
// is in a model's lists.
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

/// A number: its type, and the power of ten by which it is scaled. Unsigned types drop the sign.
struct Number {
    Tag tag;
    int exponent;
};

/// The string types of the names that a list carries.
struct TextTags {
    Tag list_id;
    Tag meter_id;
    Tag meter_type;
};

/// An OBIS code without F, which is always 255.
struct Code {
    std::uint8_t a, b, c, d, e;
};

/// How an element stands in a list.
enum class Form : std::uint8_t {
    bare,  ///< the value alone, in a structure
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

/// Lists at `offset` after every `period` of the day; of several that are due the first is sent.
struct Due {
    std::chrono::milliseconds period;
    std::chrono::milliseconds offset;
    std::string_view
        kind; ///< "power", "live", "hourly", as a decoder calls them by what is in them
};

struct Schedule {
    std::chrono::milliseconds tick; ///< divides all periods and offsets
    std::span<const Due> lists;
};

// ---- the tables --------------------------------------------------------------------------------

struct Manufacturer {
    std::string_view name; ///< as the decoder calls it
    Form form;
    std::string_view header; ///< destination, source, control
    std::uint32_t invoke_id; ///< long-invoke-id-and-priority
    Stamp stamp;
    TextTags text;
    std::string_view list_id;
    std::optional<Code> list_id_code; ///< none where the list id stands alone
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
    std::uint8_t sunday;    ///< 7 by the book
    bool clock_of_hour;     ///< the clock element shows the full hour, not the moment
    Registers registers;
    Schedule schedule;
    std::string_view id_prefix; ///< of meter ids
    std::size_t id_digits;      ///< behind it
    std::size_t id_size;        ///< padded with NUL to it; 0: not padded
};

struct Model {
    std::string_view name; ///< as --meter takes it
    const Manufacturer* manufacturer;
    Wiring wiring;
    std::int64_t solar_peak;    ///< W; 0: no panels
    std::string_view type;      ///< as the meter calls itself
    std::string_view live;      ///< elements of the live list: words, see message.cpp
    std::string_view registers; ///< of the hourly list behind these and the clock; empty where
                                ///< there is but one list, with everything in it
    std::string_view zeros;     ///< of these, what is sent as 0
};

[[nodiscard]] std::span<const Model> models() noexcept;

} // namespace hanport::simulator
