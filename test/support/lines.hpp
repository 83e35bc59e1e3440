// Texts and their lines, as written by programs.
#pragma once

#include "support/corpus.hpp"

namespace support {

/// The octets of a corpus file as the contents of a binary capture.
[[nodiscard]] inline std::string binary(std::string_view name) {
    const Octets& octets = corpus_file(name).octets;
    return {octets.begin(), octets.end()};
}

/// The path of a corpus file, hex text.
[[nodiscard]] inline std::string hex_path(std::string_view name) {
    return corpus_file(name).path;
}

/// The expected lines of a corpus file, each with its line end.
[[nodiscard]] inline std::string expected(std::string_view name) {
    std::string text;
    for (const std::string& line : corpus_file(name).lines)
        text.append(line).append("\n");
    return text;
}

} // namespace support
