// hanport capture: what arrives at a port, written down as a text capture.
#include "cli/pace.hpp"
#include "cli/subcommands.hpp"
#include "cli/text_capture.hpp"

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

namespace cli {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

// A burst ends with a pause of this, or when it has grown to this many octets.
constexpr milliseconds pause_between_bursts = 50ms;
constexpr std::size_t longest_burst = 2051; // the longest frame with its flags

constexpr std::string_view tcp_prefix = "tcp://";

struct Options {
    std::string port;
    unsigned baud = 2400;
    std::string parity = "none";
    std::string output;
};

struct Speed {
    unsigned baud;
    speed_t code;
};
constexpr auto speeds = std::to_array<Speed>({{300, B300},
                                              {600, B600},
                                              {1200, B1200},
                                              {2400, B2400},
                                              {4800, B4800},
                                              {9600, B9600},
                                              {19200, B19200},
                                              {38400, B38400},
                                              {57600, B57600},
                                              {115200, B115200}});

// What cannot be opened or written, for people.
class Failure : public std::runtime_error {
  public:
    Failure(const std::string& what, const std::string& why)
        : std::runtime_error(what + ": " + why) {}
};

// ---- the port ----------------------------------------------------------------------------------

int connect_to(const std::string& port) {
    const std::string place = port.substr(tcp_prefix.size());
    const std::size_t colon = place.rfind(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == place.size())
        throw Failure(port, "is not of the form tcp://host:port");
    std::string host = place.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error =
            ::getaddrinfo(host.c_str(), place.substr(colon + 1).c_str(), &hints, &found);
        error != 0)
        throw Failure(port, ::gai_strerror(error));
    int error = 0;
    int connection = -1;
    for (const addrinfo* one = found; one != nullptr && connection < 0; one = one->ai_next) {
        connection = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
        if (connection >= 0 && ::connect(connection, one->ai_addr, one->ai_addrlen) != 0) {
            error = errno;
            ::close(connection);
            connection = -1;
        }
    }
    ::freeaddrinfo(found);
    if (connection < 0)
        throw Failure(port, std::strerror(error));
    return connection;
}

void set_up_line(int line, const Options& options) {
    termios settings{};
    if (::ioctl(line, TIOCEXCL) != 0 || ::tcgetattr(line, &settings) != 0)
        throw Failure(options.port, std::strerror(errno));
    ::cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD | (options.parity == "even" ? PARENB : 0U);
    const auto speed = std::ranges::find(speeds, options.baud, &Speed::baud);
    ::cfsetspeed(&settings, speed->code);
    if (::tcsetattr(line, TCSANOW, &settings) != 0)
        throw Failure(options.port, std::strerror(errno));
}

// Opens a device or a connection for reading.
int open_port(const Options& options) {
    if (options.port.starts_with(tcp_prefix))
        return connect_to(options.port);
    const int line = ::open(options.port.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (line < 0)
        throw Failure(options.port, std::strerror(errno));
    if (::isatty(line) == 0)
        throw Failure(options.port, "is not a serial port");
    set_up_line(line, options);
    return line;
}

// ---- the capture -------------------------------------------------------------------------------

// Where the text goes. What exists already is added to, never lost.
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
    append_utc(text, now());
    text += ", " + options.port;
    if (!options.port.starts_with(tcp_prefix))
        text += ", " + std::to_string(options.baud) + " baud, 8" +
                (options.parity == "even" ? "E" : "N") + "1";
    return text + "\n";
}

class Capture {
  public:
    Capture(int port, Output& output) : port_(port), output_(output) {}

    // Until a signal comes; false where the port ended first.
    bool run(const Stop& stop) {
        for (;;) {
            auto wanted =
                std::to_array<pollfd>({{port_, POLLIN, 0}, {stop.descriptor(), POLLIN, 0}});
            const int patience =
                burst_.empty() ? -1 : static_cast<int>(pause_between_bursts.count());
            const int ready = ::poll(wanted.data(), wanted.size(), patience);
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
        if (burst_.empty())
            time_ = now();
        burst_.insert(burst_.end(), piece.begin(), piece.begin() + got);
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
    Output& output_;
    std::vector<std::uint8_t> burst_;
    CaptureTime time_;
    std::string line_;
    std::uint64_t octets_ = 0;
    std::uint64_t bursts_ = 0;
};

int capture(const Options& options) {
    try {
        const int port = open_port(options);
        Output output(options.output);
        Stop stop;
        output.write(header(options));
        std::cerr << "hanport: capturing " << options.port << "; Ctrl-C ends it\n";
        Capture capture(port, output);
        if (!capture.run(stop))
            std::cerr << "hanport: " << options.port << ": has closed\n";
        ::close(port);
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
        "capture", "Write down what arrives at a port, with its time, for decode and replay");
    command->add_option("PORT", options->port, "A serial port's path, or tcp://host:port")
        ->required();
    std::vector<unsigned> bauds;
    bauds.reserve(speeds.size());
    for (const Speed& speed : speeds)
        bauds.push_back(speed.baud);
    command->add_option("--baud", options->baud, "Speed of the line")
        ->check(CLI::IsMember(bauds))
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

} // namespace cli
