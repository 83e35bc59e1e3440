// All messages at the broker, in order, as received by mosquitto_sub.
#pragma once

#include "support/mosquitto.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace support {

class Witness {
  public:
    explicit Witness(const Mosquitto& broker, const std::string& filter = "#",
                     Subscriber::Session session = Subscriber::Session::clean)
        : subscriber_(broker, filter, session) {}

    /// Listens until `condition` holds; false after `timeout`.
    template <class Condition>
    [[nodiscard]] bool until(const Condition& condition,
                             std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
        const auto deadline = std::chrono::steady_clock::now() + timeout;
        while (!condition()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            if (left.count() <= 0)
                return false;
            if (auto message = subscriber_.next(std::min(left, std::chrono::milliseconds(20))))
                all.push_back(std::move(*message));
        }
        return true;
    }

    /// Listens for a time in which messages may or may not arrive.
    void listen(std::chrono::milliseconds time) {
        (void)until([] { return false; }, time);
    }

    /// Payloads of all topics that end in `end`, in order.
    [[nodiscard]] std::vector<std::string> payloads(std::string_view end) const {
        std::vector<std::string> found;
        for (const Received& message : all)
            if (message.topic.ends_with(end))
                found.push_back(message.payload);
        return found;
    }
    [[nodiscard]] std::size_t count(std::string_view end) const { return payloads(end).size(); }

    /// The last of these as JSON; null if there is none.
    [[nodiscard]] nlohmann::json last(std::string_view end) const {
        const auto found = payloads(end);
        return found.empty() ? nlohmann::json() : nlohmann::json::parse(found.back());
    }

    /// A member of all of these that are JSON: "meter_time" of "/list/hourly".
    [[nodiscard]] std::vector<std::string> members(std::string_view end, const char* name) const {
        std::vector<std::string> found;
        for (const std::string& payload : payloads(end))
            found.push_back(nlohmann::json::parse(payload).at(name).get<std::string>());
        return found;
    }

    std::vector<Received> all;

  private:
    Subscriber subscriber_;
};

} // namespace support
