// A port with its environment: an executor, a listener that records its calls, and the log. It runs
// only inside until() and the like.
#pragma once

#include "port/port.hpp"
#include "support/process.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <sstream>

namespace support {

class PortBench : public hanport::port::PortListener {
  public:
    PortBench();
    ~PortBench() override;
    PortBench(const PortBench&) = delete;
    PortBench& operator=(const PortBench&) = delete;

    /// A port that reads `device` from now on.
    hanport::port::Port& start(const hanport::config::PortConfig& config,
                               const hanport::port::PortState& memory = {});

    /// Runs everything until `condition` holds. False if that takes more than 20 s.
    [[nodiscard]] bool until(const std::function<bool()>& condition);

    /// Runs everything for a time in which nothing should happen.
    void pass(std::chrono::milliseconds time);

    /// The log so far: a level's first letter and the text, "W port x: gone".
    [[nodiscard]] std::vector<std::string> log() const;

    boost::asio::io_context io;
    hanport::port::PortOptions options; ///< short times
    Folder folder;
    std::size_t running = 0; ///< ports whose run() has not ended

    std::vector<std::string> lines;    ///< of the lists, as JSON
    std::vector<std::string> refusals; ///< their keys
    std::vector<hanport::port::PortState> memories;

  private:
    void on_list(hanport::port::Port& port, const han::list::List& list) override;
    void on_refusal(hanport::port::Port& port, const han::Refusal& refusal) override;
    void on_port_state(hanport::port::Port& port, const hanport::port::PortState& memory) override;

    std::vector<std::unique_ptr<hanport::port::Port>> ports_;
    std::ostringstream log_;
};

} // namespace support
