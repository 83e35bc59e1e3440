// Runs mosquitto and its clients; see mosquitto.hpp.
#include "support/mosquitto.hpp"

#include "support/hex.hpp"
#include "support/program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>

namespace support {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto most_timeout = 20s;
constexpr auto look_again = 2ms;

std::runtime_error last_error(const char* what) {
    return std::system_error(errno, std::generic_category(), what);
}

// A bound socket that never listens: it reserves the port, but mosquitto, which also sets
// SO_REUSEADDR, can still listen on it.
std::pair<int, std::uint16_t> reserve_port() {
    const int reservation = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (reservation < 0 ||
        ::setsockopt(reservation, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        ::bind(reservation, generic, size) != 0 || ::getsockname(reservation, generic, &size) != 0)
        throw last_error("reserving a port");
    return {reservation, ntohs(address.sin_port)};
}

// "= 1 0 3432 topic", the output format of mosquitto_sub: QoS, retained, payload in hex, topic.
Received parse(const std::string& line) {
    std::istringstream text(line);
    Received message;
    std::string mark;
    std::string octets;
    text >> mark >> message.qos >> message.retained;
    text.get();
    std::getline(text, octets, ' ');
    std::getline(text, message.topic);
    for (const std::uint8_t octet : hex(octets))
        message.payload += static_cast<char>(octet);
    return message;
}

} // namespace

Mosquitto::Mosquitto(Options options) : options_(std::move(options)) {
    std::tie(reservation_, port_) = reserve_port();
    write_passwords();
}

void Mosquitto::change(Options options) {
    options_ = std::move(options);
    write_passwords();
}

void Mosquitto::write_passwords() const {
    if (!options_.username.empty())
        run_program({"mosquitto_passwd", "-b", "-c", folder_.path("passwords"), options_.username,
                     options_.password});
}

Mosquitto::~Mosquitto() {
    end(SIGKILL);
    ::close(reservation_);
}

std::string Mosquitto::configuration() const {
    std::ostringstream text;
    // If it is started by root, it would switch to a user who cannot read the files of this test.
    if (::geteuid() == 0)
        text << "user root\n";
    text << "listener " << port_ << " 127.0.0.1\n"
         << "log_dest stderr\nlog_type all\nset_tcp_nodelay true\n"
         << "allow_anonymous " << (options_.username.empty() ? "true" : "false") << '\n';
    if (!options_.username.empty())
        text << "password_file " << folder_.path("passwords") << '\n';
    if (options_.tls != nullptr)
        text << "cafile " << options_.tls->ca() << "\ncertfile " << options_.tls->broker()
             << "\nkeyfile " << options_.tls->broker_key() << '\n';
    if (options_.client_certificate)
        text << "require_certificate true\n";
    if (options_.persistent)
        text << "persistence true\npersistence_location " << folder_.path()
             << "/\nautosave_on_changes true\nautosave_interval 1\n";
    text << options_.extra;
    return std::move(text).str();
}

void Mosquitto::start() {
    if (running())
        return;
    const std::size_t logged = log().size();
    const std::string file = folder_.write("mosquitto.conf", configuration());
    const int output = open_to_append(folder_.path("log"));
    child_ = start_program({"mosquitto", "-c", file}, output, output);
    ::close(output);
    // Logged once it listens; a test connection would be visible in tests.
    const auto deadline = steady_clock::now() + most_timeout;
    while (!wait_for_log(" running", logged, 20ms)) {
        const bool ended = ::waitpid(child_, nullptr, WNOHANG) == child_;
        if (ended)
            child_ = -1;
        if (ended || steady_clock::now() > deadline)
            throw std::runtime_error("mosquitto does not start: " + log().substr(logged));
    }
}

void Mosquitto::end(int signal) {
    if (!running())
        return;
    ::kill(child_, signal);
    wait_for_end(child_);
    child_ = -1;
}

void Mosquitto::stop() {
    thaw();
    end(SIGTERM);
}

void Mosquitto::kill() {
    end(SIGKILL);
}

void Mosquitto::freeze() {
    if (running())
        ::kill(child_, SIGSTOP);
}

void Mosquitto::thaw() {
    if (running())
        ::kill(child_, SIGCONT);
}

std::string Mosquitto::url() const {
    return (options_.tls != nullptr ? "mqtts://localhost:" : "mqtt://localhost:") +
           std::to_string(port_);
}

std::string Mosquitto::log() const {
    return contents_of(folder_.path("log"));
}

bool Mosquitto::wait_for_log(std::string_view text, std::size_t from, milliseconds timeout) const {
    const auto deadline = steady_clock::now() + timeout;
    while (log().find(text, from) == std::string::npos) {
        if (steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(look_again);
    }
    return true;
}

std::vector<std::string> Mosquitto::client_arguments() const {
    std::vector<std::string> arguments{"-h", "localhost", "-p", std::to_string(port_)};
    if (!options_.username.empty())
        arguments.insert(arguments.end(), {"-u", options_.username, "-P", options_.password});
    if (options_.tls != nullptr)
        arguments.insert(arguments.end(), {"--cafile", options_.tls->ca(), "--insecure"});
    if (options_.client_certificate)
        arguments.insert(arguments.end(),
                         {"--cert", options_.tls->client(), "--key", options_.tls->client_key()});
    return arguments;
}

Subscriber::Subscriber(const Mosquitto& broker, const std::string& filter, Session session) {
    static std::atomic<int> number = 0;
    const std::string id =
        "witness-" + std::to_string(::getpid()) + '-' + std::to_string(number.fetch_add(1));
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw last_error("pipe");
    output_ = ends[0];
    // mosquitto_sub does not flush after each message by default.
    std::vector<std::string> arguments{"stdbuf", "-oL", "mosquitto_sub"};
    for (const std::string& argument : broker.client_arguments())
        arguments.push_back(argument);
    arguments.insert(arguments.end(),
                     {"-V", "mqttv5", "-i", id, "-q", "1", "-F", "= %q %r %x %t", "-t", filter});
    if (session == Session::kept)
        arguments.insert(arguments.end(), {"-c", "-x", "3600"});
    child_ = start_program(arguments, ends[1], -1);
    ::close(ends[1]);
    if (!broker.wait_for_log("Sending SUBACK to " + id))
        throw std::runtime_error("mosquitto_sub does not subscribe: " + broker.log());
}

Subscriber::~Subscriber() {
    ::kill(child_, SIGKILL);
    wait_for_end(child_);
    ::close(output_);
}

std::optional<Received> Subscriber::next(milliseconds timeout) {
    const auto deadline = steady_clock::now() + timeout;
    for (;;) {
        if (const auto end = pending_.find('\n'); end != std::string::npos) {
            const std::string line = pending_.substr(0, end);
            pending_.erase(0, end + 1);
            if (line.starts_with("= "))
                return parse(line);
            continue;
        }
        const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
        pollfd wanted{output_, POLLIN, 0};
        if (left <= 0ms || ::poll(&wanted, 1, static_cast<int>(left.count())) == 0)
            return std::nullopt;
        std::array<char, 4096> piece{};
        const ssize_t got = ::read(output_, piece.data(), piece.size());
        if (got <= 0)
            return std::nullopt;
        pending_.append(piece.data(), static_cast<std::size_t>(got));
    }
}

std::optional<Received> Subscriber::next_of(std::string_view topic, milliseconds timeout) {
    const auto deadline = steady_clock::now() + timeout;
    for (;;) {
        auto message =
            next(std::max(std::chrono::ceil<milliseconds>(deadline - steady_clock::now()), 0ms));
        if (!message || message->topic == topic)
            return message;
    }
}

void publish(const Mosquitto& broker, const std::string& topic, const std::string& payload, int qos,
             bool retain) {
    std::vector<std::string> arguments{"mosquitto_pub"};
    for (const std::string& argument : broker.client_arguments())
        arguments.push_back(argument);
    arguments.insert(arguments.end(), {"-q", std::to_string(qos), "-t", topic});
    if (payload.empty())
        arguments.emplace_back("-n");
    else
        arguments.insert(arguments.end(), {"-m", payload});
    if (retain)
        arguments.emplace_back("-r");
    run_program(arguments);
}

} // namespace support
