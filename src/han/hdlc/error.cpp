// The names of the HDLC layer's errors.
#include "han/hdlc/error.hpp"

namespace han::hdlc {

Reason reason(Error error) noexcept {
    switch (error) {
    case Error::outside_frame:
        return {"outside_frame", "bytes outside any frame"};
    case Error::bad_length:
        return {"bad_length", "frame length too short for its header"};
    case Error::bad_address:
        return {"bad_address", "address of other than 1, 2 or 4 bytes"};
    case Error::bad_hcs:
        return {"bad_hcs", "header check sequence (HCS) wrong"};
    case Error::no_closing_flag:
        return {"no_closing_flag", "no closing flag where the length says the frame ends"};
    case Error::bad_fcs:
        return {"bad_fcs", "frame check sequence (FCS) wrong"};
    case Error::incomplete:
        return {"incomplete", "frame cut off before its end"};
    case Error::segment_lost:
        return {"segment_lost", "segmented message not completed"};
    case Error::message_too_long:
        return {"message_too_long", "segmented message too long"};
    }
    return {"unknown", "unknown reason"};
}

} // namespace han::hdlc
