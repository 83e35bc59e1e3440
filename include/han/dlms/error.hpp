// Why the DLMS layer (LLC, APDU, A-XDR, ciphering) refused a message.
#pragma once

#include "han/base/reason.hpp"

#include <cstdint>

namespace han::dlms {

enum class Error : std::uint8_t {
    no_information,        ///< an intact frame without an information field
    no_llc,                ///< the information does not begin with E6 E7 00 or E6 E6 00
    unknown_apdu,          ///< the tag of the APDU is not one that meters push
    block_transfer,        ///< general-block-transfer (E0), which no Norwegian meter uses
    truncated,             ///< the message ends inside a value
    bad_date_time,         ///< the APDU's date-time has an unknown form
    unknown_tag,           ///< an A-XDR tag that is not in the table
    bad_length,            ///< a length or count in a form that A-XDR does not define
    count_exceeds_rest,    ///< more elements announced than octets remain
    too_deep,              ///< nested deeper than Reader::max_depth
    too_many_elements,     ///< more elements than the limit for a list
    trailing_bytes,        ///< octets remain after the last value
    no_key,                ///< encrypted, but no encryption key is configured
    no_authentication_key, ///< only authenticated (SC 10), but no authentication key is configured
    unsupported_security,  ///< a security suite other than 0, or compression
    authentication_failed, ///< the authentication tag is wrong
    wrong_key              ///< the decrypted octets are not a DataNotification
};

[[nodiscard]] Reason reason(Error error) noexcept;

} // namespace han::dlms
