// A-XDR once more, the plain way and apart from the library: says what items a body holds, and
// whether it is certain which code each of them has.
#pragma once

#include "han/base/bytes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace support {

struct PlainItem {
    std::uint8_t tag = 0;
    han::Bytes bytes{};
    std::uint32_t bits = 0; ///< of a bit-string
    std::optional<std::array<std::uint8_t, 6>> code{};
    std::optional<std::array<std::uint8_t, 2>> scaler_unit{};
};

struct PlainBody {
    std::vector<PlainItem> items{};
    bool is_coded = true;
};

class PlainAxdr {
  public:
    /// What a body holds; none if it is malformed, too deep or too long.
    static std::optional<PlainBody> read(han::Bytes body) {
        PlainAxdr axdr;
        try {
            Source source{.octets = body};
            const Value root = value(source);
            if (is_container(root.tag))
                axdr.flatten(source, root, 1);
            if (!source.octets.empty())
                return std::nullopt;
        } catch (const Malformed&) {
            return std::nullopt;
        }
        return axdr.body_;
    }

  private:
    using Bytes = han::Bytes;
    using Code = std::optional<std::array<std::uint8_t, 6>>;
    struct Malformed {};

    static constexpr unsigned deepest = 8;
    static constexpr std::size_t most_items = 512;

    // What is left to be read. In a compact array the types stand apart from the octets.
    struct Source {
        Bytes octets{};
        Bytes types{};
        bool described = false;
    };

    // A value, or the head of a container: `count` elements; a compact array in `bytes` and
    // `types`.
    struct Value {
        std::uint8_t tag = 0;
        std::uint32_t count = 0;
        Bytes bytes{};
        Bytes types{};
    };

    static Bytes take(Bytes& from, std::size_t size) {
        if (size > from.size())
            throw Malformed{};
        const Bytes taken = from.first(size);
        from = from.subspan(size);
        return taken;
    }

    static std::uint32_t number(Bytes octets) {
        std::uint32_t number = 0;
        for (const std::uint8_t octet : octets)
            number = number << 8U | octet;
        return number;
    }

    static std::uint32_t length(Bytes& from) {
        const std::uint8_t first = take(from, 1)[0];
        if (first < 0x80)
            return first;
        const std::size_t size = first & 0x7FU;
        if (size < 1 || size > 4)
            throw Malformed{};
        return number(take(from, size));
    }

    static bool is_container(std::uint8_t tag) { return tag == 1 || tag == 2 || tag == 0x13; }

    // Passes over a type description.
    static void describe(Bytes& from, unsigned depth) {
        if (depth > deepest)
            throw Malformed{};
        const std::uint8_t tag = take(from, 1)[0];
        std::uint32_t types = 0;
        if (tag == 1) {
            if (number(take(from, 2)) == 0)
                throw Malformed{};
            types = 1;
        } else if (tag == 2) {
            types = length(from);
        } else if (tag == 0x13 || !size(tag)) {
            throw Malformed{};
        }
        for (; types > 0; --types)
            describe(from, depth + 1);
    }

    static constexpr int varies = -1;

    // Octets of a value by its tag; none for an unknown one.
    static std::optional<int> size(std::uint8_t tag) {
        switch (tag) {
        case 0x00:
        case 0xFF:
            return 0;
        case 0x03:
        case 0x0D:
        case 0x0F:
        case 0x11:
        case 0x16:
            return 1;
        case 0x10:
        case 0x12:
            return 2;
        case 0x05:
        case 0x06:
        case 0x07:
        case 0x17:
        case 0x1B:
            return 4;
        case 0x1A:
            return 5;
        case 0x14:
        case 0x15:
        case 0x18:
            return 8;
        case 0x19:
            return 12;
        case 0x04:
        case 0x09:
        case 0x0A:
        case 0x0C:
            return varies;
        default:
            return std::nullopt;
        }
    }

    static Value value(Source& from) {
        Bytes& tags = from.described ? from.types : from.octets;
        Value value{.tag = take(tags, 1)[0]};
        if (value.tag == 0x13) {
            const Bytes begin = from.octets;
            describe(from.octets, 1);
            value.types = begin.first(begin.size() - from.octets.size());
            value.bytes = take(from.octets, length(from.octets));
        } else if (value.tag == 1 && from.described) {
            value.count = number(take(tags, 2));
        } else if (value.tag == 1 || value.tag == 2) {
            value.count = length(tags);
        } else if (const auto octets = size(value.tag); !octets) {
            throw Malformed{};
        } else if (*octets != varies) {
            value.bytes = take(from.octets, static_cast<std::size_t>(*octets));
        } else if (value.count = length(from.octets); value.tag == 4) {
            value.bytes = take(from.octets, (std::size_t{value.count} + 7) / 8);
        } else {
            value.bytes = take(from.octets, value.count);
        }
        return value;
    }

    static std::optional<std::array<std::uint8_t, 2>> scaler_unit(Source& from, const Value& head) {
        if (head.tag != 2 || head.count != 2)
            return std::nullopt;
        Source ahead = from;
        try {
            const Value scaler = value(ahead);
            const Value unit = value(ahead);
            if (scaler.tag != 0x0F || unit.tag != 0x16)
                return std::nullopt;
            from = ahead;
            return std::array{scaler.bytes[0], unit.bytes[0]};
        } catch (const Malformed&) {
            return std::nullopt;
        }
    }

    void flatten(Source& from, const Value& head, unsigned depth) {
        if (depth > deepest)
            throw Malformed{};
        Source inner{.octets = head.bytes, .types = head.types, .described = true};
        const bool compact = head.tag == 0x13;
        Source& source = compact ? inner : from;
        const Bytes types = source.types;
        Code code;
        bool scalable = false; // the value right before had a code of its own
        bool has_members = false;
        bool has_others = false;
        for (std::uint32_t i = 0; compact ? !source.octets.empty() : i < head.count; ++i) {
            const std::size_t left = source.octets.size();
            if (head.tag != 2)
                source.types = types;
            const Value element = value(source);
            const bool behind_value = std::exchange(scalable, false);
            const auto scaling = behind_value ? scaler_unit(source, element) : std::nullopt;
            (is_container(element.tag) && !scaling ? has_members : has_others) = true;
            if (scaling) {
                body_.items.back().scaler_unit = scaling;
            } else if (is_container(element.tag)) {
                code.reset();
                flatten(source, element, depth + 1);
            } else if (!code && element.tag == 0x09 && element.bytes.size() == 6) {
                code.emplace();
                std::ranges::copy(element.bytes, code->begin());
            } else if (code || element.tag != 0) {
                if (body_.items.size() == most_items)
                    throw Malformed{};
                if (!code && !body_.items.empty())
                    body_.is_coded = false;
                scalable = code.has_value();
                body_.items.push_back({.tag = element.tag,
                                       .bytes = element.bytes,
                                       .bits = element.count,
                                       .code = std::exchange(code, {})});
            }
            // Elements without octets would make an array endless.
            if (head.tag != 2 && source.octets.size() == left)
                throw Malformed{};
        }
        if (code || (has_members && (has_others || depth > 1)))
            body_.is_coded = false;
    }

    PlainBody body_;
};

} // namespace support
