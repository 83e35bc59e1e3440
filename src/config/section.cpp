// Keys and sections that are not known; see section.hpp.
#include "config/section.hpp"

#include "config/nearest.hpp"

namespace hanport::config {

void report_unknown(const toml::key& key, std::string_view place, std::string_view what,
                    std::span<const std::string_view> known, Mistakes& mistakes) {
    std::string text = "unknown ";
    text.append(what);
    if (const auto near = nearest(key.str(), known); !near.empty())
        text.append(", perhaps ").append(near);
    mistakes.add(key.source().begin.line, std::string(place).append(key.str()), text,
                 enumerate(known));
}

} // namespace hanport::config
