// hanport capture on a pseudo terminal and a TCP port: received octets are recorded with their
// time.
#include "support/lines.hpp"
#include "support/process.hpp"
#include "support/serial.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>
#include <thread>

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using support::Adapter;
using support::corpus_file;
using support::expected;
using support::Folder;
using support::hanport;
using support::Process;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view stream = "kaifa-no-stream";

std::string contents(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// Polls, because there is no event for a growing file.
bool becomes(const std::function<bool()>& true_in_the_end) {
    for (const auto deadline = steady_clock::now() + 20s; steady_clock::now() < deadline;) {
        if (true_in_the_end())
            return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

class Listening {
  public:
    Listening() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address_;
        auto* const address = reinterpret_cast<sockaddr*>(&address_);
        if (::bind(socket_, address, size) != 0 || ::listen(socket_, 1) != 0 ||
            ::getsockname(socket_, address, &size) != 0)
            throw std::runtime_error("no port to listen on");
    }
    ~Listening() { ::close(socket_); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    [[nodiscard]] std::string url() const {
        return "tcp://127.0.0.1:" + std::to_string(ntohs(address_.sin_port));
    }
    /// Sends to the first client, then closes the connection.
    void serve(const support::Octets& octets) const {
        const int connection = ::accept(socket_, nullptr, nullptr);
        ASSERT_GE(connection, 0);
        EXPECT_EQ(::send(connection, octets.data(), octets.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(octets.size()));
        ::close(connection);
    }

  private:
    int socket_;
    sockaddr_in address_{};
};

TEST(Capture, WritesDownWhatArrivesAsDecodeReadsIt) {
    const Folder folder;
    const std::string file = folder.path("capture");
    const Adapter adapter;
    Process capture({"capture", adapter.path(), "--output", file});
    ASSERT_TRUE(capture.wait_for_error("capturing", 20s));
    adapter.write(corpus_file(stream).octets);
    ASSERT_TRUE(becomes([&] { return contents(file).find("] 7E") != std::string::npos; }));
    capture.signal(SIGTERM);
    const auto told = capture.finish();
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.err, HasSubstr(" bytes in "));
    EXPECT_EQ(hanport({"decode", file}).out, expected(stream));
}

TEST(Capture, SaysWhatWhenAndFromWhere) {
    const Adapter adapter;
    Process capture({"capture", adapter.path(), "--baud", "9600", "--parity", "none"});
    const std::string header = capture.read_line();
    EXPECT_TRUE(std::regex_match(
        header, std::regex("# hanport capture, [-0-9]{10}T[:0-9]{8}\\.[0-9]{3}Z, " +
                           adapter.path() + ", 9600 baud, 8N1")))
        << header;
    adapter.write(corpus_file(stream).octets);
    const std::string line = capture.read_line();
    EXPECT_TRUE(
        std::regex_match(line, std::regex("\\[[-0-9]{10}T[:0-9]{8}\\.[0-9]{3}Z\\]( [0-9A-F]{2})+")))
        << line;
    capture.signal(SIGINT);
    EXPECT_EQ(capture.finish().status, 0);
}

TEST(Capture, WritesALineForEachBurst) {
    const Adapter adapter;
    Process capture({"capture", adapter.path()});
    (void)capture.read_line();
    for (const std::string_view burst : {"01 02 03", "04", "7E 7E"}) {
        adapter.write(support::hex(burst));
        const std::string line = capture.read_line(); // the pause has ended it
        EXPECT_EQ(line.substr(line.find(']') + 2), burst);
    }
    capture.signal(SIGTERM);
    const auto told = capture.finish();
    EXPECT_THAT(told.err, HasSubstr("6 bytes in 3 bursts"));
}

TEST(Capture, KeepsWhatCameJustBeforeItsEnd) {
    const Adapter adapter;
    Process capture({"capture", adapter.path()});
    (void)capture.read_line();
    adapter.write(support::hex("AA BB"));
    (void)becomes([begin = steady_clock::now()] { return steady_clock::now() - begin > 10ms; });
    capture.signal(SIGTERM);
    EXPECT_THAT(capture.finish().out, HasSubstr("] AA BB\n"));
}

TEST(Capture, AddsToAFileThatIsThere) {
    const Folder folder;
    const std::string file = folder.write("capture", "# mine\n");
    const Adapter adapter;
    Process capture({"capture", adapter.path(), "--output", file});
    ASSERT_TRUE(capture.wait_for_error("capturing", 20s));
    capture.signal(SIGTERM);
    EXPECT_EQ(capture.finish().status, 1); // nothing arrived
    EXPECT_THAT(contents(file), StartsWith("# mine\n# hanport capture, "));
}

TEST(Capture, EndsWhenTheAdapterIsPulledOut) {
    Adapter adapter;
    Process capture({"capture", adapter.path()});
    (void)capture.read_line();
    adapter.write(support::hex("01"));
    (void)capture.read_line();
    adapter.close();
    const auto told = capture.finish();
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.err, HasSubstr(adapter.path() + ": has closed"));
}

TEST(Capture, ReadsATcpPort) {
    const Listening server;
    Process capture({"capture", server.url()});
    server.serve(corpus_file(stream).octets);
    const auto told = capture.finish();
    EXPECT_EQ(told.status, 0);
    EXPECT_THAT(told.out, HasSubstr(server.url() + "\n"));
    EXPECT_EQ(hanport({"decode"}, told.out).out, expected(stream));
}

TEST(Capture, PortsThatCannotBeOpenedAreNamed) {
    const Folder folder;
    struct Row {
        std::vector<std::string> arguments;
        std::string told;
    };
    const std::vector<Row> rows{
        {{"/nowhere/tty"}, "hanport: /nowhere/tty: No such file or directory\n"},
        {{folder.write("file", "x")}, folder.path("file") + ": is no serial line\n"},
        {{"tcp://127.0.0.1:1"}, "hanport: tcp://127.0.0.1:1: Connection refused\n"},
        {{"tcp://127.0.0.1"}, "is not of the form tcp://host:port\n"},
        {{"/dev/tty", "--baud", "2401"}, "--baud"},
        {{"/dev/tty", "--parity", "odd"}, "--parity"},
        {{}, "PORT is required"},
    };
    for (const auto& row : rows) {
        std::vector<std::string> arguments{"capture"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        const auto told = hanport(arguments);
        EXPECT_EQ(told.status, 2) << row.told;
        EXPECT_THAT(told.err, HasSubstr(row.told));
    }
    const Adapter adapter;
    const auto told = hanport({"capture", adapter.path(), "--output", "/nowhere/file"});
    EXPECT_EQ(told.status, 2);
    EXPECT_THAT(told.err, HasSubstr("/nowhere/file: No such file or directory"));
}

} // namespace
