// hanport capture: records the octets of a port as a text capture.
#include "base/host_port.hpp"
#include "base/utc_time.hpp"
#include "cli/pace.hpp"
#include "cli/subcommands.hpp"
#include "cli/text_capture.hpp"
#include "config/rules.hpp"
#include "line/parmrk_filter.hpp"
#include "line/serial.hpp"
#include "line/tcp.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

namespace hanport::cli {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

// A burst ends with a pause of this length, or at the maximum size.
constexpr milliseconds pause_between_bursts = 50ms;
constexpr std::size_t longest_burst = 2051; // the longest frame with its flags

constexpr milliseconds connect_timeout = 10s;

struct Options {
    std::string port;
    unsigned baud = 2400;
    std::string parity = "none";
    std::string output;
};

// Error for people: what cannot be opened or written.
class Failure : public std::runtime_error {
  public:
    Failure(const std::string& what, const std::string& why)
        : std::runtime_error(what + ": " + why) {}
};

// ---- the port ----------------------------------------------------------------------------------

config::Parity parity_of(const Options& options) {
    return options.parity == "even" ? config::Parity::even : config::Parity::none;
}

using Opened = std::expected<base::FileDescriptor, std::string>;

Opened connect_to(const std::string& port) {
    const auto address = base::parse_host_port(port.substr(config::tcp_scheme.size()));
    if (!address || address->port == 0)
        return std::unexpected("is not of the form tcp://host:port");
    boost::asio::io_context io;
    auto opened = boost::asio::co_spawn(io, line::open_tcp_line(*address, connect_timeout),
                                        boost::asio::use_future);
    io.run();
    return opened.get();
}

// Opens a device or a connection for non-blocking reading.
base::FileDescriptor open_port(const Options& options) {
    Opened opened = config::is_tcp(options.port)
                        ? connect_to(options.port)
                        : line::open_serial_line(options.port, options.baud, parity_of(options));
    if (!opened)
        throw Failure(options.port, opened.error());
    return std::move(*opened);
}

// ---- the capture -------------------------------------------------------------------------------

// Destination of the text. An existing file is appended to, never overwritten.
class Output {
  public:
    explicit Output(const std::string& path)
        : path_(path.empty() ? "standard output" : path),
          descriptor_(path.empty()
                          ? STDOUT_FILENO
                          : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) {
        if (descriptor_ < 0)
            throw Failure(path_, std::strerror(errno));
    }

    void write(std::string_view text) {
        while (!text.empty()) {
            const ssize_t written = ::write(descriptor_, text.data(), text.size());
            if (written >= 0)
                text.remove_prefix(static_cast<std::size_t>(written));
            else if (errno != EINTR)
                throw Failure(path_, std::strerror(errno));
        }
    }

  private:
    std::string path_;
    int descriptor_;
};

CaptureTime now() {
    return floor<milliseconds>(system_clock::now());
}

std::string header(const Options& options) {
    std::string text = "# hanport capture, ";
    base::append_utc(text, now());
    text += ", " + options.port;
    if (!config::is_tcp(options.port)) {
        text += ", " + std::to_string(options.baud) + " baud, ";
        text += line::frame_format(parity_of(options));
    }
    return text + "\n";
}

class Capture {
  public:
    Capture(int port, bool marked, Output& output)
        : port_(port), marked_(marked), output_(output) {}

    // Runs until a signal arrives; returns false if the port ends first.
    bool run(const Stop& stop) {
        for (;;) {
            auto wanted =
                std::to_array<pollfd>({{port_, POLLIN, 0}, {stop.descriptor(), POLLIN, 0}});
            const int timeout =
                burst_.empty() ? -1 : static_cast<int>(pause_between_bursts.count());
            const int ready = ::poll(wanted.data(), wanted.size(), timeout);
            if (ready == 0 || burst_.size() >= longest_burst)
                end_burst();
            if (ready <= 0)
                continue;
            const bool more = wanted[0].revents == 0 || read();
            if (!more || wanted[1].revents != 0) {
                end_burst();
                return more;
            }
        }
    }

    [[nodiscard]] std::uint64_t octets() const noexcept { return octets_; }
    [[nodiscard]] std::uint64_t bursts() const noexcept { return bursts_; }

  private:
    bool read() {
        std::array<std::uint8_t, longest_burst> piece{};
        const ssize_t got = ::read(port_, piece.data(), piece.size());
        if (got <= 0)
            return got < 0 && (errno == EAGAIN || errno == EINTR);
        std::size_t size = static_cast<std::size_t>(got);
        if (marked_)
            size = marks_.take_out(std::span(piece).first(size)).size;
        if (burst_.empty())
            time_ = now();
        burst_.insert(burst_.end(), piece.begin(),
                      piece.begin() + static_cast<std::ptrdiff_t>(size));
        return true;
    }

    void end_burst() {
        if (burst_.empty())
            return;
        line_.clear();
        append_burst(line_, time_, burst_);
        output_.write(line_);
        octets_ += burst_.size();
        ++bursts_;
        burst_.clear();
    }

    int port_;
    bool marked_; // the kernel marks damaged bytes
    line::ParmrkFilter marks_;
    Output& output_;
    std::vector<std::uint8_t> burst_;
    CaptureTime time_;
    std::string line_;
    std::uint64_t octets_ = 0;
    std::uint64_t bursts_ = 0;
};

int capture(const Options& options) {
    try {
        const base::FileDescriptor port = open_port(options);
        Output output(options.output);
        Stop stop;
        output.write(header(options));
        std::cerr << "hanport: capturing " << options.port << "; Ctrl-C ends it\n";
        Capture capture(port.get(), !config::is_tcp(options.port), output);
        if (!capture.run(stop))
            std::cerr << "hanport: " << options.port << ": has closed\n";
        std::cerr << "hanport: " << capture.octets() << " bytes in " << capture.bursts()
                  << (capture.bursts() == 1 ? " burst\n" : " bursts\n");
        return capture.octets() > 0 ? success : nothing_found;
    } catch (const Failure& failure) {
        std::cerr << "hanport: " << failure.what() << '\n';
        return wrong_call;
    }
}

} // namespace

void add_capture(CLI::App& app, int& status) {
    const auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand(
        "capture", "Record what arrives at a port, with its time, for decode and replay");
    command->add_option("PORT", options->port, "A serial port's path, or tcp://host:port")
        ->required();
    command->add_option("--baud", options->baud, "Speed of the line")
        ->check(CLI::IsMember(std::vector(config::baud_rates.begin(), config::baud_rates.end())))
        ->capture_default_str();
    command->add_option("--parity", options->parity, "none (8N1) or even (8E1)")
        ->check(CLI::IsMember({"none", "even"}))
        ->capture_default_str();
    command->add_option("--output", options->output,
                        "A file, which is added to if it exists; standard output without it");
    command->footer("Exit status: 0 something arrived, 1 nothing did, 2 wrong call or a port that "
                    "cannot be opened.");
    command->callback([options, &status] { status = capture(*options); });
}

} // namespace hanport::cli
