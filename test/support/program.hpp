// Runs other programs than hanport: found in PATH, without input.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace support {

/// Runs a program to its end; if it fails, throws std::runtime_error with its output.
void run_program(const std::vector<std::string>& arguments);

/// Starts a program. `output` and `errors` are descriptors for its standard output and error; -1
/// for this program's own. Throws std::system_error if there is no such program.
[[nodiscard]] pid_t start_program(const std::vector<std::string>& arguments, int output,
                                  int errors);

/// Waits for its end; returns the status of waitpid.
int wait_for_end(pid_t program);

/// Opens a file for appending; child processes do not inherit it.
[[nodiscard]] int open_to_append(const std::string& path);

/// The whole file; empty if it does not exist.
[[nodiscard]] std::string contents_of(const std::string& path);

} // namespace support
