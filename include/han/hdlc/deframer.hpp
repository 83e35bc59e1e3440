// Finds the intact HDLC frames in a stream of octets.
//
// How it resynchronises: a flag whose next octet begins a frame format type 3 is a candidate. Its
// HCS is checked before its length is believed; then the octet at the end must be a flag and the
// FCS must fit. A candidate that fails costs one octet: the search goes on right behind its opening
// flag, in what is already buffered, so an intact frame behind damage (or inside what a false
// length claimed) is found. The closing flag of an intact frame may be the next one's opening flag.
//
// A damaged length that passes its HCS can make the deframer wait for octets that never come. At
// the end of the input, and when the line falls silent, give_up() ends such a wait.
//
// What comes out depends on the octets and the places of give_up() alone, never on how the octets
// were cut into chunks.
#pragma once

#include "han/hdlc/frame.hpp"

#include <array>
#include <optional>

namespace han::hdlc {

/// Octets that gave no frame.
struct Damage {
    std::uint64_t offset = 0; ///< of the first octet (for a candidate: its opening flag)
    std::uint64_t size = 0;   ///< octets outside any frame; 0 for a candidate
    Error error{};
};

class Deframer {
  public:
    /// Buffers as much of `bytes` as there is room for and returns how much that was: at least one
    /// octet once next() has been drained. Frames returned earlier are no longer valid.
    std::size_t push(Bytes bytes) noexcept;

    /// The next frame or damage; none when more octets are needed. A frame is valid until push().
    [[nodiscard]] std::optional<std::expected<Frame, Damage>> next() noexcept;

    /// The octets have ended, or the line is silent: what is pending will not be completed. next()
    /// then gives it up and searches it once more; only a lone flag is kept, which may open a
    /// frame.
    void give_up() noexcept { giving_up_ = true; }

    /// How many octets more the frame at hand announces by its length, which may be wrong as long as
    /// the HCS has not come; 0 where no frame is at hand. To be asked when next() has been drained.
    [[nodiscard]] std::size_t awaited() const noexcept;

    /// Whether silence would change nothing: there is no begun frame and no damage to be told of.
    [[nodiscard]] bool idle() const noexcept {
        return pending() <= 1 && stretch_ == Stretch::intact;
    }

    /// Octets buffered that are not yet part of any result.
    [[nodiscard]] std::size_t pending() const noexcept { return end_ - begin_; }

  private:
    // What was dropped since the last intact frame. One stretch of damage is told once: as noise if
    // no candidate was seen in it, else by its candidates.
    enum class Stretch : std::uint8_t { intact, noise, candidates };

    [[nodiscard]] Bytes buffered() const noexcept {
        return Bytes(buffer_).subspan(begin_, end_ - begin_);
    }
    [[nodiscard]] std::uint64_t position() const noexcept { return base_ + begin_; }
    void find_flag() noexcept;
    void drop(std::size_t count) noexcept;
    [[nodiscard]] std::expected<Header, Error> check_candidate() const noexcept;
    [[nodiscard]] Damage take_noise() noexcept;
    [[nodiscard]] std::optional<std::expected<Frame, Damage>> finish_giving_up() noexcept;

    // The longest candidate with its flags is 2,049 octets; room for several keeps moves rare.
    std::array<std::uint8_t, 8192> buffer_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t base_ = 0;        // stream offset of buffer_[0]
    std::uint64_t noise_begin_ = 0; // from its first octet to its last, flags at its ends left out
    std::uint64_t noise_end_ = 0;
    Stretch stretch_ = Stretch::intact;
    bool giving_up_ = false;
};

} // namespace han::hdlc
