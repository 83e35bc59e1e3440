// hanport run: the daemon in the foreground, for systemd.
#include "cli/subcommands.hpp"
#include "daemon/app.hpp"
#include "daemon/systemd_notify.hpp"

#include <CLI/CLI.hpp>
#include <openssl/crypto.h>
#include <spdlog/spdlog.h>

namespace hanport::cli {
namespace {

struct Options {
    std::string config = config::default_config_file;
    std::string output = "mqtt";
};

int run(const Options& options) {
    try {
        const config::Config config = config::load_config(options.config);
        daemon::set_up_logging(config.service.log_level);
        // A thread of paho may still be closing a TLS connection while this process exits, so
        // OpenSSL must not clean up before it. Must run before the first use of OpenSSL.
        OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
        boost::asio::io_context io(1);
        daemon::App app(io, config, options.output == "stdout");
        app.start();
        io.run();
        return success;
    } catch (const config::ConfigError& error) {
        std::cerr << error.what() << '\n';
        return wrong_call;
    }
}

} // namespace

void add_run(CLI::App& app, int& status) {
    const auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand("run", "Read the ports and publish, forever");
    command->add_option("--config", options->config, "The configuration")->capture_default_str();
    command
        ->add_option("--output", options->output,
                     "mqtt, or stdout to print the messages and not publish them")
        ->check(CLI::IsMember({"mqtt", "stdout"}))
        ->capture_default_str();
    command->footer(
        "Exit status: 0 after SIGTERM, SIGINT or SIGHUP, 2 for a mistake in the configuration.");
    command->callback([options, &status] { status = run(*options); });
}

} // namespace hanport::cli
