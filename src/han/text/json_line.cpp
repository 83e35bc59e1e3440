// Lists to JSON; the form is in json_line.hpp.
#include "han/text/json_line.hpp"

#include "han/text/utf8.hpp"

namespace han::text {
namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

void append_escaped(std::string& out, char character) {
    const auto octet = static_cast<std::uint8_t>(character);
    if (octet >= 0x20) {
        if (character == '"' || character == '\\')
            out += '\\';
        out += character;
        return;
    }
    out += "\\u00";
    out += hex_digits[octet >> 4U];
    out += hex_digits[octet & 0xFU];
}

void append_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::size_t size = utf8_size(text);
        if (size == 1)
            append_escaped(out, text[0]);
        else
            out += size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    out += '"';
}

void append_text_or_null(std::string& out, std::string_view text) {
    if (text.empty())
        out += "null";
    else
        append_string(out, text);
}

void append_time(std::string& out, const dlms::DateTime& time, bool with_offset) {
    const std::size_t begin = out.size();
    out += '"';
    if (append_iso8601(out, time, with_offset)) {
        out += '"';
    } else {
        out.resize(begin);
        out += "null";
    }
}

struct ValueWriter {
    std::string& out;
    bool with_offset;

    void operator()(std::monostate) const { out += "null"; }
    void operator()(const Decimal& number) const { append(out, number); }
    void operator()(std::string_view text) const { append_string(out, text); }
    void operator()(const dlms::DateTime& time) const { append_time(out, time, with_offset); }
    void operator()(bool value) const { out += value ? "true" : "false"; }

    void operator()(const cosem::Octets& octets) const {
        out += '"';
        for (const std::uint8_t octet : octets.bytes) {
            out += hex_digits[octet >> 4U];
            out += hex_digits[octet & 0xFU];
        }
        out += '"';
    }

    void operator()(const cosem::Bits& bits) const {
        out += '"';
        for (std::uint32_t i = 0; i < bits.count; ++i)
            out += bits[i] ? '1' : '0';
        out += '"';
    }
};

// Codes and names come from the meter or the configuration.
void append_labelled(std::string& out, const cosem::Reading& reading) {
    out += "{\"";
    out += reading.label->scheme;
    out += "\":";
    append_string(out, reading.label->code);
    out += R"(,"name":)";
    append_string(out, cosem::name(reading));
}

void append_reading(std::string& out, const cosem::Reading& reading, bool with_offset) {
    if (reading.label != nullptr) {
        append_labelled(out, reading);
    } else {
        out += R"({"obis":")";
        const std::size_t begin = out.size();
        append(out, reading.obis);
        const std::size_t size = out.size() - begin;
        out += R"(","name":")";
        if (const auto name = cosem::name(reading.obis); !name.empty())
            out += name;
        else
            out.append(out, begin, size);
        out += '"';
    }
    out += R"(,"value":)";
    append_json(out, reading.value, with_offset);
    out += R"(,"unit":)";
    append_text_or_null(out, cosem::unit_text(reading));
    out += '}';
}

} // namespace

void append_json(std::string& out, const cosem::Value& value, bool with_offset) {
    std::visit(ValueWriter{out, with_offset}, value);
}

void append_json(std::string& out, const list::List& list) {
    out += R"({"meter_id":)";
    append_text_or_null(out, list.meter_id);
    out += R"(,"meter_type":)";
    append_text_or_null(out, list.meter_type);
    out += R"(,"manufacturer":)";
    append_text_or_null(out, list.manufacturer);
    out += R"(,"list_id":)";
    append_text_or_null(out, list.list_id);
    out += R"(,"list":")";
    out += list::text(list.kind);
    out += R"(","meter_time":)";
    if (list.meter_time)
        append_json(out, *list.meter_time, list.deviation_usable);
    else
        out += "null";
    out += R"(,"values":[)";
    for (std::size_t i = 0; i < list.readings.size(); ++i) {
        if (i > 0)
            out += ',';
        append_reading(out, list.readings[i], list.deviation_usable);
    }
    out += "]}";
}

} // namespace han::text
