// The hanport command: dispatches to the subcommands.
#include "cli/subcommands.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

namespace {

int run(int argc, char** argv) {
    CLI::App app("Reads Norwegian electricity meters through their HAN port.", "hanport");
    app.set_version_flag("--version", "hanport " HANPORT_VERSION);
    app.require_subcommand(1);
    int status = hanport::cli::success;
    hanport::cli::add_decode(app, status);
    hanport::cli::add_run(app, status);
    hanport::cli::add_check_config(app, status);
    hanport::cli::add_capture(app, status);
    hanport::cli::add_replay(app, status);
    hanport::cli::add_simulate(app, status);
    hanport::cli::add_tariff(app, status);
    hanport::cli::add_doctor(app, status);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? hanport::cli::success : hanport::cli::wrong_call;
    }
    return status;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hanport: %s\n", error.what());
        return hanport::cli::wrong_call;
    }
}
