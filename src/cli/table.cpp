// Lists as tables: names on the left, numbers aligned at the decimal point, then unit and OBIS
// code.
#include "cli/table.hpp"

#include "han/text/json_line.hpp"

#include <algorithm>
#include <cstdlib>

namespace hanport::cli {
namespace {

constexpr std::string_view bold = "\033[1m";
constexpr std::string_view dim = "\033[2m";
constexpr std::string_view plain = "\033[0m";

struct Row {
    std::string name;
    std::string value;
    std::size_t point = 0; // characters before the decimal point
    std::string_view unit;
    std::string obis;
};

Row row_of(const han::cosem::Reading& reading, bool with_offset) {
    Row row;
    han::cosem::append_code(row.obis, reading);
    row.name = han::cosem::name(reading);
    han::text::append_json(row.value, reading.value, with_offset);
    if (row.value.starts_with('"'))
        row.value = row.value.substr(1, row.value.size() - 2);
    row.point = std::holds_alternative<han::Decimal>(reading.value)
                    ? std::min(row.value.find('.'), row.value.size())
                    : 0;
    row.unit = han::cosem::unit_text(reading);
    return row;
}

// Width of `text` in columns: one per character, so continuation octets of UTF-8 do not count.
std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

void append_padded(std::string& out, std::string_view text, std::size_t width) {
    out += text;
    out.append(width - std::min(width, columns(text)), ' ');
}

std::string heading(const han::list::List& list) {
    std::string text;
    const auto add = [&text](std::string_view part) {
        if (!part.empty())
            text.append(text.empty() ? "" : "  ").append(part);
    };
    std::string time;
    if (list.meter_time)
        han::dlms::append_iso8601(time, *list.meter_time, list.deviation_usable);
    add(time);
    add(han::list::text(list.kind));
    add(list.manufacturer);
    add(list.meter_type);
    add(list.meter_id);
    add(list.list_id);
    return text;
}

} // namespace

void append_table(std::string& out, const han::list::List& list, bool coloured) {
    coloured = coloured && std::getenv("NO_COLOR") == nullptr;
    const auto paint = [&out, coloured](std::string_view code) { out += coloured ? code : ""; };
    std::vector<Row> rows;
    std::size_t name_width = 0;
    std::size_t point = 0;
    for (const auto& reading : list.readings) {
        rows.push_back(row_of(reading, list.deviation_usable));
        name_width = std::max(name_width, rows.back().name.size());
        point = std::max(point, rows.back().point);
    }
    std::size_t value_width = 0;
    for (Row& row : rows) {
        if (row.point > 0)
            row.value.insert(0, point - row.point, ' ');
        value_width = std::max(value_width, columns(row.value));
    }

    paint(bold);
    out += heading(list);
    paint(plain);
    out += '\n';
    for (const Row& row : rows) {
        constexpr std::size_t unit_width = 4;
        out += "  ";
        append_padded(out, row.name, name_width + 2);
        append_padded(out, row.value, value_width + 1);
        append_padded(out, row.unit, unit_width + 2);
        paint(dim);
        out += row.obis;
        paint(plain);
        out += '\n';
    }
    out += '\n';
}

} // namespace hanport::cli
