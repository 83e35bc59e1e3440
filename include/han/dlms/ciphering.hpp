// general-glo-ciphering (Green Book 9.2.7, security suite 0): the envelope, and the interface for
// decryption. This library contains no cryptography; ciphering/aes_gcm.hpp implements the
// interface.
//
//   DB 1 | 08 | system title 8 | length (A-XDR) | SC 1 | invocation counter 4 | text n | tag 12
//
//   SC: bits 0–3 suite, bit 4 authenticated, bit 5 encrypted, bit 6 broadcast key, bit 7
//       compressed. The tag is present if bit 4 is set.
#pragma once

#include "han/base/bytes.hpp"
#include "han/dlms/error.hpp"

#include <expected>

namespace han::dlms {

struct CipheredApdu {
    static constexpr std::size_t title_size = 8;
    static constexpr std::size_t counter_size = 4;
    static constexpr std::size_t tag_size = 12;

    Bytes system_title{}; ///< 8 octets: three letters of the manufacturer and a serial number
    std::uint8_t security_control = 0;
    Bytes invocation_counter{}; ///< 4 octets; increases with every message
    Bytes text{};               ///< the ciphertext, or the APDU itself if it is not encrypted
    Bytes tag{};                ///< 12 octets, or empty

    [[nodiscard]] bool authenticated() const noexcept { return (security_control & 0x10U) != 0; }
    [[nodiscard]] bool encrypted() const noexcept { return (security_control & 0x20U) != 0; }
};

/// Parses the envelope of a general-glo-ciphering APDU (first octet DB). Errors: truncated,
/// bad_length, trailing_bytes, unsupported_security.
[[nodiscard]] std::expected<CipheredApdu, Error> parse_ciphered(Bytes apdu) noexcept;

/// Decrypts ciphered APDUs with the configured keys.
class Decryptor {
  public:
    virtual ~Decryptor() = default;

    /// The APDU inside, valid until the next call. Errors: no_key, no_authentication_key,
    /// authentication_failed.
    [[nodiscard]] virtual std::expected<Bytes, Error> decrypt(const CipheredApdu& apdu) = 0;
};

} // namespace han::dlms
