// Runs the hanport binary; see process.hpp.
#include "support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace support {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto most_timeout = 60s;

std::runtime_error last_error(const char* what) {
    return std::system_error(errno, std::generic_category(), what);
}

struct Ends {
    int ours = -1;
    int theirs = -1;
};

Ends make_pipe(bool we_read) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw last_error("pipe");
    return we_read ? Ends{ends[0], ends[1]} : Ends{ends[1], ends[0]};
}

Ends make_terminal() {
    Ends ends;
    if (::openpty(&ends.ours, &ends.theirs, nullptr, nullptr, nullptr) != 0)
        throw last_error("openpty");
    ::fcntl(ends.ours, F_SETFD, FD_CLOEXEC);
    ::fcntl(ends.theirs, F_SETFD, FD_CLOEXEC);
    return ends;
}

void close(int& descriptor) {
    if (descriptor >= 0)
        ::close(descriptor);
    descriptor = -1;
}

// Appends the data available now; closes at the end (a terminal ends with EIO).
void take(int& descriptor, std::string& text) {
    std::array<char, 65536> piece{};
    const ssize_t got = ::read(descriptor, piece.data(), piece.size());
    if (got > 0)
        text.append(piece.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR)
        close(descriptor);
}

milliseconds left_until(steady_clock::time_point deadline) {
    return std::max(std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()), 0ms);
}

} // namespace

Process::Process(const std::vector<std::string>& arguments, const Options& options) {
    std::signal(SIGPIPE, SIG_IGN);
    const Ends in = make_pipe(false);
    Ends out = options.output_to_terminal ? make_terminal() : Ends{};
    if (!options.output.empty())
        out.theirs = ::open(options.output.c_str(), O_WRONLY | O_CLOEXEC);
    else if (!options.output_to_terminal)
        out = make_pipe(true);
    const Ends err = options.errors_to_terminal ? make_terminal() : make_pipe(true);

    std::vector<char*> argv{const_cast<char*>(HANPORT_BINARY)};
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);

    child_ = ::fork();
    if (child_ < 0)
        throw last_error("fork");
    if (child_ == 0) {
        std::signal(SIGPIPE, SIG_DFL);
        ::dup2(in.theirs, STDIN_FILENO);
        ::dup2(out.theirs, STDOUT_FILENO);
        ::dup2(err.theirs, STDERR_FILENO);
        for (const std::string& name : options.unset)
            ::unsetenv(name.c_str());
        for (const std::string& setting : options.set)
            ::putenv(const_cast<char*>(setting.c_str()));
        ::execv(HANPORT_BINARY, argv.data());
        ::_exit(127);
    }
    for (const int theirs : {in.theirs, out.theirs, err.theirs})
        ::close(theirs);
    input_ = in.ours;
    output_ = out.ours;
    errors_ = err.ours;
    ::fcntl(input_, F_SETFL, O_NONBLOCK);
}

Process::~Process() {
    for (int* descriptor : {&input_, &output_, &errors_})
        close(*descriptor);
    if (child_ > 0) {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
}

// Waits once: sends what fits of `input`, and collects output. Returns false if nothing happened.
bool Process::send_next(std::string_view& input, milliseconds timeout) {
    std::array<pollfd, 3> wanted{
        {{output_, POLLIN, 0}, {errors_, POLLIN, 0}, {input.empty() ? -1 : input_, POLLOUT, 0}}};
    const int ready = ::poll(wanted.data(), wanted.size(), static_cast<int>(timeout.count()));
    if (ready < 0 && errno != EINTR)
        throw last_error("poll");
    if (ready <= 0)
        return false;
    if (wanted[0].revents != 0)
        take(output_, out_);
    if (wanted[1].revents != 0)
        take(errors_, err_);
    if (wanted[2].revents != 0) {
        const ssize_t sent = ::write(input_, input.data(), input.size());
        if (sent >= 0)
            input.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno == EPIPE)
            input = {}; // it has ended, or no longer reads
        else if (errno != EAGAIN && errno != EINTR)
            throw last_error("write");
    }
    return true;
}

void Process::write(std::string_view input) {
    const auto deadline = steady_clock::now() + most_timeout;
    while (!input.empty())
        if (!send_next(input, left_until(deadline)) && steady_clock::now() > deadline)
            throw std::runtime_error("hanport takes no input");
}

void Process::close_input() {
    close(input_);
}

void Process::signal(int number) const {
    ::kill(child_, number);
}

std::string Process::read_line() {
    const auto deadline = steady_clock::now() + most_timeout;
    std::string_view nothing;
    for (;;) {
        if (const auto end = out_.find('\n'); end != std::string::npos) {
            std::string line = out_.substr(0, end);
            out_.erase(0, end + 1);
            return line;
        }
        if (output_ < 0)
            throw std::runtime_error("hanport has ended its output: " + err_);
        if (!send_next(nothing, left_until(deadline)) && steady_clock::now() > deadline)
            throw std::runtime_error("hanport writes no line: " + err_);
    }
}

bool Process::wait_for_error(std::string_view text, milliseconds timeout) {
    const auto deadline = steady_clock::now() + timeout;
    std::string_view nothing;
    while (err_.find(text) == std::string::npos) {
        if (errors_ < 0 || steady_clock::now() > deadline)
            return false;
        (void)send_next(nothing, left_until(deadline));
    }
    return true;
}

Outcome Process::finish() {
    close_input();
    const auto deadline = steady_clock::now() + most_timeout;
    std::string_view nothing;
    while (output_ >= 0 || errors_ >= 0)
        if (!send_next(nothing, left_until(deadline)) && steady_clock::now() > deadline)
            throw std::runtime_error("hanport does not end");
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), out_, err_};
}

Outcome hanport(const std::vector<std::string>& arguments, std::string_view input,
                const Process::Options& options) {
    Process process(arguments, options);
    process.write(input);
    return process.finish();
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "hanport-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw last_error("mkdtemp");
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(std::string_view name, std::string_view contents) const {
    std::ofstream file(path_ / name, std::ios::binary);
    file << contents;
    if (!file.flush())
        throw std::runtime_error("cannot write " + path(name));
    return path(name);
}

std::string Folder::path(std::string_view name) const {
    return (path_ / name).string();
}

} // namespace support
