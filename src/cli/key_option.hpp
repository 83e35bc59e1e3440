// Keys on the command line: 32 hex digits, or @FILE, which keeps the key out of the process list.
#pragma once

#include "ciphering/aes_gcm.hpp"

namespace CLI {
class App;
}

namespace hanport::cli {

/// Adds the options --encryption-key and --authentication-key, which fill `keys`; anything except 16
/// octets of hex is a usage error. No message repeats a key.
void add_key_options(CLI::App& command, ciphering::Keys& keys);

} // namespace hanport::cli
