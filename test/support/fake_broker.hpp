// A broker controlled by the test, for faults that real brokers rarely show: it accepts and drops
// connections, refuses single messages, never finishes a packet, requests a shorter keep alive. It
// runs on its own thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace support {

class FakeBroker {
  public:
    enum class Then : std::uint8_t {
        answer,    ///< like a working broker
        refuse,    ///< closes every connection at once
        drop,      ///< closes the connection at the first packet after CONNACK
        unfinished ///< begins a packet of 200 MB after CONNACK and never continues
    };
    struct Script {
        Then then = Then::answer;
        std::uint8_t server_keep_alive = 0; ///< in seconds; 0: not sent
        std::uint8_t connack = 0;           ///< reason (MQTT 5) or return code; closes unless 0
        std::uint8_t suback = 1;            ///< QoS granted, or reason
        /// The reason code of PUBACK for a topic; empty: 0.
        std::function<std::uint8_t(const std::string& topic)> reason{};
        /// The reason code of DISCONNECT instead of PUBACK; empty or 0: PUBACK. MQTT 5 only; with
        /// 3.1.1 the connection is closed without DISCONNECT.
        std::function<std::uint8_t(const std::string& topic)> end{};
    };

    explicit FakeBroker(Script script);
    ~FakeBroker();
    FakeBroker(const FakeBroker&) = delete;
    FakeBroker& operator=(const FakeBroker&) = delete;

    [[nodiscard]] std::string url() const { return "mqtt://localhost:" + std::to_string(port_); }
    /// Connections so far, also those without a CONNECT packet.
    [[nodiscard]] int connections() const { return connections_; }
    /// CONNECT packets so far.
    [[nodiscard]] int connects() const { return connects_; }
    /// The longest silence of a client since its CONNECT.
    [[nodiscard]] std::chrono::milliseconds longest_silence() const;
    /// Topics of QoS 1 messages received, in order.
    [[nodiscard]] std::vector<std::string> published() const;
    /// Works normally from the next connection on.
    void heal() { healed_ = true; }

  private:
    using Clock = std::chrono::steady_clock;
    struct Client {
        int descriptor = -1;
        bool is_v5 = true;
        bool is_mute = false;
        Clock::time_point heard{};
        std::string input{};
    };
    void run();
    [[nodiscard]] bool serve(Client& client);
    [[nodiscard]] bool handle(Client& client, std::uint8_t first, const std::string& body);

    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> healed_ = false;
    std::atomic<int> connections_ = 0;
    std::atomic<int> connects_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> published_;
    Clock::duration longest_{};
    std::thread thread_;
};

} // namespace support
