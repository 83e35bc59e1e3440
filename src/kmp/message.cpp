// Requests and answers; the layout is in message.hpp.
#include "kmp/message.hpp"

#include "han/base/byte_order.hpp"
#include "kmp/crc.hpp"
#include "kmp/number.hpp"
#include "kmp/register.hpp"

#include <algorithm>
#include <array>

namespace kmp {
namespace {

using han::Bytes;
using han::Decimal;
using han::cosem::Reading;
using polled::Readout;

constexpr std::string_view hex_digits = "0123456789ABCDEF";

void append_stuffed(std::vector<std::uint8_t>& out, std::uint8_t octet) {
    switch (octet) {
    case request_start:
    case answer_start:
    case frame_end:
    case acknowledge:
    case escape:
        out.push_back(escape);
        out.push_back(static_cast<std::uint8_t>(~octet));
        break;
    default:
        out.push_back(octet);
    }
}

std::uint16_t number_16(Bytes octets) {
    return han::big_endian<std::uint16_t>(octets.data());
}

// "MULTICAL 601 Pt500, F1": the type of the documents, and the software's letter and number.
std::string type_text(std::uint16_t type, std::uint8_t letter, std::uint8_t number) {
    struct Row {
        std::uint16_t type;
        std::string_view name;
    };
    static constexpr auto rows = std::to_array<Row>({{0x0001, "MULTICAL 601 Pt500"},
                                                     {0x0004, "MULTICAL 601 Pt100"},
                                                     {0x0005, "MULTICAL 601 Pt500 4-wire"}});
    std::string text;
    if (const auto* const row = std::ranges::find(rows, type, &Row::type); row != rows.end()) {
        text = row->name;
    } else {
        text = "KMP type ";
        for (const unsigned shift : {12U, 8U, 4U, 0U})
            text += hex_digits[type >> shift & 0xFU];
    }
    if (letter >= 1 && letter <= 26)
        text.append(", ")
            .append(1, static_cast<char>('A' + letter - 1))
            .append(std::to_string(number));
    return text;
}

void take_register(std::uint16_t id, std::uint8_t unit_number, std::uint8_t sign_exponent,
                   Bytes value, Readout& readout) {
    constexpr std::uint8_t ascii = 54;
    const Register* const row = find_register(id);
    const Unit* const known = unit(unit_number);
    han::cosem::Label label{.scheme = "register", .code = std::to_string(id)};
    if (row != nullptr) {
        label.name = row->name;
        label.kind = row->kind;
    }
    if (known == nullptr)
        label.unit = "unit " + std::to_string(unit_number);
    else if (known->is_foreign)
        label.unit = known->text;
    Reading& reading = readout.add(std::move(label));
    if (known != nullptr)
        reading.unit = known->unit;
    const std::string_view characters(reinterpret_cast<const char*>(value.data()), value.size());
    if (unit_number == ascii) {
        reading.value = readout.keep(characters);
    } else if (auto decimal = number(sign_exponent, value)) {
        decimal->exponent =
            static_cast<std::int16_t>(decimal->exponent + (known != nullptr ? known->exponent : 0));
        reading.value = *decimal;
    } else if (!value.empty()) {
        const std::string_view kept = readout.keep(characters);
        reading.value = han::cosem::Octets{
            Bytes(reinterpret_cast<const std::uint8_t*>(kept.data()), kept.size())};
    }
}

// The meter's clock, if date and time of day were received.
void take_time(Readout& readout) {
    const auto whole = [&readout](std::string_view code) -> std::optional<std::uint64_t> {
        for (const Reading& reading : readout.list.readings)
            if (reading.label->code == code)
                if (const auto* const number = std::get_if<Decimal>(&reading.value);
                    number != nullptr && number->exponent == 0 && !number->negative)
                    return number->magnitude;
        return std::nullopt;
    };
    const auto time = whole("1002");
    const auto date = whole("1003");
    if (time && date)
        readout.list.meter_time = polled::date_time(*date, *time);
}

std::expected<void, Error> take_registers(Bytes data, Readout& readout) {
    constexpr std::size_t head = 5; // id, unit, size, sign and exponent
    constexpr std::size_t size_at = 3;
    // Checks everything before it takes anything: half an answer is not used.
    for (Bytes rest = data; !rest.empty();) {
        if (rest.size() < head || rest.size() - head < rest[size_at])
            return std::unexpected(Error::bad_layout);
        rest = rest.subspan(head + rest[size_at]);
    }
    while (!data.empty()) {
        const std::size_t size = data[size_at];
        take_register(number_16(data), data[2], data[4], data.subspan(head, size), readout);
        data = data.subspan(head + size);
    }
    take_time(readout);
    return {};
}

} // namespace

Request::Request(Command command, Bytes data) : command_(command) {
    std::vector<std::uint8_t> content{meter_address, static_cast<std::uint8_t>(command)};
    content.insert(content.end(), data.begin(), data.end());
    const std::uint16_t sum = crc(content);
    content.push_back(static_cast<std::uint8_t>(sum >> 8U));
    content.push_back(static_cast<std::uint8_t>(sum & 0xFFU));
    octets_.push_back(request_start);
    for (const std::uint8_t octet : content)
        append_stuffed(octets_, octet);
    octets_.push_back(frame_end);
}

Request Request::get_type() {
    return {Command::get_type, {}};
}

Request Request::get_serial_no() {
    return {Command::get_serial_no, {}};
}

Request Request::get_registers(std::span<const std::uint16_t> ids) {
    ids = ids.first(std::min(ids.size(), most_registers));
    std::vector<std::uint8_t> data{static_cast<std::uint8_t>(ids.size())};
    for (const std::uint16_t id : ids) {
        data.push_back(static_cast<std::uint8_t>(id >> 8U));
        data.push_back(static_cast<std::uint8_t>(id & 0xFFU));
    }
    return {Command::get_register, data};
}

std::expected<void, Error> take_answer(const Frame& answer, Readout& readout) {
    const Bytes data = answer.data;
    readout.list.manufacturer = "Kamstrup";
    switch (Command{answer.command}) {
    case Command::get_type:
        if (data.size() != 4)
            return std::unexpected(Error::bad_layout);
        readout.list.meter_type = type_text(number_16(data), data[2], data[3]);
        return {};
    case Command::get_serial_no:
        if (data.size() != 4)
            return std::unexpected(Error::bad_layout);
        readout.list.meter_id = std::to_string(han::big_endian<std::uint32_t>(data.data()));
        readout.list.names_meter = true;
        return {};
    case Command::get_register:
        return take_registers(data, readout);
    }
    return std::unexpected(Error::unknown_answer);
}

} // namespace kmp
