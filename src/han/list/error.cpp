// The names of the list layer's errors.
#include "han/list/error.hpp"

namespace han::list {

Reason reason(Error error) noexcept {
    switch (error) {
    case Error::unknown_list:
        return {"unknown_list", "no known manufacturer's list, nor one of OBIS codes and values"};
    case Error::unknown_layout:
        return {"unknown_layout", "list whose elements do not fit its layout"};
    case Error::no_values:
        return {"no_values", "list without values"};
    }
    return {"unknown", "unknown reason"};
}

} // namespace han::list
