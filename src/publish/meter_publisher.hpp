// Publishes what is known of meters beside their lists: values, availability, capacity charge,
// problem, events.
#pragma once

#include "meter/meter_pipeline.hpp"
#include "publish/publisher.hpp"
#include "publish/topics.hpp"

#include <map>

namespace hanport::publish {

class MeterPublisher : public meter::OutcomeSink {
  public:
    /// References must outlive this object.
    MeterPublisher(const Topics& topics, Publisher& publisher)
        : topics_(topics), publisher_(publisher) {}

    void on_outcome(const meter::Outcome& outcome) override;
    void forget(const std::string& meter_id) override { online_.erase(meter_id); }

    /// A new connection: the broker may know nothing.
    void on_connected() { online_.clear(); }
    /// Publishes the values of a meter again, and its availability unless the broker knows it.
    void publish_values(const meter::MeterPipeline& meter, base::SteadyTime now);
    /// Publishes the problem of a meter again.
    void publish_problem(const meter::MeterPipeline& meter);

  private:
    void publish_availability(const std::string& meter_id, bool is_online);
    void publish(const mqtt::Message& message) { (void)publisher_.publish(message, 0); }

    const Topics& topics_;
    Publisher& publisher_;
    std::map<std::string, bool> online_; // by meter id, as published over this connection
};

} // namespace hanport::publish
