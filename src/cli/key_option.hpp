// Keys on the command line: 32 hex digits, or @FILE, which keeps them out of the list of processes.
#pragma once

#include "ciphering/aes_gcm.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace cli {

/// Adds an option that fills `key`; anything but 16 octets of hex is a wrong call. No message
/// repeats the key.
void add_key_option(CLI::App& command, const std::string& name, std::optional<ciphering::Key>& key,
                    const std::string& description);

} // namespace cli
