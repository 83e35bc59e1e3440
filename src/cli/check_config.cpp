// hanport check-config: prints the errors of the configuration, or a summary.
#include "cli/subcommands.hpp"
#include "config/config.hpp"
#include "config/rules.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace hanport::cli {
namespace {

void print(const config::Config& config) {
    for (const auto& port : config.ports) {
        std::cout << "  port: " << port.device;
        if (!config::is_tcp(port.device))
            std::cout << ", " << port.baud << " baud";
        if (port.protocol != config::Protocol::han)
            std::cout << ", " << text(port.protocol) << ", polled every "
                      << port.pull.interval.count() << " s, published every "
                      << port.pull.publish_interval.count() << " s";
        else if (!config::is_tcp(port.device))
            std::cout << ", parity " << text(port.parity);
        if (!port.encryption_key_file.empty())
            std::cout << ", with a key";
        std::cout << '\n';
    }
    const auto& mqtt = config.mqtt;
    std::cout << "  mqtt: " << mqtt.url << " as " << mqtt.client_id;
    if (!mqtt.username.empty())
        std::cout << ", user " << mqtt.username
                  << (mqtt.password_file.empty() ? " without password" : " with password");
    std::cout << ", MQTT " << (mqtt.mqtt5 ? "5" : "3.1.1") << ", topics " << mqtt.prefix << "/…\n";
    if (mqtt.insecure && mqtt.url.starts_with("mqtts://"))
        std::cout << "  mqtt: insecure: the broker's certificate is not checked\n";
    std::cout << "  home_assistant: discovery " << text(config.home_assistant.discovery);
    if (config.home_assistant.discovery != config::DiscoveryStyle::off)
        std::cout << ", topics " << config.home_assistant.prefix << "/…";
    for (const auto& tariff : config.tariffs) {
        std::cout << "\n  tariff: " << (tariff.meter.empty() ? "all meters" : tariff.meter)
                  << ", steps up to";
        for (const auto limit : tariff.options.limits)
            std::cout << ' ' << static_cast<double>(limit) / 1000;
        std::cout << " kW " << (tariff.options.inclusive ? "inclusive" : "exclusive") << ", "
                  << (tariff.options.method == meter::TariffMethod::three_days ? "three days"
                                                                               : "highest hour");
    }
    std::cout << "\n  service: state in " << config.service.state_directory.string() << ", logs "
              << config.service.log_level << '\n';
}

int check(const std::string& file) {
    try {
        const auto config = config::load_config(file);
        std::cout << file << ": ok\n";
        print(config);
        return success;
    } catch (const config::ConfigError& error) {
        std::cerr << error.what() << '\n';
        return wrong_call;
    }
}

} // namespace

void add_check_config(CLI::App& app, int& status) {
    const auto file = std::make_shared<std::string>(config::default_config_file);
    CLI::App* const command = app.add_subcommand(
        "check-config", "Validate the configuration: print every error, or a summary");
    command->add_option("--config", *file, "The configuration")
        ->type_name("FILE")
        ->capture_default_str();
    command->footer("Exit status: 0 the configuration is right, 2 it is not.");
    command->callback([file, &status] { status = check(*file); });
}

} // namespace hanport::cli
