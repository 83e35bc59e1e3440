// The names of the errors.
#include "kmp/error.hpp"

namespace kmp {

han::Reason reason(Error error) noexcept {
    switch (error) {
    case Error::outside_frame:
        return {"outside_frame", "bytes outside any frame"};
    case Error::incomplete:
        return {"incomplete", "frame cut off before its end"};
    case Error::bad_stuffing:
        return {"bad_stuffing", "an escape (1B) before a byte that is never escaped"};
    case Error::too_short:
        return {"too_short", "frame too short for its check sum"};
    case Error::too_long:
        return {"too_long", "frame longer than any answer"};
    case Error::bad_crc:
        return {"bad_crc", "check sum (CRC) wrong"};
    case Error::bad_layout:
        return {"bad_layout", "an answer whose data do not fit its command"};
    case Error::unknown_answer:
        return {"unknown_answer", "an answer to a command that no reader sends"};
    }
    return {"unknown", "unknown reason"};
}

} // namespace kmp
