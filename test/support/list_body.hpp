// The body of a list of the corpus, split into its elements, so that tests can replace them.
#pragma once

#include "support/corpus.hpp"

#include <optional>

namespace support {

/// A structure or an array: its tag and its elements, each with its tag.
struct ListBody {
    std::uint8_t tag = 0;
    std::vector<Octets> elements;

    /// Throws for a type or a length that no list of the corpus has.
    explicit ListBody(const Octets& octets);
    [[nodiscard]] Octets octets() const;
};

/// From a plain frame.
[[nodiscard]] Octets body_octets(const CorpusFile& file);
[[nodiscard]] ListBody body_of(const CorpusFile& file);

/// The result of decoding a body.
struct ReadList {
    std::string manufacturer;
    std::string ids;
    std::vector<std::string> readings; ///< "1-0:1.7.0 W 941"
};

/// Empty if it is refused.
[[nodiscard]] std::optional<ReadList> read_body(const Octets& body);

/// An element that replaces another one.
struct Replacement {
    const char* name;
    const char* octets; ///< hex
};

/// One of each type, and some with a misleading content.
[[nodiscard]] std::span<const Replacement> replacements();

/// The plain frames of known manufacturers whose values have OBIS codes, or do not.
[[nodiscard]] std::vector<CorpusFile> frames_of_known_manufacturers(bool have_codes);

} // namespace support
