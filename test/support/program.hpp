// Other programs than hanport that tests run: found by PATH, without input.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace support {

/// Runs a program to its end; throws std::runtime_error with what it wrote where it fails.
void run_program(const std::vector<std::string>& arguments);

/// Starts a program. `output` and `errors` are descriptors that become its standard output and
/// error, -1 for this program's own. Throws std::system_error where there is no such program.
[[nodiscard]] pid_t start_program(const std::vector<std::string>& arguments, int output,
                                  int errors);

/// Waits for its end; the status as of waitpid.
int wait_for_end(pid_t program);

/// Opens a file to append to it; programs that are started do not inherit it.
[[nodiscard]] int open_to_append(const std::string& path);

/// All of a file; empty where there is none.
[[nodiscard]] std::string contents_of(const std::string& path);

} // namespace support
