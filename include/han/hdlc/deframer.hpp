// Finds the intact HDLC frames in a stream of octets.
//
// Resynchronisation: a flag followed by the first octet of a frame format type 3 is a candidate.
// The HCS is checked before the length is used. Then the octet at the end must be a flag, and the
// FCS must be correct. After a candidate fails, the search continues one octet after its opening
// flag, in the octets already buffered. So an intact frame is found after damage, and also inside
// the octets that a wrong length covered. The closing flag of an intact frame may be the opening
// flag of the next frame.
//
// A damaged length that passes its HCS can make the deframer wait for octets that never arrive.
// flush() ends this wait at the end of the input and when the line falls silent.
//
// The output depends only on the octets and on where flush() is called, not on how the octets are
// split into chunks.
#pragma once

#include "han/hdlc/frame.hpp"

#include <array>
#include <optional>

namespace han::hdlc {

/// Octets that did not give a frame.
struct Damage {
    std::uint64_t offset = 0; ///< of the first octet (for a candidate: its opening flag)
    std::uint64_t size = 0;   ///< octets outside any frame; 0 for a candidate
    Error error{};
};

class Deframer {
  public:
    /// Buffers as much of `bytes` as fits and returns the number of octets buffered: at least one
    /// if next() has been drained. Invalidates the frames returned earlier.
    std::size_t push(Bytes bytes) noexcept;

    /// The next frame or damage; empty if more octets are needed. A frame is valid until push().
    [[nodiscard]] std::optional<std::expected<Frame, Damage>> next() noexcept;

    /// Call this at the end of the octets, or when the line falls silent: a pending frame will not
    /// be completed. next() then discards that frame and searches its octets again. Only a lone
    /// flag is kept, because it may open a frame.
    void flush() noexcept { flushing_ = true; }

    /// Octets that the current frame still lacks by its announced length; 0 if there is no current
    /// frame. The length may be wrong until the HCS has arrived. Call this only when next() has
    /// been drained.
    [[nodiscard]] std::size_t awaited() const noexcept;

    /// True if flush() would change nothing: no frame has begun and no damage is to be reported.
    [[nodiscard]] bool idle() const noexcept {
        return pending() <= 1 && stretch_ == Stretch::intact;
    }

    /// Octets buffered that have not yet been part of a result.
    [[nodiscard]] std::size_t pending() const noexcept { return end_ - begin_; }

  private:
    // Octets dropped since the last intact frame. One stretch of damage is reported once: as noise
    // if it contained no candidate, otherwise by its candidates.
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

    // The longest candidate with its flags has 2,049 octets; room for several keeps moves rare.
    std::array<std::uint8_t, 8192> buffer_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t base_ = 0;        // stream offset of buffer_[0]
    std::uint64_t noise_begin_ = 0; // from its first octet to its last, without flags at its ends
    std::uint64_t noise_end_ = 0;
    Stretch stretch_ = Stretch::intact;
    bool flushing_ = false;
};

} // namespace han::hdlc
