// What the sessions of all protocols share: until when to wait, the attempts, what has arrived, and
// the end.
#pragma once

#include "polled/session.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace polled {

/// A time that what arrives puts off, up to a bound.
class Deadline {
  public:
    void set(Time at, std::chrono::milliseconds most_extension = {}) noexcept {
        at_ = at;
        latest_ = at + most_extension;
    }
    /// Sets only the bound.
    void limit(Time latest) noexcept { latest_ = latest; }
    /// Never earlier than it is now, nor later than the bound.
    void extend(Time to) noexcept { at_ = std::max(at_, std::min(latest_, to)); }
    void shorten(Time to) noexcept { at_ = std::min(at_, to); }

    [[nodiscard]] Time at() const noexcept { return at_; }
    [[nodiscard]] Time latest() const noexcept { return latest_; }

  private:
    Time at_{};
    Time latest_{};
};

class SessionBase : public Session {
  public:
    [[nodiscard]] Action next(Time now) final;
    void on_bytes(Time now, han::Bytes octets) final;

  protected:
    SessionBase(const LineFormat& format, unsigned tries,
                std::chrono::milliseconds settling) noexcept;

    /// The action that is due now, not before due_.
    [[nodiscard]] virtual Action act(Time now) = 0;
    /// Called until the session has ended.
    virtual void on_octet(Time now, std::uint8_t octet) = 0;

    /// Begins an attempt: sets the first format and, the first time, lets the optical head settle.
    [[nodiscard]] Action begin(Time now);
    [[nodiscard]] Action set_format(const LineFormat& format);
    /// Puts the next action off until these octets are on the line, and by that much more.
    [[nodiscard]] Action send(std::vector<std::uint8_t> octets, Time now,
                              std::chrono::milliseconds then = {});

    /// Counts a failed attempt; false if it was the last one.
    [[nodiscard]] bool another_attempt() noexcept { return ++tried_ < tries_; }

    void succeed() noexcept { ended_ = true; }
    /// Ends with `damaged` or, if nothing was heard, with `asleep`.
    void fail() noexcept { fail(heard_ ? Failure::damaged : Failure::asleep); }
    /// Ends with that failure; the text is that of the failure unless another is given.
    void fail(Failure failure, std::string_view text = {}) noexcept;

    Deadline due_;       ///< when act() is called next
    LineFormat format_;  ///< of the line
    unsigned tried_ = 0; ///< failed attempts
    bool heard_ = false; ///< something else than silence and echo
    Readout readout_;

  private:
    LineFormat first_format_;
    unsigned tries_;
    std::chrono::milliseconds settling_;
    bool settled_ = false;
    bool ended_ = false;
    std::optional<Failure> failure_{};
    std::string_view failure_text_;
};

/// The base of a protocol whose damaged answers have these errors.
template <class Error>
class ProtocolSession : public SessionBase {
  protected:
    ProtocolSession(const LineFormat& format, unsigned tries, std::chrono::milliseconds settling,
                    OnRefusal<Error> on_refusal)
        : SessionBase(format, tries, settling), on_refusal_(std::move(on_refusal)) {}

    /// Reports a damaged answer.
    void refuse(Error error) {
        heard_ = true;
        on_refusal_(error);
    }

  private:
    OnRefusal<Error> on_refusal_;
};

} // namespace polled
