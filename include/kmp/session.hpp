// One readout of a meter with KMP: its identity, then its registers, up to eight per request.
//
// Many optical heads echo the request, and all of them add noise before the answer. Octets that are
// not an answer to the request are ignored. So is a damaged echo: octets that do not begin like an
// answer, up to the length of the request. A request without answer, or with a damaged answer, is
// repeated. The protocol allows 27 ms between two octets, but USB adapters hold octets back longer,
// so only the time for the whole answer is limited.
#pragma once

#include "kmp/message.hpp"
#include "polled/session_base.hpp"

namespace kmp {

/// 1200 baud 8N2, for all heat and water meters.
inline constexpr polled::LineFormat default_format{
    .baud = 1200, .data_bits = 8, .even_parity = false, .stop_bits = 2};

struct SessionOptions {
    /// Ids to read. Empty: the registers on the display of a heat or water meter; if the meter has
    /// none of them, energy, power, voltage and current.
    std::vector<std::uint16_t> registers{};
    polled::LineFormat format = default_format;
    /// From an earlier session: for a meter with this number the type is not requested again.
    std::string known_id{};
    std::string known_type{};
    unsigned tries = 3; ///< per request
    /// Time for the optical head to power up before the first request.
    std::chrono::milliseconds settling{200};
    /// From the end of the request to the beginning of the answer; the document says 1.6 s.
    std::chrono::milliseconds timeout{1700};
};

class Session : public polled::ProtocolSession<Error> {
  public:
    /// `on_refusal` is called for each damaged answer.
    Session(SessionOptions options, polled::OnRefusal<Error> on_refusal);

  private:
    enum class Step : std::uint8_t {
        begin,
        serial,          // GetSerialNo
        serial_register, // register 1001, if GetSerialNo is not answered
        type,
        registers
    };

    [[nodiscard]] polled::Action act(polled::Time now) override;
    void on_octet(polled::Time now, std::uint8_t octet) override;
    [[nodiscard]] Request request() const;
    void on_frame(polled::Time now, const Frame& frame);
    void on_damage(polled::Time now, const Damage& damage);
    void look_for_echo(std::uint8_t octet);
    [[nodiscard]] bool is_of_echo(const Damage& damage) const;
    [[nodiscard]] bool is_asked_for(const Frame& answer) const;
    void on_answer();
    void on_silence();
    void on_no_answer();
    void go_to(Step step);
    void go_to_registers_behind(std::size_t asked);

    SessionOptions options_;
    Step step_ = Step::begin;
    std::size_t requested_ = 0; // registers requested so far
    bool is_second_choice_ = false;
    bool waiting_ = false; // for an answer
    Deframer deframer_;
    std::size_t request_size_ = 0;            // of the last request
    std::uint64_t received_ = 0;              // octets so far
    std::optional<std::uint64_t> echo_end_{}; // of the last request, once something has arrived
};

} // namespace kmp
