// The envelope of general-glo-ciphering; its layout is in ciphering.hpp.
#include "han/dlms/ciphering.hpp"

#include "han/dlms/axdr.hpp"

namespace han::dlms {

std::expected<CipheredApdu, Error> parse_ciphered(Bytes apdu) noexcept {
    constexpr std::size_t title_at = 2;
    constexpr std::uint8_t suite_and_compression = 0x8F;
    if (apdu.size() < title_at + CipheredApdu::title_size)
        return std::unexpected(Error::truncated);
    if (apdu[1] != CipheredApdu::title_size)
        return std::unexpected(Error::bad_length);

    std::size_t at = title_at + CipheredApdu::title_size;
    const auto size = read_length(apdu, at);
    if (!size)
        return std::unexpected(size.error());
    if (*size > apdu.size() - at)
        return std::unexpected(Error::truncated);
    if (*size < apdu.size() - at)
        return std::unexpected(Error::trailing_bytes);

    CipheredApdu ciphered{.system_title = apdu.subspan(title_at, CipheredApdu::title_size)};
    Bytes rest = apdu.subspan(at);
    if (rest.size() < 1 + CipheredApdu::counter_size)
        return std::unexpected(Error::truncated);
    ciphered.security_control = rest[0];
    ciphered.invocation_counter = rest.subspan(1, CipheredApdu::counter_size);
    rest = rest.subspan(1 + CipheredApdu::counter_size);
    if ((ciphered.security_control & suite_and_compression) != 0)
        return std::unexpected(Error::unsupported_security);
    if (ciphered.authenticated()) {
        if (rest.size() < CipheredApdu::tag_size)
            return std::unexpected(Error::truncated);
        ciphered.tag = rest.last(CipheredApdu::tag_size);
        rest = rest.first(rest.size() - CipheredApdu::tag_size);
    }
    ciphered.text = rest;
    return ciphered;
}

} // namespace han::dlms
