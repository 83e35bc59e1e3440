// A list as a table for eyes.
#pragma once

#include "han/list/list.hpp"

#include <string>

namespace cli {

/// Appends a heading line, an aligned line a value and an empty line; `coloured` for a terminal
/// (unless the environment has NO_COLOR).
void append_table(std::string& out, const han::list::List& list, bool coloured);

} // namespace cli
