// Serial lines as hanport needs them: raw, for itself alone, with their errors told in-band.
#pragma once

#include "daemon/config.hpp"
#include "daemon/file_descriptor.hpp"

#include <boost/system/error_code.hpp>

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "readout/session.hpp"

namespace hanport {

/// Opens a terminal for reading without waiting: raw, 8 bits, 1 stop bit, `parity` none or even,
/// `baud` one of the rates that the configuration allows, DTR and RTS on. Errors of the line are
/// marked in what is read (line_marks.hpp). What had arrived before is thrown away. Nobody else can
/// open it meanwhile, no second hanport in any case.
///
/// The error is one line for people, without the path: "No such file or directory", "in use by
/// another program".
[[nodiscard]] std::expected<FileDescriptor, std::string>
open_serial_line(const std::filesystem::path& path, unsigned baud, Parity parity);

/// The same for a line of any format: 7 or 8 bits, 1 or 2 stop bits.
[[nodiscard]] std::expected<FileDescriptor, std::string>
open_serial_line(const std::filesystem::path& path, const readout::LineFormat& format);

/// Changes speed and format of an open line; what has arrived is kept. False where the line refuses.
bool set_line_format(int line, const readout::LineFormat& format) noexcept;

/// "7E1".
[[nodiscard]] std::string format_text(const readout::LineFormat& format);

/// Changes the parity of an open line, to none or even; what has arrived is kept. False where the
/// line refuses.
bool set_parity(int line, Parity parity) noexcept;

/// Why reading has failed, in the words of the log: "the device is gone".
[[nodiscard]] std::string serial_failure(const boost::system::error_code& error);

/// "8N1", "8E1"; empty for automatic.
[[nodiscard]] std::string_view frame_format(Parity parity) noexcept;

} // namespace hanport
