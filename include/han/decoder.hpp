// From captured octets to lists: the only place where the steps are put together.
//
//   octets → Deframer → Reassembler → LLC, (deciphering), DataNotification → flatten → read_list
//
// No I/O, no clock. Memory is taken when the decoder is made, not per frame.
#pragma once

#include "han/dlms/ciphering.hpp"
#include "han/hdlc/deframer.hpp"
#include "han/hdlc/reassembler.hpp"
#include "han/list/manufacturers.hpp"

#include <variant>

namespace han {

using Error = std::variant<hdlc::Error, dlms::Error, list::Error>;

/// Key and text of any layer's error.
[[nodiscard]] Reason reason(const Error& error) noexcept;

/// Octets that gave no list.
struct Refusal {
    std::uint64_t offset =
        0; ///< in the stream: of a frame's opening flag, or of octets outside frames
    std::uint64_t size = 0; ///< number of octets outside frames; 0 for a frame
    Error error;
    /// What an intact message consists of that gave no list; else empty. Valid during the call.
    std::string_view elements{};
};

/// Appends the reason of a refusal and, in brackets, the elements.
void append_reason(std::string& text, const Refusal& refusal);

/// Who is told what the decoder finds. A list and all in it are valid during the call only.
class Listener {
  public:
    virtual ~Listener() = default;
    virtual void on_list(const list::List& list) = 0;
    virtual void on_refusal(const Refusal& refusal) = 0;
};

class Decoder {
  public:
    /// `decipherer` opens ciphered messages; without one they are refused as no_key.
    explicit Decoder(Listener& listener, dlms::Decipherer* decipherer = nullptr);

    /// Whose power lists these are, until a longer list names the meter: what was learnt in an
    /// earlier run, for instance.
    void assume_meter(std::string_view manufacturer, std::string_view meter_id,
                      std::string_view meter_type);

    /// Takes in the next octets of the stream, any number at a time.
    void feed(Bytes bytes);

    /// The stream has ended, or was silent long enough that what is pending will not be completed.
    void give_up();

    /// Octets that the frame at hand still lacks, by its own word; 0 where none is at hand.
    [[nodiscard]] std::size_t awaited() const noexcept { return deframer_.awaited(); }

    /// Whether give_up() would change nothing.
    [[nodiscard]] bool idle() const noexcept { return deframer_.idle() && !reassembler_.pending(); }

  private:
    void drain();
    void on_frame(const hdlc::Frame& frame);
    [[nodiscard]] std::expected<void, Error> decode(Bytes information);
    [[nodiscard]] std::expected<Bytes, dlms::Error> open(Bytes apdu);

    Listener& listener_;
    dlms::Decipherer* decipherer_;
    hdlc::Deframer deframer_;
    hdlc::Reassembler reassembler_;
    list::CosemValues items_;
    list::List list_; // from one list to the next, so that no memory is taken for it
    list::KnownMeters known_;
    std::string elements_; // of a refused message
};

} // namespace han
