// hanport replay --to mqtt: publishes the lists of a capture. No discovery, because a replayed
// meter is not a real one.
#include "cli/replay_sink.hpp"
#include "daemon/broker_options.hpp"
#include "daemon/meter.hpp"
#include "han/decoder.hpp"
#include "home/hour_clock.hpp"
#include "mqtt/broker_causes.hpp"
#include "mqtt/list_message.hpp"
#include "mqtt/state.hpp"

#include <boost/asio/io_context.hpp>

#include <map>

namespace cli {
namespace {

using namespace std::chrono_literals;
using han::list::ListKind;
using std::chrono::steady_clock;
using std::chrono::system_clock;

constexpr auto patience = 10s;

class BrokerSink : public ReplaySink, private han::Listener {
  public:
    BrokerSink(const hanport::Config& config, const ciphering::Keys& keys)
        : topics_(hanport::topics_of(config)),
          broker_(io_.get_executor(), options(config), events()), decipherer_(keys) {
        broker_.start();
        wait([this] { return broker_.connected() || !cause_.empty(); });
        if (!broker_.connected())
            throw std::runtime_error("no connection to " + config.mqtt.url + ": " + cause_);
    }

    void write(const Burst& burst) override {
        time_ = burst.time ? system_clock::time_point(*burst.time) : system_clock::now();
        decoder_.feed(burst.octets);
        io_.poll();
    }

    void finish() override {
        decoder_.give_up();
        wait([this] { return delivered_ + refused_ == sent_ || !broker_.connected(); });
        if (delivered_ != sent_)
            throw std::runtime_error("the broker has not taken all: " +
                                     (cause_.empty() ? "it does not answer" : cause_));
        broker_.stop(patience);
    }

    [[nodiscard]] std::uint64_t lists() const noexcept override { return lists_; }

  private:
    static hanport::BrokerOptions options(const hanport::Config& config) {
        hanport::BrokerOptions options = hanport::broker_options(config);
        options.client_id += "-replay"; // different from the daemon's, which stays connected
        options.will = {};
        return options;
    }

    hanport::BrokerEvents events() {
        return {.on_connected = {},
                .on_disconnected = [this](const std::string& cause) { cause_ = cause; },
                .on_message = {},
                .on_delivered = [this](std::uint64_t) { ++delivered_; },
                .on_refused =
                    [this](std::uint64_t, std::uint8_t reason) {
                        ++refused_;
                        cause_ = hanport::text_of_refusal(reason);
                    },
                .on_warning = {}};
    }

    template <class Condition>
    void wait(Condition condition) {
        for (const auto deadline = steady_clock::now() + patience;
             !condition() && steady_clock::now() < deadline;)
            io_.run_one_for(100ms);
    }

    // QoS 0 messages have no result; stop() waits until they have been sent.
    void publish(const hanport::Message& message) {
        if (broker_.publish(message, sent_ + 1) && message.qos == hanport::Qos::at_least_once)
            ++sent_;
    }

    void on_list(const han::list::List& list) override {
        ++lists_;
        if (list.meter_id.empty())
            return;
        // Time advances like in the capture.
        const hanport::Instant now{.steady = hanport::SteadyTime(time_.time_since_epoch()),
                                   .wall = time_};
        auto& [meter, clock] = meters_.try_emplace(list.meter_id, list.meter_id).first->second;
        auto kind = list.kind;
        if (kind == ListKind::hourly && !clock.on_registers(now, list.meter_time).first)
            kind = ListKind::live;
        meter.take(list, kind, now.steady);
        publish(list_message(topics_, list.meter_id, list, kind, time_));
        publish({.topic = topics_.state(list.meter_id),
                 .payload = state_json(meter.snapshot(), now.steady)});
    }
    void on_refusal(const han::Refusal&) override {} // use decode to see damage

    boost::asio::io_context io_{1};
    hanport::Topics topics_;
    std::string cause_;
    std::uint64_t sent_ = 0;
    std::uint64_t delivered_ = 0;
    std::uint64_t refused_ = 0;
    hanport::Broker broker_;
    ciphering::AesGcm decipherer_;
    han::Decoder decoder_{*this, &decipherer_};
    struct Played {
        explicit Played(const std::string& id) : meter(id) {}
        hanport::Meter meter;
        hanport::HourClock clock{};
    };
    std::map<std::string, Played> meters_;
    system_clock::time_point time_;
    std::uint64_t lists_ = 0;
};

} // namespace

std::unique_ptr<ReplaySink> make_broker_sink(const std::string& config_file,
                                             const ciphering::Keys& keys) {
    return std::make_unique<BrokerSink>(hanport::load_config(config_file), keys);
}

} // namespace cli
