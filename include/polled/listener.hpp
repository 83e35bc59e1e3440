// Callbacks for the contents of a recorded conversation.
#pragma once

#include "han/base/reason.hpp"
#include "han/list/list.hpp"

namespace polled {

/// Octets that gave no result.
struct Refusal {
    std::uint64_t offset = 0; ///< in the stream: of the frame, or of octets outside frames
    std::uint64_t size = 0;   ///< number of octets outside frames; 0 for a frame
    han::Reason reason;
    std::string_view detail{}; ///< the part concerned, if known; valid during the call
};

/// A list and all in it are valid during the call only.
class Listener {
  public:
    virtual ~Listener() = default;
    virtual void on_list(const han::list::List& list) = 0;
    virtual void on_refusal(const Refusal& refusal) = 0;
};

} // namespace polled
