// The tables of manufacturers and models; see models.hpp. The values come from recordings or from a
// manufacturer's document; exceptions are noted in the row.
#include "simulator/models.hpp"

namespace hanport::simulator {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

// ---- schedules ---------------------------------------------------------------------------------

constexpr auto kamstrup_lists = std::to_array<Due>(
    {{1h, 5s, "hourly"}, {10s, 0s, "live"}}); // the hourly list is sent in addition
constexpr auto kaifa_lists =
    std::to_array<Due>({{1h, 10s, "hourly"}, {10s, 0s, "live"}, {2s, 0s, "power"}});
constexpr auto aidon_lists =
    std::to_array<Due>({{1h, 10s, "hourly"}, {10s, 0s, "live"}, {2500ms, 0s, "power"}});
constexpr auto landis_gyr_lists = // no power lists were recorded
    std::to_array<Due>({{1h, 10s, "hourly"}, {10s, 0s, "live"}});
constexpr auto everything_at_once = std::to_array<Due>({{10s, 0s, "hourly"}});

// ---- manufacturers -----------------------------------------------------------------------------

constexpr std::int16_t no_deviation = -0x8000;
constexpr TextTags visible_strings{Tag::text, Tag::text, Tag::text};
constexpr TextTags octet_strings{Tag::octets, Tag::octets, Tag::octets};
constexpr Code standard_list_id{1, 0, 0, 2, 129};
constexpr Code standard_meter_id{0, 0, 96, 1, 0};
constexpr Code standard_meter_type{0, 0, 96, 1, 7};
constexpr Code standard_clock{0, 0, 1, 0, 0};

constexpr Manufacturer kamstrup{.name = "Kamstrup",
                                .form = Form::pair,
                                .header = "\x2B\x21\x13"sv,
                                .invoke_id = 0,
                                .stamp = Stamp::plain,
                                .text = visible_strings,
                                .list_id = "Kamstrup_V0001",
                                .list_id_code = {},
                                .meter_id = {1, 1, 0, 0, 5},
                                .meter_type = {1, 1, 96, 1, 1},
                                .clock = {0, 1, 1, 0, 0},
                                .channel = 1,
                                .power = {Tag::u32, 0},
                                .energy = {Tag::u32, 1},
                                .current = {Tag::u32, -2},
                                .voltage = {Tag::u16, 0},
                                .deviation = no_deviation,
                                .status = 0,
                                .sunday = 7,
                                .clock_of_hour = false,
                                .registers = Registers::of_the_hour,
                                .schedule = {5s, kamstrup_lists},
                                .id_prefix = "5706567",
                                .id_digits = 9,
                                .id_size = 0};

// Firmware S1 and K1.
constexpr Manufacturer kamstrup_old = [] {
    Manufacturer row = kamstrup;
    row.stamp = Stamp::tagged;
    return row;
}();

constexpr Manufacturer kamstrup_dk = [] {
    Manufacturer row = kamstrup;
    row.header = "\x41\x03\x13"sv;
    row.list_id = "DLMS push 1";
    row.meter_id = {1, 1, 0, 0, 1};
    row.registers = Registers::of_now;
    row.schedule = {10s, everything_at_once};
    row.id_prefix = "1";
    row.id_digits = 7;
    return row;
}();

constexpr Manufacturer kaifa{.name = "Kaifa",
                             .form = Form::bare,
                             .header = "\x01\x02\x01\x10"sv,
                             .invoke_id = 0x40000000,
                             .stamp = Stamp::tagged,
                             .text = octet_strings,
                             .list_id = "KFM_001",
                             .list_id_code = standard_list_id,
                             .meter_id = standard_meter_id,
                             .meter_type = standard_meter_type,
                             .clock = standard_clock,
                             .channel = 0,
                             .power = {Tag::u32, 0},
                             .energy = {Tag::u32, 0},
                             .current = {Tag::u32, -3},
                             .voltage = {Tag::u32, -1},
                             .deviation = no_deviation,
                             .status = 0,
                             .sunday = 7,
                             .clock_of_hour = false,
                             .registers = Registers::of_the_hour,
                             .schedule = {2s, kaifa_lists},
                             .id_prefix = "6970631",
                             .id_digits = 9,
                             .id_size = 0};

constexpr Manufacturer kaifa_se = [] {
    Manufacturer row = kaifa;
    row.form = Form::pair;
    row.header = "\x01\x00\x01\x10"sv;
    row.stamp = Stamp::none;
    row.deviation = -60;
    row.registers = Registers::of_now;
    row.schedule = {10s, everything_at_once};
    row.id_prefix = "7340157";
    return row;
}();

constexpr Manufacturer aidon{.name = "Aidon",
                             .form = Form::member,
                             .header = "\x41\x08\x83\x13"sv,
                             .invoke_id = 0x40000000,
                             .stamp = Stamp::none,
                             .text = visible_strings,
                             .list_id = "AIDON_V0001",
                             .list_id_code = Code{1, 1, 0, 2, 129},
                             .meter_id = standard_meter_id,
                             .meter_type = standard_meter_type,
                             .clock = standard_clock,
                             .channel = 0,
                             .power = {Tag::u32, 0},
                             .energy = {Tag::u32, 1},
                             .current = {Tag::i16, -1},
                             .voltage = {Tag::u16, -1},
                             .deviation = 60, // the sign is contrary to the standard
                             .status = 0,
                             .sunday = 0,
                             .clock_of_hour = true,
                             .registers = Registers::of_the_hour,
                             .schedule = {2500ms, aidon_lists},
                             .id_prefix = "7359992",
                             .id_digits = 9,
                             .id_size = 0};

constexpr Manufacturer aidon_se = [] {
    Manufacturer row = aidon;
    row.energy.exponent = 0;
    row.deviation = no_deviation;
    row.status = 0xFF;
    row.clock_of_hour = false;
    row.registers = Registers::of_now;
    row.schedule = {10s, everything_at_once};
    return row;
}();

// Only one live list was recorded; the hourly list is assumed to be like Aidon's.
constexpr Manufacturer landis_gyr = [] {
    Manufacturer row = aidon;
    row.name = "Landis+Gyr";
    row.list_id = "EMBRIQ_V1_1";
    row.current = {Tag::i16, -2};
    row.schedule = {10s, landis_gyr_lists};
    row.id_prefix = "LGZ";
    row.id_size = 16;
    return row;
}();

// ---- models ------------------------------------------------------------------------------------

// The words are explained in message.cpp.
constexpr auto three_phase = "ids powers currents voltages"sv;
constexpr auto single_phase = "ids powers 31.7 32.7"sv;
constexpr auto without_current_l2 = "ids powers 31.7 71.7 voltages"sv;
constexpr auto import_only = "ids 1.7 31.7 32.7"sv;
constexpr auto aidon_sweden = "clock powers currents voltages 21.7 22.7 23.7 24.7 "
                              "41.7 42.7 43.7 44.7 61.7 62.7 63.7 64.7 registers"sv;
constexpr auto kaifa_sweden = "ids powers currents voltages clock registers"sv;
constexpr auto denmark = "list-id registers meter-number powers clock voltages currents "
                         "21.7 41.7 61.7 33.7 53.7 73.7 13.7 22.7 42.7 62.7 "
                         "22.8 42.8 62.8 21.8 41.8 61.8"sv;

constexpr auto one = Wiring::single_phase;
constexpr auto it = Wiring::three_wire;
constexpr auto tn = Wiring::four_wire;

// name, manufacturer, wiring, W of solar panels, type, live list, registers of the hourly list, zeros
constexpr auto table = std::to_array<Model>({
    {"kamstrup-3p4q", &kamstrup, tn, 7000, "6841131BN243101040", three_phase, "registers", ""},
    {"kamstrup-3p4q-old", &kamstrup_old, it, 0, "6841121BN243101040", three_phase, "registers", ""},
    {"kamstrup-1p1q", &kamstrup, one, 0, "6861111BN142101040", import_only, "1.8", ""},
    {"kamstrup-dk", &kamstrup_dk, tn, 6000, "", denmark, "", ""},
    {"kaifa-3p", &kaifa, tn, 0, "MA304H4E", three_phase, "registers", ""},
    {"kaifa-3p-it", &kaifa, it, 0, "MA304H3E", three_phase, "registers", "52.7"},
    {"kaifa-1p", &kaifa, one, 0, "MA105H2E", single_phase, "registers", ""},
    {"kaifa-se", &kaifa_se, tn, 5000, "MA304H4", kaifa_sweden, "", ""},
    {"aidon-3p", &aidon, tn, 6000, "6534", three_phase, "registers", ""},
    {"aidon-3p-it", &aidon, it, 0, "6525", without_current_l2, "registers", ""},
    {"aidon-1p", &aidon, one, 0, "6515", single_phase, "registers", ""},
    {"aidon-se", &aidon_se, tn, 3500, "", aidon_sweden, "", ""},
    {"landisgyr-3p", &landis_gyr, tn, 0, "ZFF1", three_phase, "registers", ""},
});

} // namespace

std::span<const Model> models() noexcept {
    return table;
}

} // namespace hanport::simulator
