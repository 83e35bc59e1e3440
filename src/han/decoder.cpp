// The chain of steps; see decoder.hpp.
#include "han/decoder.hpp"

#include "han/dlms/apdu.hpp"

namespace han {
// A variant of enums always has a value.
// NOLINTNEXTLINE(bugprone-exception-escape)
Reason reason(const Error& error) noexcept {
    return std::visit([](const auto& layer_error) { return reason(layer_error); }, error);
}

void append_reason(std::string& text, const Refusal& refusal) {
    text.append(reason(refusal.error).text);
    if (!refusal.elements.empty())
        text.append(" (").append(refusal.elements).append(")");
}

Decoder::Decoder(Listener& listener, dlms::Decryptor* decryptor)
    : listener_(listener), decryptor_(decryptor) {
    constexpr std::size_t usual_id_size = 64;
    list_.readings.reserve(list::CosemValues::most);
    for (std::string* const id : {&list_.meter_id, &list_.meter_type, &list_.list_id})
        id->reserve(usual_id_size);
    constexpr std::size_t usual_elements_size = 512;
    elements_.reserve(usual_elements_size);
}

void Decoder::set_meter_hint(std::string_view manufacturer, std::string_view meter_id,
                             std::string_view meter_type) {
    if (!meter_id.empty())
        known_.note(list::manufacturer_name(manufacturer), meter_id, meter_type);
}

void Decoder::feed(Bytes bytes) {
    while (!bytes.empty()) {
        bytes = bytes.subspan(deframer_.push(bytes));
        drain();
    }
}

void Decoder::flush() {
    deframer_.flush();
    drain();
    if (reassembler_.interrupt())
        listener_.on_refusal({.offset = list_.offset, .error = hdlc::Error::segment_lost});
}

void Decoder::drain() {
    while (const auto result = deframer_.next()) {
        if (*result) {
            on_frame(**result);
            continue;
        }
        const hdlc::Damage& damage = result->error();
        if (reassembler_.interrupt())
            listener_.on_refusal({.offset = list_.offset, .error = hdlc::Error::segment_lost});
        listener_.on_refusal({.offset = damage.offset, .size = damage.size, .error = damage.error});
    }
}

void Decoder::on_frame(const hdlc::Frame& frame) {
    if (const auto lost = reassembler_.add(frame))
        listener_.on_refusal({.offset = list_.offset, .error = *lost});
    list_.offset = frame.offset;
    if (!reassembler_.complete())
        return;
    if (const auto done = decode(reassembler_.message())) {
        listener_.on_list(list_);
    } else {
        elements_.clear();
        if (std::holds_alternative<list::Error>(done.error()))
            list::append_elements(elements_, items_);
        listener_.on_refusal(
            {.offset = frame.offset, .error = done.error(), .elements = elements_});
    }
}

std::expected<Bytes, dlms::Error> Decoder::decrypt(Bytes apdu) {
    if (apdu[0] != dlms::general_glo_ciphering_tag)
        return apdu;
    const auto ciphered = dlms::parse_ciphered(apdu);
    if (!ciphered)
        return std::unexpected(ciphered.error());
    if (decryptor_ == nullptr)
        return std::unexpected(dlms::Error::no_key);
    const auto plain = decryptor_->decrypt(*ciphered);
    if (plain && (plain->empty() || (*plain)[0] != dlms::data_notification_tag))
        return std::unexpected(dlms::Error::wrong_key);
    return plain;
}

std::expected<void, Error> Decoder::decode(Bytes information) {
    const auto sent = dlms::strip_llc(information);
    if (!sent)
        return std::unexpected(sent.error());
    const auto apdu = decrypt(*sent);
    if (!apdu)
        return std::unexpected(apdu.error());
    const auto notification = dlms::parse_data_notification(*apdu);
    if (!notification)
        return std::unexpected(notification.error());
    if (const auto flat = list::flatten(notification->body, items_); !flat)
        return std::unexpected(flat.error());
    list_.meter_time.reset();
    if (!notification->date_time.empty())
        list_.meter_time.emplace(notification->date_time);
    if (const auto done = list::read_list(items_, list_, known_); !done)
        return std::unexpected(done.error());
    return {};
}

} // namespace han
