// Lists to messages; see list_message.hpp.
#include "publish/list_message.hpp"

#include "base/utc_time.hpp"
#include "han/text/json_line.hpp"

namespace hanport::publish {

mqtt::Message list_message(const Topics& topics, std::string_view meter_id,
                           const han::list::List& list, han::list::ListKind kind,
                           std::chrono::system_clock::time_point received) {
    const bool persistent = kind == han::list::ListKind::hourly;
    mqtt::Message message{.topic = topics.list(meter_id, kind),
                          .payload = {},
                          .qos = persistent ? mqtt::Qos::at_least_once : mqtt::Qos::at_most_once,
                          .retain = persistent ? mqtt::Retain::yes : mqtt::Retain::no};
    han::text::append_json(message.payload, list);
    message.payload.pop_back(); // the closing brace
    message.payload += R"(,"received":")";
    base::append_utc(message.payload, received);
    message.payload += "\"}";
    return message;
}

} // namespace hanport::publish
