// The subcommands of hanport, one file each.
#pragma once

namespace CLI {
class App;
}

namespace hanport::cli {

/// Exit statuses of all subcommands.
inline constexpr int success = 0;
inline constexpr int nothing_found = 1; ///< no error, but nothing to show
inline constexpr int wrong_call =
    2; ///< a wrong option or configuration, or a file that cannot be read

/// Each function adds its subcommand to `app`. When the subcommand runs, it stores its exit status
/// in `status`.
void add_decode(CLI::App& app, int& status);
void add_run(CLI::App& app, int& status);
void add_check_config(CLI::App& app, int& status);
void add_capture(CLI::App& app, int& status);
void add_replay(CLI::App& app, int& status);
void add_simulate(CLI::App& app, int& status);
void add_tariff(CLI::App& app, int& status);
void add_doctor(CLI::App& app, int& status);

} // namespace hanport::cli
