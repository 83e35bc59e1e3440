// Reads the frame corpus; see corpus.hpp.
#include "support/corpus.hpp"

#include "support/hdlc.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <stdexcept>

namespace support {
namespace {

std::vector<std::string> lines_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file.is_open())
        throw std::runtime_error("cannot read " + path.string());
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

std::optional<ciphering::Key> key_of(std::string_view line, std::string_view label) {
    if (!line.starts_with(label))
        return std::nullopt;
    const Octets octets = hex(line.substr(label.size()));
    ciphering::Key key{};
    if (octets.size() != key.size())
        throw std::runtime_error("a key has 16 octets: " + std::string(line));
    std::ranges::copy(octets, key.begin());
    return key;
}

CorpusFile read(std::filesystem::path path) {
    CorpusFile file;
    file.name = path.stem().string();
    file.path = path.string();
    for (const std::string& line : lines_of(path)) {
        if (!line.starts_with('#'))
            file.octets = join(file.octets, hex(line));
        else if (const auto ek = key_of(line, "# encryption-key:"))
            file.keys.encryption = ek;
        else if (const auto ak = key_of(line, "# authentication-key:"))
            file.keys.authentication = ak;
        else if (line == "# protocol: iec62056-21")
            file.is_readout = true;
        else if (constexpr std::string_view origin = "# Origin: "; line.starts_with(origin))
            file.origin = line.substr(origin.size());
    }
    file.lines = lines_of(path.replace_extension(".jsonl"));
    if (file.lines.empty())
        throw std::runtime_error(std::string("no lines expected of ").append(file.name));
    return file;
}

std::vector<CorpusFile> files(bool are_readouts) {
    std::vector<CorpusFile> all;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(HANPORT_SOURCE "/test/corpus"))
        if (entry.path().extension() == ".hex")
            if (auto file = read(entry.path()); file.is_readout == are_readouts)
                all.push_back(std::move(file));
    std::ranges::sort(all, {}, &CorpusFile::name);
    return all;
}

} // namespace

const std::vector<CorpusFile>& corpus() {
    static const auto frames = files(false);
    return frames;
}

const std::vector<CorpusFile>& readouts() {
    static const auto all = files(true);
    return all;
}

const std::vector<CorpusFile>& single_frames() {
    static const auto files = [] {
        std::vector<CorpusFile> singles;
        for (const CorpusFile& file : corpus())
            if (find_frames(file.octets) ==
                std::vector{FoundFrame{.offset = 0, .size = file.octets.size()}})
                singles.push_back(file);
        return singles;
    }();
    return files;
}

const CorpusFile& corpus_file(std::string_view name) {
    const auto file = std::ranges::find(corpus(), name, &CorpusFile::name);
    if (file == corpus().end())
        throw std::runtime_error("no corpus file " + std::string(name));
    return *file;
}

std::string project_file(std::string_view path) {
    return std::string(HANPORT_SOURCE "/").append(path);
}

void PrintTo(const CorpusFile& file, std::ostream* out) {
    *out << file.name;
}

} // namespace support
