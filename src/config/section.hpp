// Reading a section of the configuration file by the table of its keys.
#pragma once

#include "config/value.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace hanport::config {

using Value = const ConfigValue&;

/// A key, and the function that reads its value.
template <class Section>
struct Row {
    std::string_view key;
    void (*read)(Value value, Section& section);
};

/// A word, and its meaning.
template <class T>
using Choice = std::pair<std::string_view, T>;

/// Reports a key that is not in `known`, whose full names begin with `place`; `what` is "key" or
/// "section".
void report_unknown(const toml::key& key, std::string_view place, std::string_view what,
                    std::span<const std::string_view> known, Mistakes& mistakes);

/// Reads the keys of `table`, whose full names begin with `section`, into `out`.
template <class Section, std::size_t N>
void read_keys(const toml::table& table, const std::string& section,
               const std::array<Row<Section>, N>& rows, Section& out, Mistakes& mistakes) {
    std::array<std::string_view, N> known;
    std::ranges::transform(rows, known.begin(), &Row<Section>::key);
    for (const auto& [key, node] : table) {
        const auto row = std::ranges::find(rows, key.str(), &Row<Section>::key);
        if (row == rows.end())
            report_unknown(key, section + ".", "key", known, mistakes);
        else
            row->read(ConfigValue(node, section + "." + std::string(row->key), mistakes), out);
    }
}

/// Reads the section `name` of the file. Returns its table; null if it is missing.
template <class Section, std::size_t N>
const toml::table* read_section(const toml::table& root, const std::string& name,
                                const std::array<Row<Section>, N>& rows, Section& out,
                                Mistakes& mistakes) {
    const toml::node* const node = root.get(name);
    if (node == nullptr)
        return nullptr;
    const toml::table* const table = node->as_table();
    if (table == nullptr)
        mistakes.add(line_of(root, name), name, std::string("is ").append(type_of(*node)),
                     "[" + name + "] once, with keys below");
    else
        read_keys(*table, name, rows, out, mistakes);
    return table;
}

} // namespace hanport::config
