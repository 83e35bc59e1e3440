// State files' JSON: what all of them share. Their text may be damaged anywhere, so it has a check
// sum, and every number is checked against the range in which hanport can compute with it.
#pragma once

#include <nlohmann/json.hpp>

#include <expected>
#include <stdexcept>

#include "home/live_counter.hpp"

namespace hanport {

/// A state file whose JSON is well-formed, but does not hold what it should.
class StateError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An object as a state file's text: its last member, "checksum", is the sum of all that stands
/// before that member. `indent` as in nlohmann::json::dump(). Octets that are no UTF-8 are replaced.
[[nodiscard]] std::string state_text(const nlohmann::json& object, int indent = -1);

/// The document without its check sum, nested 16 levels at most. One without check sum, as earlier
/// versions wrote it, is accepted. Throws nlohmann::json::exception or StateError, like all functions
/// below that read.
[[nodiscard]] nlohmann::json parse_state(std::string_view text);

/// An integer from `least` to `most`; no other kind of number.
[[nodiscard]] std::int64_t integer_of(const nlohmann::json& value, std::int64_t least,
                                      std::int64_t most);

/// Wh, at most 10¹² in either direction.
[[nodiscard]] std::int64_t wh_of(const nlohmann::json& value);

/// Milliseconds since 1970, UTC.
[[nodiscard]] std::int64_t millis_of(WallTime time);
[[nodiscard]] WallTime time_of(const nlohmann::json& value);

/// Seconds since 1970 by a meter's clock, of any year that one can show.
[[nodiscard]] std::chrono::local_seconds meter_clock_of(const nlohmann::json& value);

[[nodiscard]] nlohmann::json to_json(const LiveCounter::State& state);
[[nodiscard]] LiveCounter::State counter_of(const nlohmann::json& object);

/// What `read` makes of the document, or why the text cannot be understood.
template <class Read>
[[nodiscard]] auto read_state(std::string_view text, const Read& read)
    -> std::expected<decltype(read(nlohmann::json())), std::string> {
    try {
        return read(parse_state(text));
    } catch (const nlohmann::json::exception& error) {
        return std::unexpected(error.what());
    } catch (const StateError& error) {
        return std::unexpected(error.what());
    }
}

} // namespace hanport
