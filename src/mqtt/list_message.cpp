// Lists to messages; see list_message.hpp.
#include "mqtt/list_message.hpp"

#include "han/text/json_line.hpp"
#include "mqtt/utc_time.hpp"

namespace hanport {

Message list_message(const Topics& topics, std::string_view meter_id, const han::list::List& list,
                     han::list::ListKind kind, std::chrono::system_clock::time_point received) {
    const bool lasting = kind == han::list::ListKind::hourly;
    Message message{.topic = topics.list(meter_id, kind),
                    .payload = {},
                    .qos = lasting ? Qos::at_least_once : Qos::at_most_once,
                    .retain = lasting ? Retain::yes : Retain::no};
    han::text::append_json(message.payload, list);
    message.payload.pop_back(); // the closing brace
    message.payload += R"(,"received":")";
    append_utc(message.payload, received);
    message.payload += "\"}";
    return message;
}

} // namespace hanport
