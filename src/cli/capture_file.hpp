// A capture from disk or standard input, binary or hex text, read in pieces as octets.
#pragma once

#include "cli/text_capture.hpp"
#include "han/text/hex_reader.hpp"

#include <deque>
#include <string>
#include <vector>

namespace hanport::cli {

class CaptureFile {
  public:
    /// Opens `path`; "-" is standard input. Throws std::system_error.
    explicit CaptureFile(const std::string& path);
    ~CaptureFile();
    CaptureFile(const CaptureFile&) = delete;
    CaptureFile& operator=(const CaptureFile&) = delete;

    /// The next octets as they arrive; empty at the end. Valid until the next call. Throws
    /// std::system_error.
    [[nodiscard]] std::optional<han::Bytes> read();

    /// Places in the last read() that are not hex.
    [[nodiscard]] const std::vector<han::text::HexError>& hex_errors() const noexcept {
        return hex_errors_;
    }

    /// Arrival time of octets in a text capture.
    struct Stamp {
        std::uint64_t offset; ///< in the stream: of the first octet that arrived then
        CaptureTime time;
    };

    /// The time stamps of the lines in the last read(), in order.
    [[nodiscard]] const std::vector<Stamp>& stamps() const noexcept { return stamps_; }

    /// Octets of the file read so far, and the file size; the size is 0 if it is not known.
    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// The line of a hex text that holds the octet at `offset` of the stream; 0 in a binary capture
    /// and if the octet is too far back.
    [[nodiscard]] std::uint64_t line_of(std::uint64_t offset) const noexcept;

  private:
    struct Line {
        std::uint64_t offset; // of its first octet in the stream
        std::uint64_t number;
    };

    void read_some();
    void read_text(std::string_view text);
    void read_line_beginning(std::string_view line, std::uint64_t offset);

    int descriptor_;
    std::uint64_t position_ = 0;
    std::uint64_t size_ = 0;
    std::vector<std::uint8_t> raw_; // as read from the file
    std::optional<han::text::Form> form_;
    bool ended_ = false;

    han::text::HexReader hex_;
    std::vector<std::uint8_t> octets_; // of hex text
    std::vector<han::text::HexError> hex_errors_;
    std::deque<Line> lines_;
    std::string line_beginning_; // up to the end of its time stamp
    std::vector<Stamp> stamps_;
    std::uint64_t offset_ = 0; // octets in the stream that precede octets_
};

} // namespace hanport::cli
