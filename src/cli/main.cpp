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
    int status = cli::success;
    cli::add_decode(app, status);
    cli::add_run(app, status);
    cli::add_check_config(app, status);
    cli::add_capture(app, status);
    cli::add_replay(app, status);
    cli::add_simulate(app, status);
    cli::add_tariff(app, status);
    cli::add_doctor(app, status);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? cli::success : cli::wrong_call;
    }
    return status;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hanport: %s\n", error.what());
        return cli::wrong_call;
    }
}
