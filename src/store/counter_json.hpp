// JSON of all state files. Any part of the text may be damaged, so it has a check sum, and every
// number is checked against the range in which hanport can compute with it.
#pragma once

#include "meter/live_counter.hpp"

#include <nlohmann/json.hpp>

#include <expected>
#include <stdexcept>

namespace hanport::store {

/// A state file whose JSON is well-formed but whose contents are wrong.
class StateError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An object as the text of a state file. Its last member, "checksum", is the sum of everything
/// before it. `indent` is that of nlohmann::json::dump(). Octets that are not UTF-8 are replaced.
[[nodiscard]] std::string state_text(const nlohmann::json& object, int indent = -1);

/// The document without its check sum, nested at most 16 levels. A document of an earlier version
/// has no check sum and is accepted. Throws nlohmann::json::exception or StateError, and so do all
/// functions below that read.
[[nodiscard]] nlohmann::json parse_state(std::string_view text);

/// An integer from `least` to `most`; other kinds of number are rejected.
[[nodiscard]] std::int64_t integer_of(const nlohmann::json& value, std::int64_t least,
                                      std::int64_t most);

/// Wh, at most 10¹² in either direction.
[[nodiscard]] std::int64_t wh_of(const nlohmann::json& value);

/// Milliseconds since 1970, UTC.
[[nodiscard]] std::int64_t millis_of(base::WallTime time);
[[nodiscard]] base::WallTime time_of(const nlohmann::json& value);

/// Seconds since 1970 by a meter's clock, for every year that a meter can show.
[[nodiscard]] std::chrono::local_seconds meter_clock_of(const nlohmann::json& value);

[[nodiscard]] nlohmann::json to_json(const meter::LiveCounter::State& state);
[[nodiscard]] meter::LiveCounter::State counter_of(const nlohmann::json& object);

/// The result of `read` for the document, or why the text cannot be parsed.
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

} // namespace hanport::store
