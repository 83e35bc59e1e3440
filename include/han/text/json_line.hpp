// A list as one line of JSON, the form of `hanport decode` and of the MQTT list topics:
//
//   {"meter_id":…,"meter_type":…,"manufacturer":…,"list_id":…,"list":"live","meter_time":…,
//    "values":[{"obis":"1-1:1.7.0","name":"active_power_import","value":1468,"unit":"W"},…]}
//
// A value without OBIS octets has its code under another key:
// {"register":"60","name":"heat_energy",…} (KMP), {"obis":"1.8.0",…} (IEC 62056-21),
// {"field":"1",…} (its short readout).
//
// Not written with a JSON library: numbers must be the exact decimals that the meter sent, and a
// library that stores binary floating point cannot guarantee that.
#pragma once

#include "han/list/list.hpp"

#include <string>

namespace han::text {

/// Appends the list without a line end. Names and units are UTF-8; octets of texts that are not
/// valid UTF-8 are replaced by U+FFFD.
void append_json(std::string& out, const list::List& list);

/// Appends the value as JSON: number, string, true, false or null. Date-times are ISO 8601 strings,
/// octets upper-case hexadecimal, bit-strings of 0 and 1. `with_offset` as in append_iso8601.
void append_json(std::string& out, const cosem::Value& value, bool with_offset);

} // namespace han::text
