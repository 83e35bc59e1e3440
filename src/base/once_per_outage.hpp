// Decides which problems of a port are logged: each one once until the port works again, then the
// recovery. Repeated failures are not logged again.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hanport::base {

class OncePerOutage {
  public:
    /// True if the problem should be logged.
    [[nodiscard]] bool on_failure(std::string_view cause) {
        if (std::ranges::find(logged_, cause) != logged_.end())
            return false;
        logged_.emplace_back(cause);
        return true;
    }

    /// The device is missing. True if this should be logged: not when an earlier logged problem
    /// already explains it.
    [[nodiscard]] bool on_missing(std::string_view cause) {
        return logged_.empty() && on_failure(cause);
    }

    /// The port works. True if this should be logged: the first time, and after a failure.
    [[nodiscard]] bool on_working() {
        const bool news = !has_worked_ || !logged_.empty();
        has_worked_ = true;
        logged_.clear();
        return news;
    }

  private:
    std::vector<std::string> logged_; // since the port last worked
    bool has_worked_ = false;
};

} // namespace hanport::base
