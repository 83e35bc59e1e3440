// Keys of outcomes; see frame_outcome.hpp.
#include "port/frame_outcome.hpp"

namespace hanport::port {

// Variants of enums always have a value.
// NOLINTBEGIN(bugprone-exception-escape)
FrameOutcome outcome_of(const han::Error& error) noexcept {
    return std::visit([](auto layer_error) { return FrameOutcome(layer_error); }, error);
}

std::string_view key(const FrameOutcome& outcome) noexcept {
    return std::visit(
        [](auto value) {
            if constexpr (std::is_same_v<decltype(value), han::list::ListKind>)
                return text(value);
            else
                return reason(value).key;
        },
        outcome);
}
// NOLINTEND(bugprone-exception-escape)

} // namespace hanport::port
