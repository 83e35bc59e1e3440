// Why the DLMS layer (LLC, APDU, A-XDR, ciphering) refused a message.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace han::dlms {

enum class Error : std::uint8_t {
    no_information,        ///< an intact frame without information field
    no_llc,                ///< the information does not begin with E6 E7 00 or E6 E6 00
    unknown_apdu,          ///< the APDU's tag is none that meters push
    block_transfer,        ///< general-block-transfer (E0), which no Norwegian meter uses
    truncated,             ///< the message ends inside a value
    bad_date_time,         ///< the APDU's date-time is in none of the known forms
    unknown_tag,           ///< an A-XDR tag that is not in the table
    bad_length,            ///< a length or count in a form that A-XDR does not have
    count_exceeds_rest,    ///< more elements announced than octets are left
    too_deep,              ///< nested deeper than Reader::max_depth
    too_many_elements,     ///< more elements than a list is allowed to have
    trailing_bytes,        ///< octets left over behind the last value
    no_key,                ///< ciphered, and no encryption key is given
    no_authentication_key, ///< only authenticated (SC 10), and no authentication key is given
    unsupported_security,  ///< a security suite other than 0, or compression
    authentication_failed, ///< the authentication tag does not fit
    wrong_key              ///< what was decrypted is no DataNotification
};

[[nodiscard]] Reason reason(Error error) noexcept;

} // namespace han::dlms
