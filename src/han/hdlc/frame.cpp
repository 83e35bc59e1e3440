// Reads the header of a frame; the layout is in frame.hpp.
#include "han/hdlc/frame.hpp"

namespace han::hdlc {
namespace {

constexpr std::size_t longest_address = 4;

// Size of the address at `at`: the last octet has its lowest bit set.
std::expected<std::size_t, Error> address_size(Bytes bytes, std::size_t at) noexcept {
    for (std::size_t size = 1; size <= longest_address; ++size) {
        if (at + size > bytes.size())
            return std::unexpected(Error::incomplete);
        if ((bytes[at + size - 1] & 1U) != 0)
            return size == 3
                       ? std::expected<std::size_t, Error>(std::unexpected(Error::bad_address))
                       : size;
    }
    return std::unexpected(Error::bad_address);
}

} // namespace

std::expected<Header, Error> parse_header(Bytes bytes) noexcept {
    if (bytes.size() < format_size)
        return std::unexpected(Error::incomplete);
    Header header;
    header.segmentation = (bytes[0] & 0x08U) != 0;
    header.length = frame_length(bytes);
    header.size = format_size;
    for (int address = 0; address < 2; ++address) {
        const auto size = address_size(bytes, header.size);
        if (!size)
            return std::unexpected(size.error());
        header.size += *size;
    }
    header.size += 1; // control
    if (bytes.size() < header.size)
        return std::unexpected(Error::incomplete);
    // Either only the FCS follows, or the HCS, some information and the FCS.
    if (header.length < header.size + check_size ||
        (header.has_information() && header.length <= header.size + 2 * check_size))
        return std::unexpected(Error::bad_length);
    return header;
}

} // namespace han::hdlc
