// A real mosquitto on a free port: started, killed and started again as a test needs it, with
// passwords and TLS by certificates that are made at run time.
#pragma once

#include "support/certificates.hpp"

#include <cstdint>

namespace support {

/// The broker. Its port stays its own from construction to destruction, also while it is not
/// running: whoever connects then is refused.
class Mosquitto {
  public:
    struct Options {
        std::string username{}; ///< empty: anybody may connect
        std::string password{};
        const Certificates* tls = nullptr; ///< must outlive the broker
        bool client_certificate = false;   ///< asks clients for theirs
        bool persistent = false;           ///< keeps retained messages over stop() and start()
        std::string extra{};               ///< more lines of configuration
    };

    Mosquitto() : Mosquitto(Options{}) {}
    /// Reserves a port; start() is to be called.
    explicit Mosquitto(Options options);
    ~Mosquitto();
    Mosquitto(const Mosquitto&) = delete;
    Mosquitto& operator=(const Mosquitto&) = delete;

    /// Returns once it listens; throws where it does not within some seconds.
    void start();
    /// Asks it to end (SIGTERM) and waits for that.
    void stop();
    /// Ends it at once (SIGKILL).
    void kill();
    /// Stops its work without closing connections, as a hung machine does (SIGSTOP), and goes on.
    void freeze();
    void thaw();
    /// Other options from the next start on.
    void change(Options options);
    [[nodiscard]] bool running() const noexcept { return child_ > 0; }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// mqtt://localhost:PORT, mqtts://… with TLS.
    [[nodiscard]] std::string url() const;
    /// What mosquitto's clients need to connect: -h, -p, -u, --cafile …
    [[nodiscard]] std::vector<std::string> client_arguments() const;
    /// All that it logged since it was made.
    [[nodiscard]] std::string log() const;
    /// Waits until the log has `text` in it from `from` on; false after `patience`.
    [[nodiscard]] bool
    wait_for_log(std::string_view text, std::size_t from = 0,
                 std::chrono::milliseconds patience = std::chrono::seconds(10)) const;

  private:
    [[nodiscard]] std::string configuration() const;
    void end(int signal);
    void write_passwords() const;

    Options options_;
    Folder folder_;
    int reservation_ = -1;
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

/// A message as mosquitto_sub reports it.
struct Received {
    std::string topic;
    std::string payload;
    int qos = 0;
    bool retained = false; ///< was there before the subscription

    friend bool operator==(const Received&, const Received&) = default;
};

/// mosquitto_sub: the independent witness of what reaches the broker, with QoS 1. It connects again
/// by itself when the broker comes back.
class Subscriber {
  public:
    enum class Session : bool { clean, kept }; ///< kept: a persistent broker collects meanwhile

    /// Returns once the broker has confirmed the subscription.
    Subscriber(const Mosquitto& broker, const std::string& filter,
               Session session = Session::clean);
    ~Subscriber();
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    /// The next message; none after `patience`.
    [[nodiscard]] std::optional<Received>
    next(std::chrono::milliseconds patience = std::chrono::seconds(10));
    /// Passes over messages until one of this topic; none after `patience`.
    [[nodiscard]] std::optional<Received>
    next_of(std::string_view topic, std::chrono::milliseconds patience = std::chrono::seconds(10));

  private:
    pid_t child_ = -1;
    int output_ = -1;
    std::string pending_;
};

/// mosquitto_pub: sends one message and waits until the broker has it.
void publish(const Mosquitto& broker, const std::string& topic, const std::string& payload,
             int qos = 1, bool retain = false);

} // namespace support
