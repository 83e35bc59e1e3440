// Serial lines: raw, exclusive, with line errors marked in-band.
#pragma once

#include "base/file_descriptor.hpp"
#include "config/config.hpp"
#include "polled/session.hpp"

#include <boost/system/error_code.hpp>

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace hanport::line {

/// Opens a terminal for non-blocking reading: raw, 8 bits, 1 stop bit, `parity` none or even,
/// `baud` one of the configurable rates, DTR and RTS on. Line errors are marked in the octets
/// (parmrk_filter.hpp). Octets that arrived earlier are discarded. The line is locked against other
/// programs, at least against a second hanport.
///
/// The error is one line for people, without the path: "No such file or directory", "in use by
/// another program".
[[nodiscard]] std::expected<base::FileDescriptor, std::string>
open_serial_line(const std::filesystem::path& path, unsigned baud, config::Parity parity);

/// The same for any format: 7 or 8 bits, 1 or 2 stop bits.
[[nodiscard]] std::expected<base::FileDescriptor, std::string>
open_serial_line(const std::filesystem::path& path, const polled::LineFormat& format);

/// Changes speed and format of an open line; octets already received are kept. Returns false if the
/// line refuses.
bool set_line_format(int line, const polled::LineFormat& format) noexcept;

/// "7E1".
[[nodiscard]] std::string format_text(const polled::LineFormat& format);

/// Changes the parity of an open line to none or even; octets already received are kept. Returns
/// false if the line refuses.
bool set_parity(int line, config::Parity parity) noexcept;

/// Why reading has failed, in the words of the log: "the device is gone".
[[nodiscard]] std::string serial_failure(const boost::system::error_code& error);

/// "8N1", "8E1"; empty for automatic.
[[nodiscard]] std::string_view frame_format(config::Parity parity) noexcept;

} // namespace hanport::line
