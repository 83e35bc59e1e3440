// Keys on the command line: 32 hex digits, or @FILE, which keeps the key out of the process list.
#pragma once

#include "ciphering/aes_gcm.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace hanport::cli {

/// Adds an option that fills `key`; anything except 16 octets of hex is a usage error. No message
/// repeats the key.
void add_key_option(CLI::App& command, const std::string& name, std::optional<ciphering::Key>& key,
                    const std::string& description);

} // namespace hanport::cli
