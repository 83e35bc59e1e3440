// Meters with a sign-on at 300 baud: an Omnipower of mode C, which sends its data at 9600 baud
// after an acknowledgement and at 300 without one, and a Multical 66, which answers "/#1" at 1200.
#include "simulator/polled_models.hpp"

#include <algorithm>
#include <stdexcept>

namespace hanport::simulator {
namespace {

using std::chrono::milliseconds;

constexpr unsigned sign_on_speed = 300;
constexpr milliseconds reaction{200};

std::vector<std::uint8_t> octets_of(std::string_view text) {
    return {text.begin(), text.end()};
}

class OmnipowerIec final : public Conversation {
  public:
    explicit OmnipowerIec(std::string meter_id) : meter_id_(std::move(meter_id)) {}

    std::vector<Answer> hear(std::uint8_t octet, unsigned baud, milliseconds since) override {
        constexpr unsigned fast = 9600;
        constexpr std::uint8_t not_acknowledged = 0x15;
        if (octet == not_acknowledged)
            return {{.after = reaction, .octets = block(since), .baud = baud}};
        if (baud != sign_on_speed)
            return {};
        if (octet == '/' || octet == 0x06)
            line_.clear();
        line_ += static_cast<char>(octet);
        if (!line_.ends_with("\r\n"))
            return {};
        if (line_ == "/?!\r\n" || line_ == "/?" + meter_id_ + "!\r\n")
            return {{.after = reaction,
                     .octets = octets_of("/KAM5 6841138AN110001\r\n"),
                     .baud = sign_on_speed}};
        if (line_ == "\x06"
                     "050\r\n")
            return {
                {.after = std::chrono::milliseconds(500), .octets = block(since), .baud = fast}};
        return {};
    }

    void reset() override { line_.clear(); }

  private:
    [[nodiscard]] std::vector<std::uint8_t> block(milliseconds since) const {
        constexpr long long begin = 451;
        const auto hours = begin + since / std::chrono::hours(1);
        std::string energy = std::to_string(hours);
        energy.insert(0, 7 - std::min<std::size_t>(7, energy.size()), '0');
        const std::string text = "0.0.1(" + meter_id_ + ")\r\n97.97.0(0)\r\n1.8.0(" + energy +
                                 "*kWh)\r\n" +
                                 "2.8.0(0000000*kWh)\r\n3.8.0(0000012*kvarh)\r\n"
                                 "1.6.0(1.084*kW)(00261120161500)\r\n1.2.0(23.370*kW)\r\n"
                                 "96.8.0(11018)\r\n1.0.0(00261120173000)\r\n!\r\n\x03";
        unsigned check = 0;
        for (const char c : text)
            check ^= static_cast<unsigned char>(c);
        auto octets = octets_of("\x02" + text);
        octets.push_back(static_cast<std::uint8_t>(check));
        return octets;
    }

    std::string meter_id_;
    std::string line_{};
};

class Multical66 final : public Conversation {
  public:
    std::vector<Answer> hear(std::uint8_t octet, unsigned baud, milliseconds since) override {
        constexpr unsigned fast = 1200;
        constexpr milliseconds slow_reaction{400};
        constexpr std::string_view request = "/#1";
        if (baud != sign_on_speed)
            return {};
        heard_ += static_cast<char>(octet);
        if (!heard_.ends_with(request))
            return {};
        heard_.clear();
        std::string energy = std::to_string(1234 + since / std::chrono::hours(1));
        energy.insert(0, 7 - std::min<std::size_t>(7, energy.size()), '0');
        return {{.after = slow_reaction,
                 .octets = octets_of(energy + " 0056789 0012345 0007512 0003456 0004056 0000123 "
                                              "0000456 0000250 0000000\r"),
                 .baud = fast}};
    }

    void reset() override { heard_.clear(); }

  private:
    std::string heard_;
};

} // namespace

std::unique_ptr<Conversation> make_omnipower_iec(const std::string& meter_id) {
    if (meter_id.size() > 16 ||
        !std::ranges::all_of(meter_id, [](char c) { return c >= '0' && c <= '9'; }))
        throw std::invalid_argument("the id of this meter has up to 16 digits");
    return std::make_unique<OmnipowerIec>(meter_id.empty() ? "60053" : meter_id);
}

std::unique_ptr<Conversation> make_multical_66(const std::string& meter_id) {
    if (!meter_id.empty())
        throw std::invalid_argument("this meter does not say its id");
    return std::make_unique<Multical66>();
}

} // namespace hanport::simulator
