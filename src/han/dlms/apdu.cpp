// LLC and DataNotification; the layout is in apdu.hpp.
#include "han/dlms/apdu.hpp"

#include "han/base/byte_order.hpp"
#include "han/dlms/axdr.hpp"

namespace han::dlms {

std::expected<Bytes, Error> strip_llc(Bytes information) noexcept {
    constexpr std::size_t llc_size = 3;
    if (information.empty())
        return std::unexpected(Error::no_information);
    if (information.size() <= llc_size || information[0] != 0xE6 ||
        (information[1] != 0xE7 && information[1] != 0xE6) || information[2] != 0x00)
        return std::unexpected(Error::no_llc);
    return information.subspan(llc_size);
}

std::expected<DataNotification, Error> parse_data_notification(Bytes apdu) noexcept {
    if (apdu.empty())
        return std::unexpected(Error::truncated);
    if (apdu[0] != data_notification_tag)
        return std::unexpected(apdu[0] == general_block_transfer_tag ? Error::block_transfer
                                                                     : Error::unknown_apdu);
    constexpr std::size_t fixed_size = 6; // tag, invoke id, first octet of the date-time
    if (apdu.size() < fixed_size)
        return std::unexpected(Error::truncated);
    DataNotification notification;
    notification.long_invoke_id_and_priority = big_endian<std::uint32_t>(apdu.data() + 1);
    Bytes rest = apdu.subspan(fixed_size - 1);
    if (rest[0] == static_cast<std::uint8_t>(DataType::octet_string)) {
        rest = rest.subspan(1);
        if (rest.empty())
            return std::unexpected(Error::truncated);
    }
    const std::size_t size = rest[0];
    rest = rest.subspan(1);
    if (size == DateTime::size) {
        if (rest.size() < size)
            return std::unexpected(Error::truncated);
        notification.date_time = rest.first(size);
    } else if (size != 0) {
        return std::unexpected(Error::bad_date_time);
    }
    notification.body = rest.subspan(size);
    return notification;
}

} // namespace han::dlms
