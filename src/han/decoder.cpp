// The chain of steps; see decoder.hpp.
#include "han/decoder.hpp"

#include "han/dlms/apdu.hpp"

namespace han {
namespace {

// Texts longer than this are no ids; the strings grow for them.
constexpr std::size_t usual_id_size = 64;

void reserve(list::List& list) {
    list.meter_id.reserve(usual_id_size);
    list.meter_type.reserve(usual_id_size);
    list.list_id.reserve(usual_id_size);
}

void clear(list::List& list) {
    list.manufacturer = {};
    list.meter_id.clear();
    list.meter_type.clear();
    list.list_id.clear();
    list.readings.clear();
    list.meter_time.reset();
}

} // namespace

// A variant of enums always has a value.
// NOLINTNEXTLINE(bugprone-exception-escape)
Reason reason(const Error& error) noexcept {
    return std::visit([](const auto& layer_error) { return reason(layer_error); }, error);
}

Decoder::Decoder(Listener& listener, dlms::Decipherer* decipherer)
    : listener_(listener), decipherer_(decipherer) {
    items_.rows.reserve(list::Items::most);
    list_.readings.reserve(list::Items::most);
    reserve(list_);
    reserve(last_longer_);
}

void Decoder::feed(Bytes bytes) {
    while (!bytes.empty()) {
        bytes = bytes.subspan(deframer_.push(bytes));
        drain();
    }
}

void Decoder::give_up() {
    deframer_.give_up();
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
    const auto [message, lost] = reassembler_.add(frame);
    if (lost)
        listener_.on_refusal({.offset = list_.offset, .error = *lost});
    list_.offset = frame.offset;
    if (!message)
        return;
    if (const auto done = decode(*message)) {
        keep_identity();
        listener_.on_list(list_);
    } else {
        listener_.on_refusal({.offset = frame.offset, .error = done.error()});
    }
}

std::expected<Bytes, dlms::Error> Decoder::open(Bytes apdu) {
    if (apdu[0] != dlms::general_glo_ciphering_tag)
        return apdu;
    const auto ciphered = dlms::parse_ciphered(apdu);
    if (!ciphered)
        return std::unexpected(ciphered.error());
    if (decipherer_ == nullptr)
        return std::unexpected(dlms::Error::no_key);
    const auto plain = decipherer_->open(*ciphered);
    if (plain && (plain->empty() || (*plain)[0] != dlms::data_notification_tag))
        return std::unexpected(dlms::Error::wrong_key);
    return plain;
}

std::expected<void, Error> Decoder::decode(Bytes information) {
    const auto sent = dlms::strip_llc(information);
    if (!sent)
        return std::unexpected(sent.error());
    const auto apdu = open(*sent);
    if (!apdu)
        return std::unexpected(apdu.error());
    const auto notification = dlms::parse_data_notification(*apdu);
    if (!notification)
        return std::unexpected(notification.error());
    if (const auto flat = list::flatten(notification->body, items_); !flat)
        return std::unexpected(flat.error());
    clear(list_);
    list_.meter_time = notification->date_time;
    if (const auto done = list::read_list(items_, list_); !done)
        return std::unexpected(done.error());
    return {};
}

// A power list gets the identity of the last longer list.
void Decoder::keep_identity() {
    const bool is_power = list_.kind == list::ListKind::power;
    list::List& to = is_power ? list_ : last_longer_;
    const list::List& from = is_power ? last_longer_ : list_;
    if (is_power && (!list_.meter_id.empty() || last_longer_.manufacturer.empty()))
        return;
    to.manufacturer = from.manufacturer;
    to.meter_id = from.meter_id;
    to.meter_type = from.meter_type;
}

} // namespace han
