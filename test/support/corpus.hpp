// The corpus (test/corpus/, a folder per manufacturer): hex files, their expected lines, and their
// keys.
#pragma once

#include "ciphering/aes_gcm.hpp"
#include "support/hex.hpp"

#include <iosfwd>

namespace support {

struct CorpusFile {
    std::string name;   ///< without folder and extension
    std::string path;   ///< of the hex file
    std::string origin; ///< from "# Origin:"; empty if it is missing
    Octets octets;
    std::vector<std::string> lines; ///< the expected output of hanport decode
    ciphering::Keys keys;           ///< from "# encryption-key:" and "# authentication-key:"
    bool is_readout = false;        ///< by "# protocol: iec62056-21"; else HDLC frames
};

/// All files of HDLC frames, by name. Throws if one cannot be read or has no expected lines.
[[nodiscard]] const std::vector<CorpusFile>& corpus();

/// All recorded readouts of polled meters, by name.
[[nodiscard]] const std::vector<CorpusFile>& readouts();

/// The files that are exactly one HDLC frame.
[[nodiscard]] const std::vector<CorpusFile>& single_frames();

[[nodiscard]] const CorpusFile& corpus_file(std::string_view name);

/// A file of the project, by its relative path.
[[nodiscard]] std::string project_file(std::string_view path);

/// Makes GoogleTest name a test by its corpus file, and print only that name.
void PrintTo(const CorpusFile& file, std::ostream* out);
struct CorpusName {
    template <class Info>
    std::string operator()(const Info& info) const {
        std::string name = info.param.name;
        for (char& c : name)
            c = c == '-' ? '_' : c;
        return name;
    }
};

} // namespace support
