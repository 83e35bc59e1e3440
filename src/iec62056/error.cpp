// The names of the errors.
#include "iec62056/error.hpp"

namespace iec62056 {

han::Reason reason(Error error) noexcept {
    switch (error) {
    case Error::outside_block:
        return {"outside_frame", "bytes outside any message"};
    case Error::incomplete:
        return {"incomplete", "message cut off before its end"};
    case Error::too_long:
        return {"too_long", "message longer than any meter sends"};
    case Error::bad_parity:
        return {"bad_parity", "a character whose parity is wrong"};
    case Error::bad_bcc:
        return {"bad_bcc", "block check character (BCC) wrong"};
    case Error::bad_data_set:
        return {"bad_data_set", "an intact block with something in it that is no data set"};
    case Error::bad_field:
        return {"bad_field", "a short readout that is not ten fields of seven digits"};
    }
    return {"unknown", "unknown reason"};
}

} // namespace iec62056
