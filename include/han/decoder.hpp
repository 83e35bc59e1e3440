// Decodes captured octets to lists. The steps are combined here only.
//
//   octets → Deframer → Reassembler → LLC, (deciphering), DataNotification → flatten → read_list
//
// No I/O, no clock. Memory is allocated when the decoder is constructed, not per frame.
#pragma once

#include "han/dlms/ciphering.hpp"
#include "han/hdlc/deframer.hpp"
#include "han/hdlc/reassembler.hpp"
#include "han/list/manufacturers.hpp"

#include <variant>

namespace han {

using Error = std::variant<hdlc::Error, dlms::Error, list::Error>;

/// Key and text of an error of any layer.
[[nodiscard]] Reason reason(const Error& error) noexcept;

/// Octets that did not give a list.
struct Refusal {
    std::uint64_t offset =
        0; ///< in the stream: of a frame's opening flag, or of octets outside frames
    std::uint64_t size = 0; ///< number of octets outside frames; 0 for a frame
    Error error;
    /// The elements of an intact message that did not give a list; otherwise empty. Valid during
    /// the call.
    std::string_view elements{};
};

/// Appends the reason of a refusal, followed by the elements in brackets.
void append_reason(std::string& text, const Refusal& refusal);

/// Callbacks of the decoder. A list and everything in it are valid during the call only.
class Listener {
  public:
    virtual ~Listener() = default;
    virtual void on_list(const list::List& list) = 0;
    virtual void on_refusal(const Refusal& refusal) = 0;
};

class Decoder {
  public:
    /// `decryptor` decrypts ciphered messages; without one, they are refused with no_key.
    explicit Decoder(Listener& listener, dlms::Decryptor* decryptor = nullptr);

    /// Sets the meter of the following power lists, until a longer list names the meter. Use it for
    /// a meter that is known from an earlier run.
    void set_meter_hint(std::string_view manufacturer, std::string_view meter_id,
                        std::string_view meter_type);

    /// Decodes the next octets of the stream. Chunks may have any size.
    void feed(Bytes bytes);

    /// Call this at the end of the stream, or after a silence so long that a pending frame will not
    /// be completed.
    void flush();

    /// Octets that the current frame still lacks, by its own length; 0 if there is no current
    /// frame.
    [[nodiscard]] std::size_t awaited() const noexcept { return deframer_.awaited(); }

    /// True if flush() would change nothing.
    [[nodiscard]] bool idle() const noexcept { return deframer_.idle() && !reassembler_.pending(); }

  private:
    void drain();
    void on_frame(const hdlc::Frame& frame);
    [[nodiscard]] std::expected<void, Error> decode(Bytes information);
    [[nodiscard]] std::expected<Bytes, dlms::Error> decrypt(Bytes apdu);

    Listener& listener_;
    dlms::Decryptor* decryptor_;
    hdlc::Deframer deframer_;
    hdlc::Reassembler reassembler_;
    list::CosemValues items_;
    list::List list_; // reused for every list, so that no memory is allocated per list
    list::KnownMeters known_;
    std::string elements_; // of a refused message
};

} // namespace han
