// The search for intact frames; the rules are in deframer.hpp.
#include "han/hdlc/deframer.hpp"

#include "han/base/byte_order.hpp"
#include "han/hdlc/fcs.hpp"

#include <algorithm>
#include <cstring>

namespace han::hdlc {
std::size_t Deframer::push(Bytes bytes) noexcept {
    if (bytes.size() > buffer_.size() - end_ && begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        base_ += begin_;
        end_ -= begin_;
        begin_ = 0;
    }
    const std::size_t taken = std::min(bytes.size(), buffer_.size() - end_);
    if (taken > 0)
        std::memcpy(buffer_.data() + end_, bytes.data(), taken);
    end_ += taken;
    return taken;
}

// Discards octets that belong to no frame.
void Deframer::drop(std::size_t count) noexcept {
    if (count > 0 && stretch_ == Stretch::intact) {
        stretch_ = Stretch::noise;
        noise_begin_ = position();
    }
    begin_ += count;
    noise_end_ = position();
}

// Advances to the next flag that is followed by another octet than a flag, or to the last octet if
// it is a flag.
void Deframer::find_flag() noexcept {
    while (begin_ < end_) {
        const std::uint8_t* const at = buffer_.data() + begin_;
        if (*at != flag) {
            const void* const found = std::memchr(at, flag, end_ - begin_);
            drop(found != nullptr
                     ? static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - at)
                     : end_ - begin_);
        } else if (begin_ + 1 == end_ || is_type_3(at[1])) {
            return;
        } else {
            ++begin_; // idle fill, or the closing flag of the previous frame; neither is noise
        }
    }
}

std::expected<Header, Error> Deframer::check_candidate() const noexcept {
    const Bytes bytes = buffered().subspan(1);
    const auto header = parse_header(bytes);
    if (!header)
        return header;
    std::uint16_t reg = 0xFFFF; // of the FCS, which also covers the header and the HCS
    std::size_t covered = 0;
    if (header->has_information()) {
        if (bytes.size() < header->size + check_size)
            return std::unexpected(Error::incomplete);
        if (fcs(bytes.first(header->size)) != little_endian<std::uint16_t>(&bytes[header->size]))
            return std::unexpected(Error::bad_hcs);
        reg = good_residue;
        covered = header->size + check_size;
    }
    if (bytes.size() < header->length + 1)
        return std::unexpected(Error::incomplete);
    if (bytes[header->length] != flag)
        return std::unexpected(Error::no_closing_flag);
    const std::size_t summed = header->length - check_size;
    if (fcs(bytes.first(summed).subspan(covered), reg) !=
        little_endian<std::uint16_t>(&bytes[summed]))
        return std::unexpected(Error::bad_fcs);
    return header;
}

std::size_t Deframer::awaited() const noexcept {
    constexpr std::size_t flags = 2;
    if (pending() < 1 + format_size)
        return 0;
    const std::size_t whole = frame_length(buffered().subspan(1)) + flags;
    return whole - std::min(whole, pending());
}

Damage Deframer::take_noise() noexcept {
    stretch_ = Stretch::intact;
    return {
        .offset = noise_begin_, .size = noise_end_ - noise_begin_, .error = Error::outside_frame};
}

std::optional<std::expected<Frame, Damage>> Deframer::finish_giving_up() noexcept {
    flushing_ = false;
    if (stretch_ == Stretch::noise)
        return std::unexpected(take_noise());
    stretch_ = Stretch::intact;
    return std::nullopt;
}

std::optional<std::expected<Frame, Damage>> Deframer::next() noexcept {
    find_flag();
    if (pending() <= 1)
        return flushing_ ? finish_giving_up() : std::nullopt;
    const auto header = check_candidate();
    if (!header && header.error() == Error::incomplete && !flushing_)
        return std::nullopt;
    // The candidate is complete. Noise before it is returned first; the candidate is checked again
    // then.
    if (stretch_ == Stretch::noise)
        return std::unexpected(take_noise());
    const std::uint64_t offset = position();
    if (!header) {
        stretch_ = Stretch::candidates;
        begin_ += 1;
        return std::unexpected(Damage{.offset = offset, .error = header.error()});
    }
    const Bytes bytes = buffered().subspan(1);
    const std::size_t begin = header->size + check_size;
    stretch_ = Stretch::intact;
    begin_ += 1 + header->length; // to its closing flag
    return Frame{.offset = offset,
                 .segmentation = header->segmentation,
                 .information = header->has_information()
                                    ? bytes.subspan(begin, header->length - check_size - begin)
                                    : Bytes{}};
}

} // namespace han::hdlc
