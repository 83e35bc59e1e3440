// A reading of a polled meter: a list, and the storage that the list's readings point to.
#pragma once

#include "han/list/list.hpp"

#include <deque>
#include <span>

namespace polled {

class Readout {
  public:
    Readout() { list.kind = han::list::ListKind::readout; }
    /// Begins with the contents of another list, whose labels and texts must outlive this object.
    explicit Readout(han::list::List other) : list(std::move(other)) {}
    Readout(const Readout&) = delete;
    Readout& operator=(const Readout&) = delete;

    /// Adds a reading without unit and value. The reference is valid until the next call.
    han::cosem::Reading& add(han::cosem::Label label);

    /// Stores a text as long as the readings.
    [[nodiscard]] std::string_view keep(std::string_view text);

    /// Clears the readings and the time, but not the meter.
    void clear();

    han::list::List list; ///< its readings point into this object

  private:
    std::deque<han::cosem::Label> labels_;
    std::deque<std::string> texts_;
};

/// A configured value to keep, and its name.
struct Choice {
    std::string code; ///< a code as sent, its short_code, or hanport's name for it
    std::string name; ///< empty: unchanged
    std::optional<han::cosem::QuantityKind> kind{};
    bool has_type = false; ///< `kind` is used; if `kind` is empty, the value is not a sensor

    friend bool operator==(const Choice&, const Choice&) = default;
};

/// An OBIS code of electricity, or without a medium, shortened: without medium, channel and the
/// mark of a current value. "1-1:1.8.0*255" becomes "1.8.0". Other codes are unchanged.
[[nodiscard]] std::string_view short_code(std::string_view code) noexcept;

/// Keeps only the chosen readings, in the order of the choices; keeps all if there are no choices.
void select(Readout& readout, std::span<const Choice> choices);

/// A date-time by a meter's clock; empty if the numbers are not a valid date and time of day. Years
/// below 100 are in this century.
[[nodiscard]] std::optional<han::dlms::DateTime> date_time(unsigned year, unsigned month,
                                                           unsigned day, unsigned hour,
                                                           unsigned minute, unsigned second);

/// The same from yymmdd and hhmmss as decimal numbers.
[[nodiscard]] std::optional<han::dlms::DateTime> date_time(std::uint64_t yymmdd,
                                                           std::uint64_t hhmmss);

} // namespace polled
