// The names of the DLMS layer's errors.
#include "han/dlms/error.hpp"

namespace han::dlms {

Reason reason(Error error) noexcept {
    switch (error) {
    case Error::no_information:
        return {"no_information", "frame carries no information field"};
    case Error::no_llc:
        return {"no_llc", "no LLC header (E6 E7 00) before the APDU"};
    case Error::unknown_apdu:
        return {"unknown_apdu", "APDU is no DataNotification"};
    case Error::block_transfer:
        return {"block_transfer", "general-block-transfer (E0) is not supported"};
    case Error::truncated:
        return {"truncated", "message ends inside a value"};
    case Error::bad_date_time:
        return {"bad_date_time", "date-time of the DataNotification in an unknown form"};
    case Error::unknown_tag:
        return {"unknown_tag", "unknown A-XDR tag"};
    case Error::bad_length:
        return {"bad_length_form", "length or count in a form that A-XDR does not have"};
    case Error::count_exceeds_rest:
        return {"count_exceeds_rest", "more elements announced than bytes are left"};
    case Error::too_deep:
        return {"too_deep", "containers nested too deeply"};
    case Error::too_many_elements:
        return {"too_many_elements", "too many elements for a list"};
    case Error::trailing_bytes:
        return {"trailing_bytes", "bytes left over behind the last value"};
    case Error::no_key:
        return {"ciphered_without_key",
                "encrypted (general-glo-ciphering), and no encryption key is given"};
    case Error::no_authentication_key:
        return {"no_authentication_key",
                "authenticated only (SC 10), and no authentication key is given to check it"};
    case Error::unsupported_security:
        return {"unsupported_security", "security suite other than 0, or compressed"};
    case Error::authentication_failed:
        return {
            "authentication_failed",
            "authentication tag wrong: the keys are not this meter's, or the frame was altered"};
    case Error::wrong_key:
        return {"wrong_key", "decrypted to no DataNotification: the key is not this meter's"};
    }
    return {"unknown", "unknown reason"};
}

} // namespace han::dlms
