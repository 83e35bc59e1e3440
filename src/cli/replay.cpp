// hanport replay: a capture with its original timing, as bytes on a pseudo terminal, as decoded
// lists, or as MQTT messages.
#include "base/utc_time.hpp"
#include "cli/capture_file.hpp"
#include "cli/key_option.hpp"
#include "cli/pace.hpp"
#include "cli/pty.hpp"
#include "cli/replay_sink.hpp"
#include "cli/standard_output.hpp"
#include "cli/subcommands.hpp"
#include "config/config.hpp"
#include "han/decoder.hpp"
#include "han/text/json_line.hpp"

#include <CLI/CLI.hpp>

#include <concepts>
#include <iostream>
#include <system_error>

namespace hanport::cli {
namespace {

using std::chrono::milliseconds;

struct Options {
    std::string file;
    double speed = 1;
    std::string to = "stdout";
    std::string link;
    std::string config = config::default_config_file;
    ciphering::Keys keys;
};

// Gives each octet of a capture its time: from the time stamps, otherwise at the speed of a line
// with 2400 baud, frame by frame.
class Timeline {
  public:
    /// Passes the result of a read() of the file to `tell(const Burst&)`, burst by burst; `tell`
    /// returns false to stop.
    template <std::invocable<const Burst&> Tell>
    bool split(han::Bytes octets, const std::vector<CaptureFile::Stamp>& stamps, const Tell& tell) {
        auto stamp = stamps.begin();
        while (!octets.empty()) {
            for (; stamp != stamps.end() && stamp->offset <= offset_; ++stamp)
                set(stamp->time);
            std::size_t size = octets.size();
            if (stamp != stamps.end())
                size = static_cast<std::size_t>(
                    std::min<std::uint64_t>(size, stamp->offset - offset_));
            if (!time_)
                size = std::min(size, frame_size(octets));
            if (!tell(Burst{.since = now(), .time = time_, .octets = octets.first(size)}))
                return false;
            offset_ += size;
            sent_ += size;
            octets = octets.subspan(size);
        }
        return true;
    }

  private:
    // Up to the next flags that may be the end of one frame and the beginning of another.
    static std::size_t frame_size(han::Bytes octets) {
        for (std::size_t i = 1; i + 2 < octets.size(); ++i)
            if (octets[i] == han::hdlc::flag && octets[i + 1] == han::hdlc::flag &&
                han::hdlc::is_type_3(octets[i + 2]))
                return i + 1;
        return octets.size();
    }

    [[nodiscard]] milliseconds now() const {
        constexpr std::uint64_t octets_a_second = 240; // 10 bits each
        return time_ ? moment_ : moment_ + milliseconds(sent_ * 1000 / octets_a_second);
    }

    // If the clock was set back in between, the new time is used from then on.
    void set(CaptureTime time) {
        moment_ = now();
        if (time_ && time > *time_)
            moment_ += time - *time_;
        time_ = time;
        sent_ = 0;
    }

    std::uint64_t offset_ = 0; // in the capture
    milliseconds moment_{};    // of the last time stamp, since the beginning
    std::uint64_t sent_ = 0;   // octets since then
    std::optional<CaptureTime> time_;
};

class PtySink : public ReplaySink {
  public:
    explicit PtySink(Pty& pty) : pty_(pty) {}
    void write(const Burst& burst) override { pty_.write(burst.octets); }
    void finish() override { pty_.drain(); }

  private:
    Pty& pty_;
};

// Prints lists like decode, each at the time at which it was received in the capture.
class ListSink : public ReplaySink, private han::Listener {
  public:
    explicit ListSink(const ciphering::Keys& keys) : decryptor_(keys) {}
    void write(const Burst& burst) override {
        time_ = burst.time;
        decoder_.feed(burst.octets);
    }
    void finish() override { decoder_.flush(); }

    [[nodiscard]] std::uint64_t lists() const noexcept override { return lists_; }

  private:
    void on_list(const han::list::List& list) override {
        line_.clear();
        han::text::append_json(line_, list);
        if (time_) {
            std::string received = R"("received":")";
            base::append_utc(received, *time_);
            line_.insert(1, received.append("\","));
        }
        line_ += '\n';
        output_.write(line_);
        ++lists_;
    }
    void on_refusal(const han::Refusal& refusal) override {
        std::cerr << "hanport: byte " << refusal.offset << ": ";
        if (refusal.size > 0)
            std::cerr << refusal.size << ' ';
        std::string reason;
        append_reason(reason, refusal);
        std::cerr << reason << '\n';
    }

    StandardOutput output_;
    ciphering::AesGcm decryptor_;
    han::Decoder decoder_{*this, &decryptor_};
    std::optional<CaptureTime> time_;
    std::string line_;
    std::uint64_t lists_ = 0;
};

// True if the capture contained something.
bool play(CaptureFile& file, const Options& options, ReplaySink& sink, Stop& stop) {
    Pace pace(options.speed, stop);
    Timeline timeline;
    bool any = false;
    bool goes_on = true;
    while (const auto octets = goes_on ? file.read() : std::nullopt) {
        for (const auto& error : file.hex_errors())
            std::cerr << "hanport: " << options.file << ':' << error.line << ':' << error.column
                      << ": no hex digits\n";
        any = any || !octets->empty();
        goes_on = timeline.split(*octets, file.stamps(), [&](const Burst& burst) {
            if (!pace.wait(burst.since))
                return false;
            sink.write(burst);
            return true;
        });
    }
    sink.finish();
    return any;
}

int replay(const Options& options) {
    CaptureFile file(options.file);
    Stop stop;
    if (options.to != "pty") {
        const std::unique_ptr<ReplaySink> sink =
            options.to == "mqtt" ? make_broker_sink(options.config, options.keys)
                                 : std::make_unique<ListSink>(options.keys);
        play(file, options, *sink, stop);
        return sink->lists() > 0 ? success : nothing_found;
    }
    Pty pty(options.link, stop);
    StandardOutput().write(pty.path() + "\n");
    std::cerr << "hanport: " << options.file << " on " << pty.path()
              << ", begins when it is opened; Ctrl-C ends it\n";
    if (!pty.wait_for_reader())
        return success;
    PtySink sink(pty);
    return play(file, options, sink, stop) ? success : nothing_found;
}

} // namespace

void add_replay(CLI::App& app, int& status) {
    const auto options = std::make_shared<Options>();
    CLI::App* const command =
        app.add_subcommand("replay", "Replay a capture with its original timing");
    command->add_option("FILE", options->file, "A capture, raw or hex text; - for standard input")
        ->required();
    add_speed_option(*command, options->speed);
    command
        ->add_option("--to", options->to,
                     "pty: bytes on a pseudo terminal, whose path is printed; stdout: decoded "
                     "lists, one JSON object a line; mqtt: messages as of hanport run")
        ->check(CLI::IsMember({"pty", "mqtt", "stdout"}))
        ->capture_default_str();
    command->add_option("--link", options->link,
                        "A symbolic link to the pseudo terminal, removed at the end");
    command
        ->add_option("--config", options->config, "The configuration whose [mqtt] names the broker")
        ->capture_default_str();
    add_key_options(*command, options->keys);
    command->footer("Text captures with times are played at their times, others as fast as a line "
                    "of 2400 baud carries them. A pseudo terminal begins when somebody opens it.\n"
                    "Exit status: 0 something was played, 1 there was nothing, 2 wrong call or "
                    "unreadable file.");
    command->callback([options, &status] {
        try {
            status = replay(*options);
        } catch (const std::system_error& error) {
            std::cerr << "hanport: " << options->file
                      << ": cannot be read: " << error.code().message() << '\n';
            status = wrong_call;
        } catch (const std::runtime_error& error) {
            std::cerr << "hanport: " << error.what() << '\n';
            status = wrong_call;
        }
    });
}

} // namespace hanport::cli
