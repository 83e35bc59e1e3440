// A real mosquitto on a free port: can be started, killed and started again, with passwords, and
// TLS with certificates created at run time.
#pragma once

#include "support/certificates.hpp"

#include <cstdint>

namespace support {

/// The broker. Its port is reserved from construction to destruction. While it is not running,
/// connections are refused.
class Mosquitto {
  public:
    struct Options {
        std::string username{}; ///< empty: no authentication
        std::string password{};
        const Certificates* tls = nullptr; ///< must outlive the broker
        bool client_certificate = false;   ///< requires a client certificate
        bool persistent = false;           ///< keeps retained messages over stop() and start()
        std::string extra{};               ///< more lines of configuration
    };

    Mosquitto() : Mosquitto(Options{}) {}
    /// Reserves a port; call start() next.
    explicit Mosquitto(Options options);
    ~Mosquitto();
    Mosquitto(const Mosquitto&) = delete;
    Mosquitto& operator=(const Mosquitto&) = delete;

    /// Returns once it listens; throws if that takes longer than a few seconds.
    void start();
    /// Stops it orderly (SIGTERM) and waits for its end.
    void stop();
    /// Kills it (SIGKILL).
    void kill();
    /// Freezes it without closing connections, like a hung machine (SIGSTOP), and resumes it.
    void freeze();
    void thaw();
    /// Sets the options for the next start.
    void change(Options options);
    [[nodiscard]] bool running() const noexcept { return child_ > 0; }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// mqtt://localhost:PORT, mqtts://… with TLS.
    [[nodiscard]] std::string url() const;
    /// Connection options of mosquitto's clients: -h, -p, -u, --cafile …
    [[nodiscard]] std::vector<std::string> client_arguments() const;
    /// Everything logged since construction.
    [[nodiscard]] std::string log() const;
    /// Waits until the log contains `text` at or after `from`; false after `timeout`.
    [[nodiscard]] bool
    wait_for_log(std::string_view text, std::size_t from = 0,
                 std::chrono::milliseconds timeout = std::chrono::seconds(10)) const;

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
    bool retained = false; ///< published before the subscription

    friend bool operator==(const Received&, const Received&) = default;
};

/// mosquitto_sub: an independent observer of the messages at the broker, with QoS 1. It reconnects
/// by itself when the broker is back.
class Subscriber {
  public:
    enum class Session : bool { clean, kept }; ///< kept: a persistent broker collects meanwhile

    /// Returns once the broker has confirmed the subscription.
    Subscriber(const Mosquitto& broker, const std::string& filter,
               Session session = Session::clean);
    ~Subscriber();
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    /// The next message; empty after `timeout`.
    [[nodiscard]] std::optional<Received>
    next(std::chrono::milliseconds timeout = std::chrono::seconds(10));
    /// Skips messages until one of this topic; empty after `timeout`.
    [[nodiscard]] std::optional<Received>
    next_of(std::string_view topic, std::chrono::milliseconds timeout = std::chrono::seconds(10));

  private:
    pid_t child_ = -1;
    int output_ = -1;
    std::string pending_;
};

/// mosquitto_pub: sends one message and waits until the broker has acknowledged it.
void publish(const Mosquitto& broker, const std::string& topic, const std::string& payload,
             int qos = 1, bool retain = false);

} // namespace support
