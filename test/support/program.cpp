// Runs programs; see program.hpp.
#include "support/program.hpp"

#include "support/process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace support {
namespace {

// Debian installs brokers in a folder that only root has in PATH.
void add_system_programs_to_path() {
    static const bool added = [] {
        const char* path = std::getenv("PATH");
        const std::string wider = std::string(path == nullptr ? "/usr/bin:/bin" : path)
                                      .append(":/usr/local/sbin:/usr/sbin:/sbin");
        return ::setenv("PATH", wider.c_str(), 1) == 0;
    }();
    (void)added;
}

} // namespace

pid_t start_program(const std::vector<std::string>& arguments, int output, int errors) {
    add_system_programs_to_path();
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (errors >= 0)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    pid_t program = -1;
    const int error = ::posix_spawnp(&program, argv[0], &actions, nullptr, argv.data(), ::environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw std::system_error(error, std::generic_category(), arguments[0]);
    return program;
}

int wait_for_end(pid_t program) {
    int status = 0;
    while (::waitpid(program, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

int open_to_append(const std::string& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        throw std::system_error(errno, std::generic_category(), path);
    return file;
}

std::string contents_of(const std::string& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

void run_program(const std::vector<std::string>& arguments) {
    const Folder folder;
    const int output = open_to_append(folder.path("output"));
    const pid_t program = start_program(arguments, output, output);
    ::close(output);
    if (const int status = wait_for_end(program); status != 0)
        throw std::runtime_error(arguments[0] + ": " + contents_of(folder.path("output")));
}

} // namespace support
