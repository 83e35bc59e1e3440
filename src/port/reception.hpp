// Processes the bytes of a port: lists and refusals for the listener, counters, the parity to use,
// and what to remember of the line. No I/O, no clock.
#pragma once

#include "ciphering/aes_gcm.hpp"
#include "line/parmrk_filter.hpp"
#include "port/port.hpp"

#include <optional>

namespace hanport::port {

class PortReception : han::Listener {
  public:
    using Clock = ParityProbe::Clock;

    /// Throws ConfigError if a key file cannot be used. `stats` and other references must outlive
    /// this object.
    PortReception(Port& port, PortListener& listener, const config::PortConfig& config,
                  PortState memory, PortStats& stats, const ParityProbe::Options& options);

    /// A line was opened.
    void on_open(Clock::time_point now);

    /// Bytes were read. The kernel's marks are removed from them in place. True if this changed
    /// parity().
    [[nodiscard]] bool on_bytes(Clock::time_point now, std::span<std::uint8_t> bytes);

    /// No byte has arrived for some time. True if this changed parity().
    [[nodiscard]] bool on_silence(Clock::time_point now);

    /// The line is closed; a pending frame will not be completed.
    void on_close();

    /// Parity for reading the line: none or even; automatic if the line belongs to another host.
    [[nodiscard]] config::Parity parity() const noexcept;

    /// Octets that the current frame still lacks; 0 if there is no current frame.
    [[nodiscard]] std::size_t awaited() const noexcept { return decoder_.awaited(); }
    /// True if silence would change nothing.
    [[nodiscard]] bool idle() const noexcept { return decoder_.idle(); }

    /// Intact frames so far.
    [[nodiscard]] std::uint64_t intact_frames() const noexcept { return intact_frames_; }

  private:
    void on_list(const han::list::List& list) override;
    void on_refusal(const han::Refusal& refusal) override;
    void on_intact_frame();
    void bound_burst(Clock::time_point now, bool is_intact);
    [[nodiscard]] bool note_parity(bool changed);

    Port& port_;
    PortListener& listener_;
    bool serial_;
    std::string name_;
    PortState memory_;
    PortStats& stats_;
    ParityProbe probe_;
    std::chrono::milliseconds silence_;
    Clock::time_point last_byte_;
    Clock::time_point burst_begin_; // or of the last intact frame in it
    line::ParmrkFilter marks_;
    std::optional<ciphering::AesGcm> decryptor_;
    han::Decoder decoder_;
    std::uint64_t intact_frames_ = 0;
};

} // namespace hanport::port
