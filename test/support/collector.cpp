// Records the output of a decoder; see collector.hpp.
#include "support/collector.hpp"

#include "han/text/json_line.hpp"

#include <algorithm>

namespace support {

void Collector::on_list(const han::list::List& list) {
    std::string line;
    han::text::append_json(line, list);
    lines.push_back(line);
    offsets.push_back(list.offset);
    events.push_back(std::to_string(list.offset).append(" ").append(line));
    ++kinds.at(static_cast<std::size_t>(list.kind));
}

void Collector::on_refusal(const han::Refusal& refusal) {
    std::string text(han::reason(refusal.error).key);
    text.append("@").append(std::to_string(refusal.offset));
    if (refusal.size > 0)
        text.append("+").append(std::to_string(refusal.size));
    refusals.push_back(text);
    events.push_back(text);
}

Collector decode(std::span<const std::uint8_t> stream, std::size_t chunk,
                 han::dlms::Decryptor* decryptor) {
    Collector collector;
    han::Decoder decoder(collector, decryptor);
    if (chunk == 0)
        chunk = std::max<std::size_t>(stream.size(), 1);
    for (; !stream.empty(); stream = stream.subspan(std::min(chunk, stream.size())))
        decoder.feed(stream.first(std::min(chunk, stream.size())));
    decoder.flush();
    return collector;
}

} // namespace support
