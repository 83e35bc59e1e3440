// What a meter said when it was asked: a list, and what the list's readings point to.
#pragma once

#include "han/list/list.hpp"

#include <deque>
#include <span>

namespace readout {

class Readout {
  public:
    Readout() { list.kind = han::list::ListKind::readout; }
    /// Begins with another one's list, whose labels and texts have to outlive it.
    explicit Readout(han::list::List other) : list(std::move(other)) {}
    Readout(const Readout&) = delete;
    Readout& operator=(const Readout&) = delete;

    /// Adds a reading without unit and value. The reference is good until the next one is added.
    han::cosem::Reading& add(han::cosem::Label label);

    /// A text that stays as long as the readings.
    [[nodiscard]] std::string_view keep(std::string_view text);

    /// Forgets the readings and the time, not the meter.
    void clear();

    han::list::List list; ///< its readings point into this object

  private:
    std::deque<han::cosem::Label> labels_;
    std::deque<std::string> texts_;
};

/// A value that is to be kept, and what it is to be called.
struct Choice {
    std::string code; ///< a code as sent or its short_code, or the name that hanport has for it
    std::string name; ///< empty: as it is
    std::optional<han::cosem::Kind> kind{};
    bool has_type = false; ///< `kind` counts; without a kind then the value is no sensor

    friend bool operator==(const Choice&, const Choice&) = default;
};

/// An OBIS code of electricity, or of no medium, without medium and channel and without the mark of a
/// current value: "1.8.0" of "1-1:1.8.0*255". Any other code as it is.
[[nodiscard]] std::string_view short_code(std::string_view code) noexcept;

/// Leaves the chosen readings only, in the order of the choices; all where there are no choices.
void select(Readout& readout, std::span<const Choice> choices);

/// A date-time by a meter's clock; none where the numbers are no date and time of day. Years below
/// 100 are of this century.
[[nodiscard]] std::optional<han::dlms::DateTime> date_time(unsigned year, unsigned month,
                                                           unsigned day, unsigned hour,
                                                           unsigned minute, unsigned second);

/// The same of yymmdd and hhmmss, decimal numbers.
[[nodiscard]] std::optional<han::dlms::DateTime> date_time(std::uint64_t yymmdd,
                                                           std::uint64_t hhmmss);

} // namespace readout
