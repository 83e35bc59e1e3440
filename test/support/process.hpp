// Runs the hanport binary of this build: with given input to its end, or interactively.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace support {

/// Exit status and output of a program.
struct Outcome {
    int status = -1; ///< exit status; -N if it was ended by signal N
    std::string out;
    std::string err;
};

/// A running hanport. Every wait throws std::runtime_error after a minute.
class Process {
  public:
    struct Options {
        std::string output{};            ///< a file for standard output instead of a pipe
        bool output_to_terminal = false; ///< standard output is a terminal
        bool errors_to_terminal = false; ///< standard error is a terminal
        std::vector<std::string> unset{"NO_COLOR"};
        std::vector<std::string> set{}; ///< environment: NAME=value
    };

    explicit Process(const std::vector<std::string>& arguments) : Process(arguments, Options{}) {}
    Process(const std::vector<std::string>& arguments, const Options& options);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void write(std::string_view input);
    void close_input();
    /// Sends it a signal, for example SIGTERM.
    void signal(int number) const;
    [[nodiscard]] pid_t id() const noexcept { return child_; }
    /// The next line of standard output, without its end.
    [[nodiscard]] std::string read_line();
    /// Waits until standard error contains `text`; false after `timeout`.
    [[nodiscard]] bool wait_for_error(std::string_view text, std::chrono::milliseconds timeout);
    /// Closes its input, reads the rest and waits for the end.
    [[nodiscard]] Outcome finish();

  private:
    bool send_next(std::string_view& input, std::chrono::milliseconds timeout);

    pid_t child_ = -1;
    int input_ = -1;
    int output_ = -1;
    int errors_ = -1;
    std::string out_;
    std::string err_;
};

/// Runs `hanport ARGUMENTS…` with `input` on its standard input.
[[nodiscard]] Outcome hanport(const std::vector<std::string>& arguments,
                              std::string_view input = {}, const Process::Options& options = {});

/// A folder for the files of one test.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    /// Writes a file and returns its path.
    std::string write(std::string_view name, std::string_view contents) const;
    [[nodiscard]] std::string path(std::string_view name = {}) const;

  private:
    std::filesystem::path path_;
};

} // namespace support
