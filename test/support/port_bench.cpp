// The environment of a port; see port_bench.hpp.
#include "support/port_bench.hpp"

#include "han/text/json_line.hpp"

#include <boost/asio/co_spawn.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

namespace support {

using namespace std::chrono_literals;

PortBench::PortBench() {
    auto logger = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_));
    logger->set_pattern("%L %v");
    spdlog::set_default_logger(std::move(logger));

    options.serial_silence = 30ms;
    options.tcp_silence = 50ms;
    options.settling = 200ms;
    options.first_retry = 20ms;
    options.slowest_retry = 20s; // a device's return must be detected, not polled
    options.slowest_tcp_retry = 50ms;
    options.connect_timeout = 1s;
    options.folders = {.by_id = folder.path("serial/by-id"), .devices = folder.path()};
}

PortBench::~PortBench() {
    for (const auto& port : ports_)
        port->stop();
    (void)until([&] { return running == 0; });
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("none"));
}

hanport::port::Port& PortBench::start(const hanport::config::PortConfig& config,
                                      const hanport::port::PortState& memory) {
    auto& port = *ports_.emplace_back(
        std::make_unique<hanport::port::Port>(io.get_executor(), config, memory, *this, options));
    ++running;
    boost::asio::co_spawn(io, port.run(), [this](const std::exception_ptr& failure) {
        --running;
        if (failure)
            std::rethrow_exception(failure);
    });
    return port;
}

bool PortBench::until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        io.restart();
        io.run_one_for(10ms);
    }
    return true;
}

void PortBench::pass(std::chrono::milliseconds time) {
    io.restart();
    io.run_for(time);
}

std::vector<std::string> PortBench::log() const {
    std::istringstream text(log_.str());
    std::vector<std::string> all;
    for (std::string line; std::getline(text, line);)
        all.push_back(line);
    return all;
}

void PortBench::on_list(hanport::port::Port&, const han::list::List& list) {
    han::text::append_json(lines.emplace_back(), list);
}

void PortBench::on_refusal(hanport::port::Port&, const han::Refusal& refusal) {
    refusals.emplace_back(han::reason(refusal.error).key);
}

void PortBench::on_port_state(hanport::port::Port&, const hanport::port::PortState& memory) {
    memories.push_back(memory);
}

} // namespace support
