// One readout of a meter with KMP: who it is, then its registers, up to eight at a time.
//
// What is sent comes back from many optical heads, and noise before the answer from all of them:
// whatever is no answer to what was asked is passed over, a damaged echo as well: what begins with no
// answer is one, as long as the request is. An answer that is damaged or does not
// come is asked for again. The protocol allows 27 ms between two octets; USB adapters hold them
// back longer than that, so only the time for the whole answer counts.
#pragma once

#include <functional>

#include "kmp/message.hpp"
#include "readout/session.hpp"

namespace kmp {

/// 1200 baud 8N2, for all heat and water meters.
inline constexpr readout::LineFormat default_format{
    .baud = 1200, .data_bits = 8, .even_parity = false, .stop_bits = 2};

struct SessionOptions {
    /// Ids to ask for. None: what a heat or water meter's display shows, and of a meter that has
    /// none of these energy, power, voltage and current.
    std::vector<std::uint16_t> registers{};
    readout::LineFormat format = default_format;
    /// From an earlier session: a meter of this number is not asked for its type once more.
    std::string known_id{};
    std::string known_type{};
    unsigned tries = 3; ///< of each request
    /// For the optical head to have power before the first request.
    std::chrono::milliseconds settling{200};
    /// From a request's end to its answer's beginning; the document says 1.6 s.
    std::chrono::milliseconds patience{1700};
};

class Session : public readout::Session {
  public:
    /// `on_refusal` is told of each damaged answer.
    Session(SessionOptions options, readout::OnRefusal on_refusal);

    [[nodiscard]] readout::Action next(readout::Time now) override;
    void on_bytes(readout::Time now, han::Bytes octets) override;

  private:
    enum class Step : std::uint8_t {
        begin,
        serial,          // GetSerialNo
        serial_register, // where that is not answered: register 1001
        type,
        registers,
        ended
    };

    [[nodiscard]] Request request() const;
    void on_frame(readout::Time now, const Frame& frame);
    void on_damage(readout::Time now, const Damage& damage);
    void look_for_echo(std::uint8_t octet);
    [[nodiscard]] bool is_of_echo(const Damage& damage) const;
    [[nodiscard]] bool is_asked_for(const Frame& answer) const;
    void on_answer();
    void on_no_answer();
    void go_to(Step step);
    void go_to_registers_behind(std::size_t asked);
    void fail();

    SessionOptions options_;
    readout::OnRefusal on_refusal_;
    Step step_ = Step::begin;
    std::size_t asked_ = 0; // registers asked for so far
    bool is_second_choice_ = false;
    unsigned tries_ = 0;
    bool waiting_ = false;       // for an answer
    readout::Time deadline_{};   // of the answer
    readout::Time latest_{};     // that the deadline is put off to
    readout::Time not_before_{}; // the next request
    bool damaged_ = false;       // something else than silence and echo has come
    Deframer deframer_;
    std::vector<std::uint8_t> sent_;
    std::uint64_t heard_ = 0;                 // octets so far
    std::optional<std::uint64_t> echo_end_{}; // of what was sent last, once something has come
    readout::Readout readout_;
    han::Reason failure_{};
};

} // namespace kmp
