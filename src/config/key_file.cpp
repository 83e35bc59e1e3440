// Reads key files; see key_file.hpp.
#include "config/key_file.hpp"

#include "base/read_file.hpp"
#include "han/text/hex_reader.hpp"

#include <algorithm>

namespace hanport::config {

std::optional<ciphering::Key> parse_key(std::string_view text) {
    han::text::HexReader reader;
    std::vector<std::uint8_t> octets;
    std::vector<han::text::HexError> errors;
    reader.feed(text, octets, errors);
    reader.finish(octets, errors);
    ciphering::Key key{};
    if (!errors.empty() || octets.size() != key.size())
        return std::nullopt;
    std::ranges::copy(octets, key.begin());
    return key;
}

std::expected<ciphering::Key, std::string> read_key_file(const std::filesystem::path& path) {
    const auto content = base::read_file(path);
    if (!content)
        return std::unexpected(content.error().message());
    if (const auto key = parse_key(*content))
        return *key;
    return std::unexpected("is not 32 hex digits (16 bytes)");
}

} // namespace hanport::config
