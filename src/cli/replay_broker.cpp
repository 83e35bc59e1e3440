// hanport replay --to mqtt: publishes the lists of a capture. No discovery, because a replayed
// meter is not a real one.
#include "cli/replay_sink.hpp"
#include "daemon/broker_options.hpp"
#include "han/decoder.hpp"
#include "meter/meter_pipeline.hpp"
#include "mqtt/reasons.hpp"
#include "publish/list_message.hpp"
#include "publish/state.hpp"

#include <boost/asio/io_context.hpp>

#include <map>

namespace hanport::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using std::chrono::system_clock;

constexpr auto timeout = 10s;

class BrokerSink : public ReplaySink, private han::Listener {
  public:
    BrokerSink(const config::Config& config, const ciphering::Keys& keys)
        : topics_(daemon::topics_of(config)),
          broker_(io_.get_executor(), options(config), events()), decryptor_(keys) {
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
        decoder_.flush();
        wait([this] { return delivered_ + refused_ == sent_ || !broker_.connected(); });
        if (delivered_ != sent_)
            throw std::runtime_error("the broker has not taken all: " +
                                     (cause_.empty() ? "it does not answer" : cause_));
        broker_.stop(timeout);
    }

    [[nodiscard]] std::uint64_t lists() const noexcept override { return lists_; }

  private:
    static mqtt::BrokerOptions options(const config::Config& config) {
        mqtt::BrokerOptions options = daemon::broker_options(config);
        options.client_id += "-replay"; // different from the daemon's, which stays connected
        options.will = {};
        return options;
    }

    mqtt::BrokerEvents events() {
        return {.on_connected = {},
                .on_disconnected = [this](const std::string& cause) { cause_ = cause; },
                .on_message = {},
                .on_delivered = [this](std::uint64_t) { ++delivered_; },
                .on_refused =
                    [this](std::uint64_t, std::uint8_t reason) {
                        ++refused_;
                        cause_ = mqtt::text_of_refusal(reason);
                    },
                .on_warning = {}};
    }

    template <class Condition>
    void wait(Condition condition) {
        for (const auto deadline = steady_clock::now() + timeout;
             !condition() && steady_clock::now() < deadline;)
            io_.run_one_for(100ms);
    }

    // QoS 0 messages have no result; stop() waits until they have been sent.
    void publish(const mqtt::Message& message) {
        if (broker_.publish(message, sent_ + 1) && message.qos == mqtt::Qos::at_least_once)
            ++sent_;
    }

    void on_list(const han::list::List& list) override {
        ++lists_;
        if (list.meter_id.empty())
            return;
        // Time advances like in the capture.
        const base::Instant now{.steady = base::SteadyTime(time_.time_since_epoch()),
                                .wall = time_};
        auto& meter = meters_.try_emplace(list.meter_id, list.meter_id).first->second;
        const auto outcome = meter.take(list, now);
        publish(publish::list_message(topics_, list.meter_id, list, outcome.kind, time_));
        publish(publish::state_message(topics_, outcome.snapshot, now.steady));
    }
    void on_refusal(const han::Refusal&) override {} // use decode to see damage

    boost::asio::io_context io_{1};
    publish::Topics topics_;
    std::string cause_;
    std::uint64_t sent_ = 0;
    std::uint64_t delivered_ = 0;
    std::uint64_t refused_ = 0;
    mqtt::Broker broker_;
    ciphering::AesGcm decryptor_;
    han::Decoder decoder_{*this, &decryptor_};
    std::map<std::string, meter::MeterPipeline> meters_;
    system_clock::time_point time_;
    std::uint64_t lists_ = 0;
};

} // namespace

std::unique_ptr<ReplaySink> make_broker_sink(const std::string& config_file,
                                             const ciphering::Keys& keys) {
    return std::make_unique<BrokerSink>(config::load_config(config_file), keys);
}

} // namespace hanport::cli
