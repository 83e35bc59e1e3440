// A list as a human-readable table.
#pragma once

#include "han/list/list.hpp"

#include <string>

namespace hanport::cli {

/// Appends a heading line, one aligned line per value and an empty line. `coloured` is for
/// terminals and is ignored if the environment has NO_COLOR.
void append_table(std::string& out, const han::list::List& list, bool coloured);

} // namespace hanport::cli
