// Reads captures; see capture_file.hpp.
#include "cli/capture_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace hanport::cli {
namespace {

constexpr std::size_t piece = 65536;

// A list is reported when it ends, damage within a few frames of its beginning.
constexpr std::size_t lines_remembered = 4096;

// A time stamp must end within this many characters of a line.
constexpr std::size_t longest_stamp = 64;

std::system_error last_error() {
    return {errno, std::generic_category()};
}

} // namespace

CaptureFile::CaptureFile(const std::string& path)
    : descriptor_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0)
        throw last_error();
    struct stat status{};
    if (::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode))
        size_ = static_cast<std::uint64_t>(status.st_size);
}

CaptureFile::~CaptureFile() {
    if (descriptor_ != STDIN_FILENO)
        ::close(descriptor_);
}

// Appends the data available now to raw_.
void CaptureFile::read_some() {
    const std::size_t before = raw_.size();
    raw_.resize(before + piece);
    ssize_t got = 0;
    do {
        got = ::read(descriptor_, raw_.data() + before, piece);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        throw last_error();
    raw_.resize(before + static_cast<std::size_t>(got));
    position_ += static_cast<std::uint64_t>(got);
    ended_ = got == 0;
}

std::optional<han::Bytes> CaptureFile::read() {
    hex_errors_.clear();
    stamps_.clear();
    offset_ += octets_.size();
    octets_.clear();
    while (!ended_) {
        raw_.clear();
        read_some();
        while (!form_ && !(form_ = han::text::detect(raw_, ended_)))
            read_some();
        if (form_ == han::text::Form::binary) {
            if (!raw_.empty())
                return raw_;
            continue;
        }
        read_text({reinterpret_cast<const char*>(raw_.data()), raw_.size()});
        if (!octets_.empty() || !hex_errors_.empty())
            return octets_;
    }
    return std::nullopt;
}

// Line by line, so that the line of an octet is known later.
void CaptureFile::read_text(std::string_view text) {
    while (!text.empty()) {
        const std::uint64_t offset = offset_ + octets_.size();
        if (lines_.empty() || lines_.back().number != hex_.line()) {
            lines_.push_back({.offset = offset, .number = hex_.line()});
            line_beginning_.clear();
        }
        if (lines_.size() > lines_remembered)
            lines_.pop_front();
        const auto end = text.find('\n');
        const auto line = text.substr(0, end == std::string_view::npos ? end : end + 1);
        read_line_beginning(line, offset);
        hex_.feed(line, octets_, hex_errors_);
        text.remove_prefix(line.size());
    }
    if (ended_)
        hex_.finish(octets_, hex_errors_);
}

// A line, and its time stamp, may arrive in several pieces.
void CaptureFile::read_line_beginning(std::string_view line, std::uint64_t offset) {
    if (line_beginning_.size() >= longest_stamp || line_beginning_.find(']') != std::string::npos)
        return;
    line_beginning_ += line.substr(0, longest_stamp - line_beginning_.size());
    if (line_beginning_.find(']') == std::string::npos)
        return;
    if (const auto time = read_stamp(line_beginning_))
        stamps_.push_back({.offset = offset, .time = *time});
}

std::uint64_t CaptureFile::line_of(std::uint64_t offset) const noexcept {
    for (auto line = lines_.rbegin(); line != lines_.rend(); ++line)
        if (line->offset <= offset)
            return line->number;
    return 0;
}

} // namespace hanport::cli
