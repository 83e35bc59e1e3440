// Publishes the lists of meters: hourly ones from the outbox, the others at once, readouts in
// batches.
#pragma once

#include "publish/batches.hpp"
#include "publish/hourly_delivery.hpp"
#include "publish/publisher.hpp"

namespace hanport::publish {

class ListPublisher : public meter::OutcomeSink {
  public:
    /// References must outlive this object.
    ListPublisher(const Topics& topics, Publisher& publisher, store::HourlyStore& outbox,
                  HourlyDelivery& delivery)
        : topics_(topics), publisher_(publisher), outbox_(outbox), delivery_(delivery),
          readouts_(topics) {}

    /// An hourly list is on disk when this returns. With a message of readouts, the values of the
    /// meter are published too.
    void on_outcome(const meter::Outcome& outcome) override;
    void forget(const std::string& meter_id) override { readouts_.forget(meter_id); }

  private:
    void publish_list(const meter::Outcome& outcome);
    void keep(const store::HourlyRecord& record);

    const Topics& topics_;
    Publisher& publisher_;
    store::HourlyStore& outbox_;
    HourlyDelivery& delivery_;
    ReadingBatcher readouts_;
};

} // namespace hanport::publish
