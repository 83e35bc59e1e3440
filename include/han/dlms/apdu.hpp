// Contents of an HDLC information field:
//
//   LLC header       3   E6 E7 00 (meters push); E6 E6 00 is accepted too
//   APDU tag         1   0F DataNotification, DB general-glo-ciphering, E0 general-block-transfer
//
// A DataNotification (Green Book 9.5, 9.3.10) continues with:
//
//   long-invoke-id-and-priority   4
//   date-time        00 (absent) | 0C and 12 octets | 09 0C and 12 octets (older Kamstrup, Kaifa)
//   body             one A-XDR value
#pragma once

#include "han/dlms/date_time.hpp"
#include "han/dlms/error.hpp"

#include <expected>

namespace han::dlms {

inline constexpr std::uint8_t data_notification_tag = 0x0F;
inline constexpr std::uint8_t general_glo_ciphering_tag = 0xDB;
inline constexpr std::uint8_t general_block_transfer_tag = 0xE0;

struct DataNotification {
    std::uint32_t long_invoke_id_and_priority = 0;
    Bytes date_time; ///< the 12 octets of a DateTime, or empty
    Bytes body;
};

/// The APDU after the LLC header. Errors: no_information, no_llc.
[[nodiscard]] std::expected<Bytes, Error> strip_llc(Bytes information) noexcept;

/// Reads the APDU of a DataNotification up to its body. Errors: unknown_apdu, block_transfer,
/// truncated, bad_date_time.
[[nodiscard]] std::expected<DataNotification, Error> parse_data_notification(Bytes apdu) noexcept;

} // namespace han::dlms
