// Polls a meter again and again; see polled_port.hpp. The protocol's session decides what to do; this
// file carries out its actions.
#include "port/polled_port.hpp"

#include "base/async.hpp"
#include "base/backoff.hpp"
#include "line/parmrk_filter.hpp"
#include "line/serial.hpp"
#include "port/polled_session.hpp"
#include "port/port_base.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/write.hpp>

#include <array>

namespace hanport::port {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using polled::Time;
using Clock = std::chrono::steady_clock;

// A meter that does not answer may soon be woken up by a user who waits for a result.
constexpr std::chrono::seconds most_timeout{60};

class PolledPort final : public PortBase {
  public:
    PolledPort(Port& port, asio::any_io_executor executor, config::PortConfig config,
               PortState memory, PortListener& listener, const PortOptions& options)
        : PortBase(std::move(executor), std::move(config), options), port_(port),
          memory_(std::move(memory)), listener_(listener),
          backoff_(options.first_retry, options.slowest_retry) {}

  private:
    asio::awaitable<void> run_loop() override;
    asio::awaitable<std::string> open_and_ask();
    asio::awaitable<std::string> converse(polled::Session& session);
    asio::awaitable<void> wait_for_bytes(Time until);
    std::string read(polled::Session& session);
    std::string set_format(const polled::LineFormat& format);
    void on_end(const polled::End& end);
    [[nodiscard]] polled::End take(const polled::End& end);
    // Waits until the next poll.
    [[nodiscard]] std::chrono::seconds pause() const {
        return answered_ ? config_.pull.interval : std::min(config_.pull.interval, most_timeout);
    }

    Port& port_;
    PortState memory_;
    PortListener& listener_;
    base::Backoff backoff_;
    line::ParmrkFilter marks_;
    bool has_been_open_ = false;
    bool answered_ = false; // to the last poll
};

// ---- the life -----------------------------------------------------------------------------------

asio::awaitable<void> PolledPort::run_loop() {
    while (!co_await base::is_cancelled()) {
        line::DeviceWatch watch = new_watch();
        const auto begin = Clock::now();
        const std::string cause = co_await open_and_ask();
        error_code ignored;
        (void)line_.close(ignored);
        if (co_await base::is_cancelled())
            break;
        if (!cause.empty()) {
            log_.on_failure(cause, missing_);
            stats_.state = cause;
            co_await watch.wait(backoff_.next());
            continue;
        }
        backoff_.reset();
        const auto left = begin + pause() - Clock::now();
        co_await base::sleep(
            std::max(std::chrono::ceil<std::chrono::milliseconds>(left), options_.first_retry));
    }
}

// Returns why the line does not work; empty if it works, whether the meter answers or not.
asio::awaitable<std::string> PolledPort::open_and_ask() {
    const polled::LineFormat format = first_pull_format(config_);
    auto opened = co_await open(format);
    if (!opened)
        co_return opened.error();
    if (!tcp_)
        stats_.format = line::format_text(format);
    line_.assign(opened->release());
    line_.non_blocking(true);
    marks_.reset();
    if (!std::exchange(has_been_open_, true)) {
        log_.on_first_opening();
        log_.on_first_asking(config_.pull.interval);
    }
    const auto session = make_pull_session(
        config_, memory_, [this](const FrameOutcome& refusal) { ++stats_.frames[refusal]; });
    co_return co_await converse(*session);
}

// ---- the conversation ---------------------------------------------------------------------------

// Returns why the line does not work; empty if the session came to an end.
asio::awaitable<std::string> PolledPort::converse(polled::Session& session) {
    std::string cause;
    while (cause.empty() && !co_await base::is_cancelled()) {
        const polled::Action action = session.next(Clock::now());
        if (const auto* const send = std::get_if<polled::Send>(&action)) {
            const auto [error, size] =
                co_await asio::async_write(line_, asio::buffer(send->octets), base::as_result);
            if (error)
                cause = failure(error);
        } else if (const auto* const set = std::get_if<polled::SetFormat>(&action)) {
            cause = set_format(set->format);
        } else if (const auto* const wait = std::get_if<polled::Wait>(&action)) {
            co_await wait_for_bytes(wait->until);
            cause = read(session);
        } else {
            on_end(std::get<polled::End>(action));
            break;
        }
    }
    co_return cause;
}

// Only waits: cancelling a read could lose the octets read.
asio::awaitable<void> PolledPort::wait_for_bytes(Time until) {
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(executor_, until);
    (void)co_await (line_.async_wait(asio::posix::stream_descriptor::wait_read, base::as_result) ||
                    timer.async_wait(base::as_result));
}

std::string PolledPort::read(polled::Session& session) {
    std::array<std::uint8_t, 4096> buffer{};
    constexpr int most_reads =
        16; // reads of a peer that never pauses, before the session's time is checked
    for (int i = 0; i < most_reads; ++i) {
        error_code error;
        const std::size_t size = line_.read_some(asio::buffer(buffer), error);
        if (error == asio::error::would_block)
            return {};
        if (error)
            return failure(error);
        line::ParmrkFilter::Result sent{.size = size};
        if (!tcp_)
            sent = marks_.take_out(std::span(buffer).first(size));
        stats_.bytes += sent.size;
        stats_.line_errors += sent.errors;
        if (sent.errors > 0)
            session.on_line_error();
        session.on_bytes(Clock::now(), han::Bytes(buffer).first(sent.size));
    }
    return {};
}

std::string PolledPort::set_format(const polled::LineFormat& format) {
    if (tcp_ || line::set_line_format(line_.native_handle(), format))
        return {};
    return "refuses " + std::to_string(format.baud) + " baud " + line::format_text(format);
}

void PolledPort::on_end(const polled::End& end) {
    answered_ = end.readout != nullptr;
    const polled::End result = answered_ ? take(end) : end;
    if (result.readout != nullptr) {
        stats_.state = "open";
        ++stats_.frames[han::list::ListKind::readout];
        log_.on_working();
        return;
    }
    ++stats_.frames[result.failure];
    stats_.state = result.text;
    log_.on_silent_meter({.key = reason(result.failure).key, .text = result.text}, pause());
}

// Publishes a reading; a failure if there is nothing to publish.
polled::End PolledPort::take(const polled::End& end) {
    polled::Readout chosen(end.readout->list);
    if (chosen.list.meter_id.empty())
        chosen.list.meter_id = config_.pull.meter_id;
    select(chosen, config_.pull.values);
    const bool has_values = !chosen.list.readings.empty();
    if (has_values && !listener_.accepts(port_, chosen.list)) {
        ++stats_.beyond_limit;
        return end;
    }
    remember_meter(memory_, end.readout->list, port_, listener_);
    if (!has_values)
        return {.failure = polled::Failure::no_values,
                .text = "the meter answers, but with none of port.values"};
    listener_.on_list(port_, chosen.list);
    return end;
}

} // namespace

std::unique_ptr<PortBase> make_pull_port(Port& port, asio::any_io_executor executor,
                                         config::PortConfig config, PortState memory,
                                         PortListener& listener, const PortOptions& options) {
    return std::make_unique<PolledPort>(port, std::move(executor), std::move(config),
                                        std::move(memory), listener, options);
}

} // namespace hanport::port
