// One readout of a meter with IEC 62056-21: sign-on at 300 baud, identification, the speed that the
// meter offers (mode C after an acknowledgement, mode B without, mode A stays), the data block.
//
// A block that is damaged is asked for again (NAK); what stays silent is signed on to again, and in
// the end a meter of mode C without its acknowledgement, whereupon it sends at 300 baud. Echoes of
// optical heads begin with "/?" or 06, which no answer does. What comes puts the end of the wait off,
// but not beyond the time that the longest answer takes.
#pragma once

#include <functional>

#include "iec62056/block.hpp"
#include "readout/session.hpp"

namespace iec62056 {

/// Every meter begins with these.
inline constexpr readout::LineFormat sign_on_format{
    .baud = 300, .data_bits = 7, .even_parity = true, .stop_bits = 1};

struct SessionOptions {
    std::string address{}; ///< empty: whichever meter there is
    bool wake_up = false;  ///< for battery meters: NULs for 2.2 s first
    readout::LineFormat format = sign_on_format;
    unsigned tries = 3;
    std::chrono::milliseconds settling{200};  ///< for the optical head to have power
    std::chrono::milliseconds patience{2000}; ///< without a character; the standard says 1.5 s
    /// That a block takes on the average for each character, three times as long as at 300 baud, and
    /// once for the pauses between its lines. What comes slower is light on the optical head.
    std::chrono::milliseconds pace{100};
    std::chrono::milliseconds pauses{10'000};
    std::chrono::milliseconds longest_block{600'000}; ///< 16384 characters at 300 baud
    /// From the acknowledgement, once it has left, to the new speed: for what adapters hold back, and
    /// not longer than half the time that the meter takes to answer.
    std::chrono::milliseconds before_switching{100};
    std::chrono::milliseconds between_tries{2000};
};

class Session : public readout::Session {
  public:
    Session(SessionOptions options, readout::OnRefusal on_refusal);

    [[nodiscard]] readout::Action next(readout::Time now) override;
    void on_bytes(readout::Time now, han::Bytes octets) override;

  private:
    enum class Step : std::uint8_t {
        set_format,
        wake_up,
        sign_on,
        identification, // waited for
        acknowledge,
        switch_speed,
        block, // waited for
        repeat,
        ended
    };

    [[nodiscard]] readout::Action send(std::vector<std::uint8_t> octets, readout::Time now);
    void on_identification(readout::Time now, const Identification& who);
    void on_block(readout::Time now, const BlockReader::Result& result);
    void wait_for_block(readout::Time now);
    void put_off(readout::Time now);
    void refuse_block(readout::Time now, Error error);
    void on_silence(readout::Time now);
    void try_again(readout::Time now);

    SessionOptions options_;
    readout::OnRefusal on_refusal_;
    Step step_ = Step::set_format;
    readout::Time not_before_{}; // the step's action, or its deadline where it waits
    readout::Time latest_{};     // that the deadline is put off to
    std::optional<readout::Time> block_begin_{};
    bool settled_ = false;
    unsigned tries_ = 0;
    unsigned repeats_ = 0;
    bool heard_ = false; // something else than silence and echo
    readout::LineFormat format_;
    std::string line_;
    Identification who_;
    BlockReader block_;
    readout::Readout readout_;
    han::Reason failure_{};
    std::string bad_data_set_; // what failure_ says if an intact block holds one
};

} // namespace iec62056
