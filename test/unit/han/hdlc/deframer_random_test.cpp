// The search for intact frames against a search by the book, over random damage in random chunks.
#include "support/hdlc.hpp"
#include "unit/han/hdlc/feeder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace {

using support::Feeder;
using support::frame;
using support::join;
using support::Octets;
using support::Told;
using support::whole;

// Streams of frames, pieces of frames, flags and noise, with octets changed, lost and added.
Octets random_stream(std::mt19937& random) {
    const auto below = [&random](std::size_t n) { return random() % n; };
    Octets stream;
    for (std::size_t parts = 1 + below(6); parts > 0; --parts) {
        Octets information(below(40));
        for (auto& octet : information)
            octet = below(4) == 0   ? std::uint8_t{0x7E}
                    : below(4) == 0 ? std::uint8_t{0xA0}
                                    : static_cast<std::uint8_t>(random());
        Octets part = frame(information, {.segmentation = below(5) == 0});
        switch (below(8)) {
        case 0:
            part[below(part.size())] = static_cast<std::uint8_t>(random());
            break;
        case 1:
            part.resize(below(part.size()));
            break;
        case 2:
            part.erase(part.begin() + static_cast<std::ptrdiff_t>(below(part.size())));
            break;
        case 3:
            part.insert(part.begin() + static_cast<std::ptrdiff_t>(below(part.size())), 0x7E);
            break;
        case 4:
            part.resize(part.size() - 1); // the next flag closes it
            break;
        case 5:
            part = information;
            break;
        default:
            break;
        }
        stream = join(stream, part);
    }
    return stream;
}

TEST(DeframerTest, FindsInRandomDamageWhatTheSearchByTheBookFinds) {
    std::mt19937 random(7);
    std::size_t frames = 0;
    for (int times = 0; times < 5000; ++times) {
        const Octets stream = random_stream(random);
        Told intact;
        for (const auto& found : support::find_frames(stream))
            intact.push_back((found.segmentation ? "segment@" : "frame@") +
                             std::to_string(found.offset) + " ");
        Told got;
        for (const auto& text : whole(stream))
            if (text.starts_with("frame@") || text.starts_with("segment@"))
                got.push_back(text.substr(0, text.find(' ') + 1));
        ASSERT_EQ(got, intact) << support::to_hex(stream);
        frames += got.size();
    }
    EXPECT_GT(frames, 5000U);
}

TEST(DeframerTest, ChunksOfRandomSizesGiveTheSame) {
    std::mt19937 random(8);
    for (int times = 0; times < 3000; ++times) {
        const Octets stream = random_stream(random);
        Feeder run;
        Told told;
        for (std::span<const std::uint8_t> rest = stream; !rest.empty();) {
            const std::size_t size = std::min<std::size_t>(rest.size(), 1 + random() % 30);
            for (const auto& text : run.feed(rest.first(size)))
                told.push_back(text);
            rest = rest.subspan(size);
        }
        for (const auto& text : run.flush())
            told.push_back(text);
        ASSERT_EQ(told, whole(stream)) << support::to_hex(stream);
    }
}

} // namespace
