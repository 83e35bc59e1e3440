// Which of a port's troubles are worth a line in the log: each cause once until the port works
// again, and then that it does. What happens at every attempt is not repeated.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hanport {

class OutageLog {
  public:
    /// True if the cause is to be logged.
    [[nodiscard]] bool on_failure(std::string_view cause) {
        if (std::ranges::find(told_, cause) != told_.end())
            return false;
        told_.emplace_back(cause);
        return true;
    }

    /// The device is not there. True if that is to be logged: unless a cause was told already, from
    /// which it follows, or beside which it is no news.
    [[nodiscard]] bool on_missing(std::string_view cause) {
        return told_.empty() && on_failure(cause);
    }

    /// The port works. True if that is to be logged: for the first time, or after a failure.
    [[nodiscard]] bool on_working() {
        const bool news = !has_worked_ || !told_.empty();
        has_worked_ = true;
        told_.clear();
        return news;
    }

  private:
    std::vector<std::string> told_; // since it last worked
    bool has_worked_ = false;
};

} // namespace hanport
