// Reads key files; see key_file.hpp.
#include "config/key_file.hpp"

#include "base/small_file.hpp"
#include "han/text/hex_reader.hpp"

#include <algorithm>

namespace hanport::config {

std::expected<ciphering::Key, std::string> read_key_file(const std::filesystem::path& path) {
    const auto content = base::read_small_file(path);
    if (!content)
        return std::unexpected(content.error());
    han::text::HexReader reader;
    std::vector<std::uint8_t> octets;
    std::vector<han::text::HexError> errors;
    reader.feed(*content, octets, errors);
    reader.finish(octets, errors);
    ciphering::Key key{};
    if (!errors.empty() || octets.size() != key.size())
        return std::unexpected("is not 32 hex digits (16 bytes)");
    std::ranges::copy(octets, key.begin());
    return key;
}

} // namespace hanport::config
