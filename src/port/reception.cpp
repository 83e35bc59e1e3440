// Bytes to lists, parity and memory; see reception.hpp.
#include "port/reception.hpp"

#include "base/read_file.hpp"
#include "config/key_file.hpp"
#include "config/rules.hpp"
#include "line/serial.hpp"

#include <spdlog/spdlog.h>

namespace hanport::port {
namespace {

// The longest frame takes 9.4 s at 2400 baud.
constexpr std::chrono::seconds longest_burst{30};

std::optional<ciphering::Key> read_key(const std::filesystem::path& file, std::string_view name) {
    if (file.empty())
        return std::nullopt;
    base::warn_if_exposed(file, "key file");
    auto key = config::read_key_file(file);
    if (!key)
        throw config::ConfigError(std::string(name) + ": " + file.string() + ": " + key.error());
    return *key;
}

ciphering::Keys read_keys(const config::PortConfig& config) {
    return {.encryption = read_key(config.encryption_key_file, "port.encryption_key_file"),
            .authentication =
                read_key(config.authentication_key_file, "port.authentication_key_file")};
}

} // namespace

PortReception::PortReception(Port& port, PortListener& listener, const config::PortConfig& config,
                             PortState memory, PortStats& stats,
                             const ParityProbe::Options& options)
    : port_(port), listener_(listener), serial_(!config::is_tcp(config.device)),
      name_(config.device), memory_(std::move(memory)), stats_(stats),
      probe_(config.parity, memory_.parity, options), silence_(options.silence),
      decryptor_(config.encryption_key_file.empty()
                     ? std::nullopt
                     : std::optional<ciphering::AesGcm>(std::in_place, read_keys(config))),
      decoder_(*this, decryptor_ ? &*decryptor_ : nullptr) {
    decoder_.set_meter_hint(memory_.manufacturer, memory_.meter_id, memory_.meter_type);
    stats_.parity = parity();
}

config::Parity PortReception::parity() const noexcept {
    return serial_ ? probe_.parity() : config::Parity::automatic;
}

void PortReception::on_open(Clock::time_point now) {
    marks_.reset();
    probe_.on_open(now);
    last_byte_ = burst_begin_ = now;
}

bool PortReception::on_bytes(Clock::time_point now, std::span<std::uint8_t> bytes) {
    line::ParmrkFilter::Result sent{.size = bytes.size()};
    if (serial_)
        sent = marks_.take_out(bytes);
    stats_.bytes += sent.size;
    stats_.line_errors += sent.errors;
    // Frames count for the parity with which they were read, so the probe is informed first.
    const auto intact_before = intact_frames_;
    decoder_.feed(bytes.first(sent.size));
    bound_burst(now, intact_frames_ > intact_before);
    return note_parity(probe_.on_bytes(now, sent.size, sent.errors));
}

// Octets that keep arriving one by one forever, from light on the optical head, are not a burst
// with an end; the decision that they delay is made here.
void PortReception::bound_burst(Clock::time_point now, bool is_intact) {
    if (is_intact || now - last_byte_ >= silence_)
        burst_begin_ = now;
    last_byte_ = now;
    if (now - burst_begin_ < longest_burst)
        return;
    decoder_.flush();
    burst_begin_ = now;
}

bool PortReception::on_silence(Clock::time_point now) {
    decoder_.flush();
    return note_parity(probe_.on_silence(now));
}

void PortReception::on_close() {
    decoder_.flush();
}

// Logs a change of parity, and discards what was read before it.
bool PortReception::note_parity(bool changed) {
    if (!changed || !serial_)
        return false;
    decoder_.flush();
    stats_.parity = parity();
    spdlog::debug("port {}: bytes without an intact frame, trying {}", name_,
                  line::frame_format(parity()));
    return true;
}

void PortReception::on_list(const han::list::List& list) {
    ++stats_.frames[list.kind];
    on_intact_frame();
    if (!listener_.accepts(port_, list)) {
        ++stats_.beyond_limit;
        return; // not stored: many such meters would mean many writes to disk
    }
    // Before the list is published; a crash in between would lose it.
    remember_meter(memory_, list, port_, listener_);
    listener_.on_list(port_, list);
}

void PortReception::on_refusal(const han::Refusal& refusal) {
    ++stats_.frames[outcome_of(refusal.error)];
    // A refusal above the HDLC layer means an intact frame.
    if (!std::holds_alternative<han::hdlc::Error>(refusal.error))
        on_intact_frame();
    listener_.on_refusal(port_, refusal);
}

void PortReception::on_intact_frame() {
    ++intact_frames_;
    probe_.on_intact_frame();
    if (!serial_ || memory_.parity == parity())
        return;
    spdlog::info("port {}: intact frames with {}", name_, line::frame_format(parity()));
    memory_.parity = parity();
    listener_.on_port_state(port_, memory_);
}

} // namespace hanport::port
