// Destination of a replayed capture.
#pragma once

#include "ciphering/aes_gcm.hpp"
#include "cli/capture_file.hpp"

#include <chrono>
#include <memory>

namespace hanport::cli {

/// Octets that arrived together.
struct Burst {
    std::chrono::milliseconds since{}; ///< the start of the capture
    std::optional<CaptureTime> time;   ///< if the capture has time stamps
    han::Bytes octets;
};

class ReplaySink {
  public:
    virtual ~ReplaySink() = default;
    virtual void write(const Burst& burst) = 0;
    /// Call this at the end; returns when everything has been delivered.
    virtual void finish() = 0;
    /// Number of lists decoded; empty for a sink of bytes.
    [[nodiscard]] virtual std::uint64_t lists() const noexcept { return 0; }
};

/// Publishes the lists and the state like `hanport run`, to the broker of the [mqtt] section in
/// `config_file`. Throws hanport::ConfigError, and std::runtime_error if the broker cannot be
/// reached.
[[nodiscard]] std::unique_ptr<ReplaySink> make_broker_sink(const std::string& config_file,
                                                           const ciphering::Keys& keys);

} // namespace hanport::cli
