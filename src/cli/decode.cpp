// hanport decode: captures to lists on standard output, damage and a summary on standard error.
#include "ciphering/aes_gcm.hpp"
#include "cli/any_decoder.hpp"
#include "cli/capture_file.hpp"
#include "cli/key_option.hpp"
#include "cli/progress.hpp"
#include "cli/standard_output.hpp"
#include "cli/subcommands.hpp"
#include "cli/table.hpp"
#include "han/text/json_line.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <iostream>
#include <numeric>
#include <system_error>

namespace hanport::cli {
namespace {

struct Options {
    std::vector<std::string> files;
    std::string format = "json";
    ciphering::Keys keys;
};

// Writes lists, reports damage, counts both. One object for all files.
class Report : public AnyListener {
  public:
    Report(const Options& options, StandardOutput& output)
        : table_(options.format == "table"), output_(output) {}

    void begin(const std::string& path, const CaptureFile& file) {
        path_ = path == "-" ? "standard input" : path;
        file_ = &file;
    }

    void on_list(const han::list::List& list) override {
        ++lists_[static_cast<std::size_t>(list.kind)];
        line_.clear();
        if (table_) {
            append_table(line_, list, output_.is_terminal());
        } else {
            han::text::append_json(line_, list);
            line_ += '\n';
        }
        output_.write(line_);
    }

    void on_refusal(const han::Refusal& refusal) override {
        std::string text;
        append_reason(text, refusal);
        refuse(refusal.offset, refusal.size, han::reason(refusal.error), text);
    }
    void on_refusal(const polled::Refusal& refusal) override {
        std::string text(refusal.reason.text);
        if (!refusal.detail.empty())
            text.append(": \"").append(refusal.detail).append("\"");
        refuse(refusal.offset, refusal.size, refusal.reason, text);
    }

    void on_hex_error(const han::text::HexError& error) {
        static constexpr han::Reason reason{"bad_hex", "no hex digits"};
        const std::string place =
            path_ + ":" + std::to_string(error.line) + ":" + std::to_string(error.column);
        complain(place, error.character == '\0' ? "a hex digit without its partner"
                                                : "a character that is no hex digit");
        count(reason, 0);
    }

    void complain(std::string_view place, std::string_view what) {
        progress_.clear();
        std::cerr << "hanport: " << place << ": " << what << '\n';
    }

    void show_progress() { progress_.show(path_, file_->position(), file_->size(), total()); }

    void summarise() {
        progress_.clear();
        std::cerr << "hanport: " << total() << (total() == 1 ? " list" : " lists");
        const char* separator = " (";
        for (const auto kind : {Kind::power, Kind::live, Kind::hourly, Kind::readout})
            if (const auto number = lists_[static_cast<std::size_t>(kind)]; number > 0) {
                std::cerr << separator << number << ' ' << han::list::text(kind);
                separator = ", ";
            }
        std::cerr << (total() > 0 ? ")" : "") << (outcomes_.empty() ? ", nothing refused\n" : "\n");
        for (const Outcome& outcome : outcomes_) {
            std::cerr << "hanport: refused " << outcome.times << " × " << outcome.reason.text;
            if (outcome.octets > 0)
                std::cerr << ", " << outcome.octets << " in all";
            std::cerr << '\n';
        }
    }

    [[nodiscard]] std::uint64_t total() const noexcept {
        return std::accumulate(lists_.begin(), lists_.end(), std::uint64_t{0});
    }

  private:
    using Kind = han::list::ListKind;

    struct Outcome {
        han::Reason reason;
        std::uint64_t times = 0;
        std::uint64_t octets = 0;
    };

    void refuse(std::uint64_t offset, std::uint64_t size, const han::Reason& reason,
                std::string_view text) {
        std::string place = path_;
        if (const auto line = file_->line_of(offset); line > 0)
            place += ":" + std::to_string(line);
        place += ": byte " + std::to_string(offset);
        if (size > 0)
            complain(place, std::to_string(size) + " " + std::string(text));
        else
            complain(place, text);
        count(reason, size);
    }

    void count(const han::Reason& reason, std::uint64_t octets) {
        auto outcome = std::ranges::find_if(
            outcomes_, [&](const Outcome& row) { return row.reason.key == reason.key; });
        if (outcome == outcomes_.end())
            outcome = outcomes_.insert(outcome, {.reason = reason});
        ++outcome->times;
        outcome->octets += octets;
    }

    bool table_;
    StandardOutput& output_;
    std::string path_;
    const CaptureFile* file_ = nullptr;
    std::string line_;
    Progress progress_;
    std::array<std::uint64_t, 4> lists_{};
    std::vector<Outcome> outcomes_;
};

// Each file is a stream of its own: its power lists belong to its own meter.
void decode_file(const std::string& path, const Options& options, Report& report) {
    CaptureFile file(path);
    report.begin(path, file);
    ciphering::AesGcm decryptor(options.keys);
    AnyDecoder decoder(report, decryptor);
    while (const auto octets = file.read()) {
        decoder.feed(*octets);
        for (const auto& error : file.hex_errors())
            report.on_hex_error(error);
        report.show_progress();
    }
    decoder.flush();
}

int decode(const Options& options) {
    StandardOutput output;
    Report report(options, output);
    int status = success;
    for (const std::string& path : options.files) {
        try {
            decode_file(path, options, report);
        } catch (const StandardOutput::Failure& failure) {
            report.complain("standard output", failure.what());
            return wrong_call;
        } catch (const std::system_error& error) {
            report.complain(path == "-" ? "standard input" : path,
                            "cannot be read: " + error.code().message());
            status = wrong_call;
        }
    }
    report.summarise();
    if (status == success && report.total() == 0)
        status = nothing_found;
    return status;
}

} // namespace

void add_decode(CLI::App& app, int& status) {
    const auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand(
        "decode", "Decode captured bytes, raw or hex text, to OBIS-tagged values");
    command->add_option("FILE", options->files, "Captures; standard input without one or for -");
    command->add_option("--format", options->format, "json (one object a line) or table")
        ->check(CLI::IsMember({"json", "table"}))
        ->capture_default_str();
    add_key_options(*command, options->keys);
    command->footer(
        "Exit status: 0 a list was decoded, 1 none was, 2 wrong call or unreadable file.");
    command->callback([options, &status] {
        if (options->files.empty())
            options->files.emplace_back("-");
        status = decode(*options);
    });
}

} // namespace hanport::cli
