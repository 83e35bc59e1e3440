// Ids for Home Assistant; see topics.hpp.
#include "publish/topics.hpp"

#include <algorithm>

namespace hanport::publish {
std::string object_id(std::string_view text) {
    std::string id = base::topic_level(text);
    std::ranges::replace(id, '.', '_');
    return id == text ? id : id + base::name_sum(text);
}

// The rule of the meter's topics, so that meters whose ids were already replaced there keep their
// ids.
std::string Topics::device_id(std::string_view meter_id) {
    return "hanport_" + object_id(base::topic_level(meter_id));
}

} // namespace hanport::publish
