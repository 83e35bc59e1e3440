// Decodes simulated frames; see simulated_day.hpp.
#include "unit/simulator/simulated_day.hpp"

namespace support {
namespace {

std::int64_t thousandths(const han::Decimal& number) {
    auto value = static_cast<std::int64_t>(number.magnitude);
    for (int exponent = number.exponent; exponent > -3; --exponent)
        value *= 10;
    return number.negative ? -value : value;
}

class Reader : public han::Listener {
  public:
    DecodedFrame frame;

    void on_list(const han::list::List& list) override {
        ++frame.lists;
        frame.kind = han::list::text(list.kind);
        frame.manufacturer = list.manufacturer;
        frame.meter_id = list.meter_id;
        if (list.meter_time)
            han::dlms::append_iso8601(frame.meter_time, *list.meter_time, false);
        for (const auto& reading : list.readings)
            if (const auto* number = std::get_if<han::Decimal>(&reading.value))
                frame.values[std::string(han::cosem::name(reading.obis))] = thousandths(*number);
    }
    void on_refusal(const han::Refusal& /*refusal*/) override { ++frame.refusals; }
};

} // namespace

std::vector<DecodedFrame> decode_simulated(const hanport::simulator::SimulatorOptions& options,
                                           std::chrono::seconds length) {
    hanport::simulator::Simulator simulator(options);
    Reader reader;
    han::Decoder decoder(reader);
    std::vector<DecodedFrame> frames;
    for (;;) {
        const auto sent = simulator.next();
        const Millis at = sent.at + sent.fraction;
        if (at >= options.start + length)
            return frames;
        reader.frame = {};
        reader.frame.at = at;
        reader.frame.announced = sent.kind;
        reader.frame.intact = sent.intact;
        decoder.feed(sent.octets);
        decoder.flush();
        frames.push_back(reader.frame);
    }
}

hanport::simulator::MeterTime meter_time(unsigned month, unsigned day, int hour, int minute,
                                         int second) {
    using namespace std::chrono;
    return local_days(year(2026) / static_cast<int>(month) / static_cast<int>(day)) + hours(hour) +
           minutes(minute) + seconds(second);
}

} // namespace support
