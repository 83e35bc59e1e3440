// Runs the daemon; see daemon.hpp.
#include "support/daemon.hpp"

#include <csignal>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace support {
namespace {

using namespace std::chrono_literals;

std::string configuration(const Daemon::Options& options) {
    std::ostringstream text;
    text << "[[port]]\ndevice = \"" << options.device << "\"\n";
    if (!options.parity.empty())
        text << "parity = \"" << options.parity << "\"\n";
    text << options.port << "\n[mqtt]\nclient_id = \"pi\"\n";
    if (!options.url.empty())
        text << "url = \"" << options.url << "\"\n";
    text << options.mqtt << "\n[home_assistant]\n"
         << options.home_assistant << "\n[service]\nstate_directory = \"state\"\nlog_level = \""
         << options.log_level << "\"\n";
    return std::move(text).str();
}

} // namespace

Daemon::Daemon(Options chosen) : options(std::move(chosen)) {}

void Daemon::start() {
    std::vector<std::string> arguments{"run", "--config",
                                       folder.write("hanport.toml", configuration(options))};
    if (options.to_stdout)
        arguments.insert(arguments.end(), {"--output", "stdout"});
    Process::Options how;
    how.unset.insert(how.unset.end(), {"JOURNAL_STREAM", "NOTIFY_SOCKET", "WATCHDOG_USEC"});
    how.set = options.environment;
    how.set.push_back("RUNTIME_DIRECTORY=" + folder.path()); // leaves nothing behind in /dev/shm
    process_ = std::make_unique<Process>(arguments, how);
}

void Daemon::start_and_wait() {
    start();
    if (!wait_for_log(": opened") || !wait_for_log("connected to the broker"))
        throw std::runtime_error("hanport run does not begin to work");
}

void Daemon::kill() {
    process_.reset();
}

Outcome Daemon::stop() {
    process_->signal(SIGTERM);
    Outcome outcome = process_->finish();
    process_.reset();
    if (outcome.status != 0)
        std::cerr << outcome.err; // may be a sanitizer's report
    return outcome;
}

bool Daemon::wait_for_log(std::string_view text, std::chrono::milliseconds timeout) {
    return process_->wait_for_error(text, timeout);
}

std::string Daemon::state(std::string_view name) const {
    return (std::filesystem::path(folder.path("state")) / name).string();
}

std::size_t Daemon::waiting() const {
    std::size_t count = 0;
    std::error_code gone; // it may be delivered in the meantime
    for (const auto& entry : std::filesystem::directory_iterator(state("outbox"), gone))
        count += entry.path().extension() == ".json" ? 1U : 0U;
    return count;
}

void look_again_later() {
    std::this_thread::sleep_for(5ms);
}

} // namespace support
