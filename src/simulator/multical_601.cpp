// A Multical 601 with KMP at 1200 baud: 12.345 MWh and rising, flow 75.12 °C, return 34.56 °C.
#include "simulator/polled_models.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace hanport::simulator {
namespace {

using std::chrono::milliseconds;
using Octets = std::vector<std::uint8_t>;

constexpr unsigned speed = 1200;
constexpr milliseconds reaction{30};
constexpr std::uint8_t meter = 0x3F;

// Value of a register: its number × 10^-decimals of the unit, which is a number of Kamstrup's
// table.
struct Register {
    std::uint16_t id;
    std::uint8_t unit;
    std::uint8_t decimals;
    std::uint32_t number;
    std::uint32_t grows_in; ///< seconds; 0 never
};

constexpr std::uint16_t serial_register = 1001;
constexpr auto registers = std::to_array<Register>({
    {60, 3, 3, 12345, 600},   // MWh
    {68, 40, 2, 123456, 300}, // m³
    {74, 41, 0, 456, 0},      // l/h
    {80, 22, 1, 215, 0},      // kW
    {86, 37, 2, 7512, 0},     // °C
    {87, 37, 2, 3456, 0},
    {89, 38, 2, 4056, 0}, // K
    {99, 51, 0, 0, 0},
    {serial_register, 51, 0, 0, 0},
    {1002, 47, 0, 173000, 0}, // 17:30:00
    {1003, 48, 0, 261120, 0}, // 2026-11-20
    {1004, 46, 0, 23456, 0},  // h
});

std::uint16_t check_sum(const Octets& octets) {
    unsigned sum = 0;
    for (const unsigned octet : octets)
        for (unsigned bit = 0x80; bit > 0; bit >>= 1U) {
            const bool carry = ((sum & 0x8000U) != 0) != ((octet & bit) != 0);
            sum = (sum << 1U & 0xFFFFU) ^ (carry ? 0x1021U : 0U);
        }
    return static_cast<std::uint16_t>(sum);
}

void append(Octets& out, std::uint32_t number, unsigned size) {
    while (size-- > 0)
        out.push_back(static_cast<std::uint8_t>(number >> 8U * size));
}

Octets framed(Octets content) {
    append(content, check_sum(content), 2);
    Octets frame{0x40};
    for (const std::uint8_t octet : content) {
        if (octet == 0x80 || octet == 0x40 || octet == 0x0D || octet == 0x06 || octet == 0x1B) {
            frame.push_back(0x1B);
            frame.push_back(octet ^ 0xFF);
        } else {
            frame.push_back(octet);
        }
    }
    frame.push_back(0x0D);
    return frame;
}

// The octets between 80 and 0D, without stuffing and check sum; empty if the check sum is wrong.
std::optional<Octets> content_of(const Octets& frame) {
    Octets content;
    for (std::size_t i = 1; i + 1 < frame.size(); ++i)
        content.push_back(frame[i] == 0x1B ? static_cast<std::uint8_t>(frame[++i] ^ 0xFF)
                                           : frame[i]);
    if (content.size() < 4 || check_sum(content) != 0)
        return std::nullopt;
    content.resize(content.size() - 2);
    return content;
}

class Multical601 final : public Conversation {
  public:
    explicit Multical601(std::uint32_t serial) : serial_(serial) {}

    std::vector<Answer> hear(std::uint8_t octet, unsigned baud, milliseconds since) override {
        if (octet == 0x80)
            heard_.clear();
        heard_.push_back(octet);
        if (octet != 0x0D || heard_[0] != 0x80 || baud != speed)
            return {};
        const auto request = content_of(heard_);
        heard_.clear();
        if (!request || (*request)[0] != meter)
            return {};
        Octets content = answer(*request, since);
        if (content.empty())
            return {};
        return {{.after = reaction, .octets = framed(std::move(content)), .baud = speed}};
    }

    void reset() override { heard_.clear(); }

  private:
    [[nodiscard]] Octets answer(const Octets& request, milliseconds since) const {
        Octets content{meter, request[1]};
        switch (request[1]) {
        case 0x01:
            append(content, 0x0001, 2); // Pt500
            content.push_back(6);       // F
            content.push_back(1);
            return content;
        case 0x02:
            append(content, serial_, 4);
            return content;
        case 0x10:
            for (std::size_t at = 3; at + 1 < request.size(); at += 2)
                append_register(content, static_cast<unsigned>(request[at] << 8U | request[at + 1]),
                                since);
            return content;
        default: // readers send no other requests
            return {};
        }
    }

    void append_register(Octets& content, unsigned id, milliseconds since) const {
        const auto* const row = std::ranges::find(registers, id, &Register::id);
        if (row == registers.end())
            return;
        constexpr std::uint8_t negative_exponent = 0x40;
        std::uint32_t number = id == serial_register ? serial_ : row->number;
        if (row->grows_in > 0)
            number += static_cast<std::uint32_t>(since / std::chrono::seconds(row->grows_in));
        append(content, id, 2);
        content.push_back(row->unit);
        content.push_back(4);
        content.push_back(row->decimals > 0 ? row->decimals | negative_exponent : 0);
        append(content, number, 4);
    }

    std::uint32_t serial_;
    Octets heard_{};
};

} // namespace

std::unique_ptr<Conversation> make_multical_601(const std::string& meter_id) {
    std::uint32_t serial = 6801234;
    if (!meter_id.empty()) {
        const auto [end, error] =
            std::from_chars(meter_id.data(), meter_id.data() + meter_id.size(), serial);
        if (error != std::errc{} || end != meter_id.data() + meter_id.size())
            throw std::invalid_argument("the id of this meter is a number up to 4294967295");
    }
    return std::make_unique<Multical601>(serial);
}

} // namespace hanport::simulator
