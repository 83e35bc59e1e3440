// Name of an error. Every layer has a table of such reasons.
#pragma once

#include <string_view>

namespace han {

struct Reason {
    std::string_view key;  ///< stable, for counters: "bad_fcs"
    std::string_view text; ///< for people: "frame check sequence (FCS) wrong"
};

} // namespace han
