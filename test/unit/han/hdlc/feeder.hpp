// A deframer's results as lines of text.
#pragma once

#include "han/hdlc/deframer.hpp"
#include "support/hdlc.hpp"

#include <gtest/gtest.h>

namespace support {

using Told = std::vector<std::string>;

/// A deframer that is fed, and what it gives: frames, pieces of messages, refusals with their place.
class Feeder {
  public:
    /// "frame@0 0102", "segment@0 0102", "bad_fcs@0", "outside_frame@0+7"
    Told feed(std::span<const std::uint8_t> octets) {
        Told told;
        while (!octets.empty()) {
            const std::size_t taken = deframer_.push(octets);
            EXPECT_GT(taken, 0U) << "no room though all results were taken";
            if (taken == 0)
                break;
            octets = octets.subspan(taken);
            drain(told);
        }
        return told;
    }

    Told flush() {
        deframer_.flush();
        Told told;
        drain(told);
        return told;
    }

    [[nodiscard]] std::size_t pending() const { return deframer_.pending(); }
    [[nodiscard]] std::size_t awaited() const { return deframer_.awaited(); }
    [[nodiscard]] bool idle() const { return deframer_.idle(); }

  private:
    void drain(Told& told) {
        while (const auto result = deframer_.next()) {
            std::string text;
            if (const auto& found = *result) {
                text.append(found->segmentation ? "segment@" : "frame@");
                text.append(std::to_string(found->offset)).append(" ");
                text.append(to_hex(found->information));
            } else {
                text.append(reason(found.error().error).key).append("@");
                text.append(std::to_string(found.error().offset));
                if (found.error().size > 0)
                    text.append("+").append(std::to_string(found.error().size));
            }
            told.push_back(text);
        }
    }

    han::hdlc::Deframer deframer_;
};

/// Everything that a whole stream gives.
[[nodiscard]] inline Told whole(std::span<const std::uint8_t> stream) {
    Feeder run;
    Told told = run.feed(stream);
    const Told rest = run.flush();
    told.insert(told.end(), rest.begin(), rest.end());
    return told;
}

} // namespace support
