// Bodies of lists for tests; see list_body.hpp.
#include "support/list_body.hpp"

#include "han/decoder.hpp"
#include "han/dlms/apdu.hpp"
#include "han/text/json_line.hpp"

#include <algorithm>
#include <stdexcept>

namespace support {
namespace {

// End of the element at `at`; all lengths in the corpus have one octet.
std::size_t end_of(const Octets& body, std::size_t at) {
    switch (const std::uint8_t tag = body.at(at++)) {
    case 0x00:
        return at;
    case 0x01:
    case 0x02:
        for (int count = body.at(at++); count > 0; --count)
            at = end_of(body, at);
        return at;
    case 0x03:
    case 0x0F:
    case 0x11:
    case 0x16:
        return at + 1;
    case 0x10:
    case 0x12:
        return at + 2;
    case 0x05:
    case 0x06:
    case 0x17:
        return at + 4;
    case 0x14:
    case 0x15:
    case 0x18:
        return at + 8;
    case 0x09:
    case 0x0A:
    case 0x0C:
        if (body.at(at) > 0x7F)
            break;
        return at + 1 + body.at(at);
    default:
        throw std::invalid_argument("a tag that these lists do not have: " + std::to_string(tag));
    }
    throw std::invalid_argument("a length of more than one octet");
}

std::string text_of(const han::cosem::Reading& reading) {
    std::string text;
    append_code(text, reading);
    text.append(" ").append(unit_text(reading)).append(" ");
    han::text::append_json(text, reading.value, true);
    return text;
}

constexpr Replacement table[] = {
    {"null-data", "00"},
    {"don't-care", "FF"},
    {"boolean", "03 01"},
    {"bit-string", "04 08 A5"},
    {"double-long", "05 00000007"},
    {"float", "07 42280000"},
    {"six octets", "09 06 4D4131303548"},
    {"an OBIS code", "09 06 0100010800FF"},
    {"a list id", "09 07 4B464D5F303031"},
    {"twelve octets that are a clock", "09 0C 07E60A0F060F080FFF800000"},
    {"visible-string", "0A 06 4D4131303548"},
    {"utf8-string", "0C 06 4D4131303548"},
    {"bcd", "0D 07"},
    {"integer", "0F 07"},
    {"long", "10 0007"},
    {"unsigned", "11 07"},
    {"long-unsigned", "12 0007"},
    {"long64", "14 0000000000000007"},
    {"long64-unsigned", "15 0000000000000007"},
    {"enum", "16 07"},
    {"float64", "18 401C000000000000"},
    {"date-time", "19 07E60A0F060F080FFF800000"},
    {"empty structure", "02 00"},
    {"structure of a number", "02 01 06 00000007"},
    {"structure of a code and a number", "02 02 09 06 0100010800FF 06 00000007"},
    {"scaler and unit", "02 02 0F 01 16 1B"},
    {"array of numbers", "01 02 06 00000007 06 00000008"},
    {"compact array of numbers", "13 06 04 00000007"},
};

} // namespace

ListBody::ListBody(const Octets& octets) : tag(octets.at(0)) {
    std::size_t at = 2;
    for (int count = octets.at(1); count > 0; --count) {
        const std::size_t end = end_of(octets, at);
        elements.emplace_back(octets.begin() + static_cast<std::ptrdiff_t>(at),
                              octets.begin() + static_cast<std::ptrdiff_t>(end));
        at = end;
    }
}

Octets ListBody::octets() const {
    Octets all{tag, static_cast<std::uint8_t>(elements.size())};
    for (const Octets& element : elements)
        all = join(all, element);
    return all;
}

Octets body_octets(const CorpusFile& file) {
    han::hdlc::Deframer deframer;
    deframer.push(file.octets);
    const auto frame = deframer.next();
    const auto apdu = han::dlms::strip_llc((*frame)->information);
    const auto body = han::dlms::parse_data_notification(*apdu)->body;
    return {body.begin(), body.end()};
}

ListBody body_of(const CorpusFile& file) {
    return ListBody(body_octets(file));
}

std::optional<ReadList> read_body(const Octets& body) {
    static han::list::CosemValues items;
    han::list::List list;
    han::list::KnownMeters known;
    if (!flatten(body, items) || !read_list(items, list, known))
        return std::nullopt;
    ReadList read{.manufacturer = std::string(list.manufacturer),
                  .ids = list.list_id + "/" + list.meter_id + "/" + list.meter_type,
                  .readings = {}};
    std::ranges::transform(list.readings, std::back_inserter(read.readings), text_of);
    return read;
}

std::span<const Replacement> replacements() {
    return table;
}

std::vector<CorpusFile> frames_of_known_manufacturers(bool have_codes) {
    std::vector<CorpusFile> found;
    for (const CorpusFile& file : single_frames()) {
        if (file.keys.encryption || file.lines.at(0).contains(R"("manufacturer":null)"))
            continue;
        static han::list::CosemValues items;
        const auto body = body_octets(file);
        if (!flatten(body, items))
            throw std::runtime_error(file.name + " has no list");
        if (items.is_coded == have_codes)
            found.push_back(file);
    }
    return found;
}

} // namespace support
