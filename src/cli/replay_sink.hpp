// Where a replayed capture goes.
#pragma once

#include "ciphering/aes_gcm.hpp"
#include "cli/capture_file.hpp"

#include <chrono>
#include <memory>

namespace cli {

/// Octets that come together.
struct Burst {
    std::chrono::milliseconds since{}; ///< the beginning of the capture
    std::optional<CaptureTime> time;   ///< where the capture tells it
    han::Bytes octets;
};

class ReplaySink {
  public:
    virtual ~ReplaySink() = default;
    virtual void write(const Burst& burst) = 0;
    /// Nothing more comes; returns when all has arrived.
    virtual void finish() = 0;
    /// Lists that were decoded; none for a sink of bytes.
    [[nodiscard]] virtual std::uint64_t lists() const noexcept { return 0; }
};

/// Publishes the lists and the state as `hanport run` would, to the broker of the [mqtt] section in
/// `config_file`. Throws hanport::ConfigError, and std::runtime_error where the broker is not to be had.
[[nodiscard]] std::unique_ptr<ReplaySink> make_broker_sink(const std::string& config_file,
                                                           const ciphering::Keys& keys);

} // namespace cli
