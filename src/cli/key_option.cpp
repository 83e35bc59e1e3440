// Reads keys; see key_option.hpp.
#include "cli/key_option.hpp"

#include "han/text/hex_reader.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>

namespace hanport::cli {
namespace {

// Limit of a key file; a key with comments is shorter, and a device may never end.
constexpr std::size_t longest_text = 4096;

std::string text_of(const std::string& name, const std::string& value) {
    if (!value.starts_with('@'))
        return value;
    // For a directory, a stream's read() sets badbit; its buffer would throw.
    std::ifstream file(value.substr(1));
    std::string text(longest_text, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.is_open() || file.bad())
        throw CLI::ValidationError(name, "cannot read " + value.substr(1));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

ciphering::Key parse(const std::string& name, const std::string& value) {
    han::text::HexReader reader;
    std::vector<std::uint8_t> octets;
    std::vector<han::text::HexError> errors;
    reader.feed(text_of(name, value), octets, errors);
    reader.finish(octets, errors);
    ciphering::Key key{};
    if (!errors.empty() || octets.size() != key.size())
        throw CLI::ValidationError(name, "a key is 32 hex digits (16 bytes)");
    std::ranges::copy(octets, key.begin());
    return key;
}

} // namespace

void add_key_option(CLI::App& command, const std::string& name, std::optional<ciphering::Key>& key,
                    const std::string& description) {
    command
        .add_option_function<std::string>(
            name, [name, &key](const std::string& value) { key = parse(name, value); }, description)
        ->type_name("HEX|@FILE");
}

} // namespace hanport::cli
