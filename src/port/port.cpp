// A push port: opened, read, and opened again forever. While a line is open, a coroutine reads and
// a timer detects silence. reception.hpp decodes the bytes, port_log.hpp logs, and
// port_base.hpp runs and stops the port.
#include "port/port.hpp"

#include "base/async.hpp"
#include "base/backoff.hpp"
#include "line/serial.hpp"
#include "port/polled_port.hpp"
#include "port/port_base.hpp"
#include "port/reception.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace hanport::port {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = ParityProbe::Clock;

ParityProbe::Options probe_options(const PortOptions& options) {
    auto probe = options.probe;
    probe.silence = options.serial_silence;
    return probe;
}

class PushPort final : public PortBase {
  public:
    PushPort(Port& port, asio::any_io_executor executor, config::PortConfig config,
             PortState memory, PortListener& listener, const PortOptions& options)
        : PortBase(std::move(executor), std::move(config), options),
          silence_(tcp_ ? options.tcp_silence : options.serial_silence),
          reception_(port, listener, config_, std::move(memory), stats_, probe_options(options)),
          backoff_(options.first_retry, tcp_ ? options.slowest_tcp_retry : options.slowest_retry),
          timer_(executor_) {}

  private:
    asio::awaitable<void> run_loop() override;
    asio::awaitable<std::string> open_and_read(std::optional<line::DeviceWatch>& watch);
    void begin(base::FileDescriptor descriptor);
    void watch_silence();
    void on_timer();
    void on_bytes(std::span<std::uint8_t> bytes);
    [[nodiscard]] std::chrono::microseconds time_of(std::size_t octets) const;
    [[nodiscard]] std::chrono::microseconds rest() const;
    asio::awaitable<void> rest_for(std::chrono::microseconds time);
    void on_working();

    std::chrono::milliseconds silence_;
    PortReception reception_;
    base::Backoff backoff_;
    asio::steady_timer timer_;                            // of silence
    std::shared_ptr<int> life_ = std::make_shared<int>(); // of this object, for the timer's handler

    // State of the open line.
    Clock::time_point opened_;
    Clock::time_point last_byte_; // or the opening
    bool in_burst_ = false;       // bytes arrived; neither silence nor the end of a frame yet
    bool watching_ = false;       // the timer is set to the next event
    bool at_pace_ = true;         // no more bytes than the line carries in that time
    bool working_ = false;        // known to work
    bool wedged_ = false;         // being closed because it is wedged

    // State over all lines so far.
    bool has_been_open_ = false;
    bool has_brought_data_ = false;
    bool silent_ = false; // since a line was wedged
};

// ---- opening and closing ------------------------------------------------------------------------

asio::awaitable<void> PushPort::run_loop() {
    std::optional<line::DeviceWatch> watch;
    while (!co_await base::is_cancelled()) {
        // Created before the attempt, so that changes during it are detected.
        watch.emplace(new_watch());
        const std::string cause = co_await open_and_read(watch);
        if (co_await base::is_cancelled())
            break;
        if (std::exchange(wedged_, false))
            continue;
        log_.on_failure(cause, missing_);
        stats_.state = cause;
        if (!watch)
            watch.emplace(new_watch());
        co_await watch->wait(backoff_.next());
    }
}

// Returns why the line has ended. The watch ends once the line is open.
asio::awaitable<std::string> PushPort::open_and_read(std::optional<line::DeviceWatch>& watch) {
    auto opened = co_await open(
        {.baud = config_.baud, .even_parity = reception_.parity() == config::Parity::even});
    if (!opened)
        co_return opened.error();
    watch.reset();
    begin(std::move(*opened));
    std::array<std::uint8_t, 4096> buffer{};
    error_code error;
    while (!error && !co_await base::is_cancelled()) {
        std::size_t size = 0;
        std::tie(error, size) =
            co_await line_.async_read_some(asio::buffer(buffer), base::as_result);
        while (!error) {
            on_bytes(std::span(buffer).first(size));
            const auto time = rest();
            if (time <= options_.least_rest)
                break;
            co_await rest_for(time);
            size = line_.read_some(asio::buffer(buffer), error);
        }
        if (error == asio::error::would_block) // woken too early
            error.clear();
        if (!watching_)
            watch_silence();
    }
    timer_.cancel();
    error_code ignored;
    (void)line_.close(ignored);
    reception_.on_close();
    co_return error ? failure(error) : "";
}

void PushPort::begin(base::FileDescriptor descriptor) {
    line_.assign(descriptor.release());
    opened_ = last_byte_ = Clock::now();
    in_burst_ = working_ = wedged_ = false;
    reception_.on_open(opened_);
    stats_.state = "open";
    if (std::exchange(has_been_open_, true))
        ++stats_.reconnects;
    else
        log_.on_first_opening();
    watch_silence();
}

// ---- while a line is open -----------------------------------------------------------------------

void PushPort::on_bytes(std::span<std::uint8_t> bytes) {
    constexpr std::size_t held_back =
        128; // octets held back by an adapter: a USB packet, with marks
    const auto now = Clock::now();
    at_pace_ = time_of(bytes.size()) <= now - last_byte_ + time_of(held_back);
    last_byte_ = now;
    const bool is_first = !std::exchange(has_brought_data_, true);
    silent_ = false;
    const auto intact_before = reception_.intact_frames();
    if (reception_.on_bytes(last_byte_, bytes))
        line::set_parity(line_.native_handle(), reception_.parity());
    const bool intact = reception_.intact_frames() > intact_before;
    if (!working_ && intact)
        on_working();
    const bool was_in_burst = std::exchange(in_burst_, !intact || !reception_.idle());
    if (!in_burst_) // silence would change nothing
        (void)reception_.on_silence(now);
    // During a burst the timer is not set again: its handler checks itself for silence.
    if (is_first || (in_burst_ && !was_in_burst))
        watching_ = false;
}

// Time during which only the remainder of the current frame can arrive. Sleeping that long avoids
// one wake-up per USB packet, which costs a Raspberry Pi far more than decoding the frame. After a
// damaged length the next octets are delayed, but not lost.
std::chrono::microseconds PushPort::rest() const {
    if (tcp_ || !at_pace_) // networks and virtual meters are faster than the line
        return {};
    return std::min<std::chrono::microseconds>(time_of(reception_.awaited()),
                                               options_.longest_rest);
}

std::chrono::microseconds PushPort::time_of(std::size_t octets) const {
    const std::int64_t bits = reception_.parity() == config::Parity::even ? 11 : 10; // of an octet
    return std::chrono::microseconds(static_cast<std::int64_t>(octets) * bits * 1'000'000 /
                                     config_.baud);
}

// Meanwhile the line is removed from the reactor, which would wake up for each piece; the kernel
// buffers the octets. Silence is counted from the end of the sleep.
asio::awaitable<void> PushPort::rest_for(std::chrono::microseconds time) {
    timer_.cancel();
    watching_ = false;
    base::FileDescriptor line(line_.release());
    co_await base::sleep(time);
    line_.assign(line.release());
    line_.non_blocking(true);
    last_byte_ = Clock::now();
}

// Sets the timer to the next event.
void PushPort::watch_silence() {
    auto next = Clock::time_point::max();
    if (in_burst_)
        next = std::min(next, last_byte_ + silence_);
    if (!working_ && !silent_)
        next = std::min(next, opened_ + options_.settling);
    if (has_brought_data_)
        next = std::min(next, last_byte_ + options_.wedged);
    watching_ = true;
    timer_.expires_at(next);
    timer_.async_wait([this, life = std::weak_ptr(life_)](const error_code& error) {
        if (!error && !life.expired() && line_.is_open())
            on_timer();
    });
}

void PushPort::on_timer() {
    const auto now = Clock::now();
    if (in_burst_ && now - last_byte_ >= silence_) {
        in_burst_ = false;
        if (reception_.on_silence(now))
            line::set_parity(line_.native_handle(), reception_.parity());
    }
    if (!working_ && !silent_ && now - opened_ >= options_.settling)
        on_working();
    if (has_brought_data_ && now - last_byte_ >= options_.wedged) {
        silent_ = true;
        log_.on_wedged(now - last_byte_);
        wedged_ = true;
        line_.cancel();
        return;
    }
    watch_silence();
}

void PushPort::on_working() {
    working_ = true;
    backoff_.reset();
    log_.on_working();
}

} // namespace

void remember_meter(PortState& memory, const han::list::List& list, Port& port,
                    PortListener& listener) {
    if (list.meter_id.empty())
        return; // a power list has the meter of the list before it
    const PortState before = memory;
    memory.meter_id = list.meter_id;
    memory.meter_type = list.meter_type;
    memory.manufacturer = list.manufacturer;
    if (memory != before)
        listener.on_port_state(port, memory);
}

// ---- the face -----------------------------------------------------------------------------------

Port::Port(asio::any_io_executor executor, config::PortConfig config, PortState memory,
           PortListener& listener, const PortOptions& options) {
    if (config.protocol == config::Protocol::han)
        life_ = std::make_unique<PushPort>(*this, std::move(executor), std::move(config),
                                           std::move(memory), listener, options);
    else
        life_ = make_pull_port(*this, std::move(executor), std::move(config), std::move(memory),
                               listener, options);
}

Port::~Port() = default;

asio::awaitable<void> Port::run() {
    return life_->run();
}

void Port::stop() {
    life_->stop();
}

const config::PortConfig& Port::config() const noexcept {
    return life_->config();
}

const PortStats& Port::stats() const noexcept {
    return life_->stats();
}

} // namespace hanport::port
