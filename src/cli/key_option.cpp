// Reads keys; see key_option.hpp.
#include "cli/key_option.hpp"

#include "base/read_file.hpp"
#include "config/key_file.hpp"

#include <CLI/CLI.hpp>

#include <system_error>
#include <utility>

namespace hanport::cli {
namespace {

std::string text_of(const std::string& name, const std::string& value) {
    if (!value.starts_with('@'))
        return value;
    auto text = base::read_file(value.substr(1), base::largest_small_file,
                                base::ReadFrom::any_source); // for example of a shell's <(...)
    if (!text && text.error() != std::errc::file_too_large)
        throw CLI::ValidationError(name, "cannot read " + value.substr(1));
    return std::move(text).value_or("");
}

void add_key_option(CLI::App& command, const std::string& name, std::optional<ciphering::Key>& key,
                    const std::string& description) {
    command
        .add_option_function<std::string>(
            name,
            [name, &key](const std::string& value) {
                key = config::parse_key(text_of(name, value));
                if (!key)
                    throw CLI::ValidationError(name, "a key is 32 hex digits (16 bytes)");
            },
            description)
        ->type_name("HEX|@FILE");
}

} // namespace

void add_key_options(CLI::App& command, ciphering::Keys& keys) {
    add_key_option(command, "--encryption-key", keys.encryption,
                   "Encryption key (EK, GPK60) of an encrypted meter: 32 hex digits, or @FILE");
    add_key_option(command, "--authentication-key", keys.authentication,
                   "Authentication key (AK, GPK61), likewise");
}

} // namespace hanport::cli
