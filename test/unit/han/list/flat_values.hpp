// The values of a message's body as lines of text.
#pragma once

#include "han/list/cosem_values.hpp"
#include "support/hex.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace support {

/// "1-1:1.7.0=06:000005BC", "-=0A:4142", with " 10^-1 unit 33" where a scaler_unit was found; or the
/// reason of a refusal.
[[nodiscard]] inline std::vector<std::string> flat(std::span<const std::uint8_t> body) {
    han::list::CosemValues items;
    if (const auto done = flatten(body, items); !done)
        return {std::string(reason(done.error()).key)};
    std::vector<std::string> rows;
    for (const auto& item : items.rows()) {
        std::string text;
        if (item.code != nullptr)
            append(text, item.obis());
        else
            text = "-";
        const auto tag = static_cast<std::uint8_t>(item.value.tag);
        text.append("=").append(to_hex({&tag, 1}));
        text.append(":").append(to_hex(item.value.bytes()));
        if (item.has_scaler_unit)
            text.append(" 10^")
                .append(std::to_string(item.scaler))
                .append(" unit ")
                .append(std::to_string(static_cast<unsigned>(item.unit)));
        rows.push_back(text);
    }
    return rows;
}

/// Counts and lengths, in the shortest form or in a longer one.
inline void append_count(Octets& out, std::size_t count, bool in_long_form) {
    if (in_long_form || count > 0xFF)
        out = join(out, Octets{0x82, static_cast<std::uint8_t>(count >> 8U)});
    else if (count > 0x7F)
        out.push_back(0x81);
    out.push_back(static_cast<std::uint8_t>(count & 0xFFU));
}

/// A body and its lines.
struct FlatRow {
    const char* name;
    const char* body;
    std::vector<std::string> rows;

    friend void PrintTo(const FlatRow& row, std::ostream* out) { *out << row.name; }
};

/// What holds for each body: the tests are in cosem_values_test.cpp.
class CosemValuesRows : public testing::TestWithParam<FlatRow> {};

} // namespace support
