// hanport tariff: shows the capacity charge and corrects hours. The daemon stores the hours; the
// owner's corrections are in a separate file, which the daemon only reads.
#include "cli/subcommands.hpp"
#include "config/config.hpp"
#include "publish/meter_messages.hpp"
#include "store/analytics_store.hpp"

#include <CLI/CLI.hpp>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>

namespace hanport::cli {
namespace {

using namespace std::chrono;
using base::WallTime;
using meter::Tariff;
using meter::TariffMonth;

struct Options {
    std::string config = config::default_config_file;
    std::string meter;
    std::string hour;
    double kwh = 0;
};

// Error for people.
class Refusal : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Root permanently changes to the owner of this state. That user can create links in the folders at
// any time, which must not redirect writes of root. The files written then also belong to that
// user.
void act_as_owner_of(const std::filesystem::path& state) {
    if (::geteuid() != 0)
        return;
    struct stat owner{};
    if (::stat(state.c_str(), &owner) != 0)
        return; // no hours are stored there
    if (owner.st_uid == 0 && ::lstat((state / "home").c_str(), &owner) != 0)
        return;
    if (owner.st_uid != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(owner.st_gid) != 0 ||
                              ::setuid(owner.st_uid) != 0))
        throw Refusal("cannot become the user " + std::to_string(owner.st_uid) +
                      ", who owns the state directory " + state.string());
}

// ---- which meter -------------------------------------------------------------------------------

struct Chosen {
    std::string meter;
    store::AnalyticsStore file;
    Tariff tariff;
};

std::string meter_of(const Options& options, const std::filesystem::path& state) {
    const auto meters = store::AnalyticsStore::meters(state);
    if (!options.meter.empty()) {
        if (std::ranges::find(meters, base::topic_level(options.meter)) == meters.end())
            throw Refusal("nothing is known of meter " + options.meter + " in " + state.string());
        return options.meter;
    }
    if (meters.empty())
        throw Refusal("no meter is known in " + state.string() +
                      "; hours are kept from the first full hour on that hanport run has seen");
    std::string all;
    for (const std::string& meter : meters)
        all += ' ' + meter;
    if (meters.size() > 1)
        throw Refusal("several meters are known, name one with --meter:" + all);
    return meters.front();
}

Chosen choose(const Options& options) {
    const auto config = config::load_config(options.config);
    act_as_owner_of(config.service.state_directory);
    const std::string meter = meter_of(options, config.service.state_directory);
    const auto* const section = config::tariff_of(config, meter);
    if (section == nullptr)
        throw Refusal(options.config + ": has no [tariff] section for meter " + meter +
                      "; add one, [tariff] alone will do");
    store::AnalyticsStore file(config.service.state_directory, meter);
    const auto loaded = file.look();
    Tariff tariff(section->options, loaded ? loaded->state.hours : meter::TariffHours{});
    tariff.correct(file.corrections(store::OnDamage::leave));
    return {.meter = meter, .file = std::move(file), .tariff = std::move(tariff)};
}

// ---- show --------------------------------------------------------------------------------------

std::string kilo(std::int64_t number) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(number / 1000),
                  static_cast<long long>(number % 1000));
    return text.data();
}

void print(const Tariff& tariff, const TariffMonth& month) {
    std::cout << static_cast<int>(month.month.year()) << '-'
              << (static_cast<unsigned>(month.month.month()) < 10 ? "0" : "")
              << static_cast<unsigned>(month.month.month()) << ": ";
    if (month.count == 0) {
        std::cout << "nothing is known\n";
        return;
    }
    std::cout << kilo(month.mean()) << " kW" << (month.estimate ? " (partly estimated)" : "")
              << ", step " << month.step + 1 << ": above " << kilo(tariff.lower_limit(month.step));
    if (const auto limit = tariff.upper_limit(month.step))
        std::cout << ", up to " << kilo(*limit);
    std::cout << " kW\n";
    for (const auto& [hour, value] : month.highest)
        std::cout << "  " << publish::local_hour(hour, tariff.options().zone) << "  "
                  << kilo(value.wh) << " kWh  " << publish::text(value.source) << '\n';
}

void show(const Options& options) {
    const Chosen chosen = choose(options);
    const WallTime now = system_clock::now();
    std::cout << "meter " << chosen.meter << ", as kept with the last full hour\n";
    print(chosen.tariff, chosen.tariff.month_of(now, now));
    print(chosen.tariff, chosen.tariff.month_before(now));
}

// ---- set, drop ---------------------------------------------------------------------------------

// Parses "2026-11-20T17" in local time; with +01:00 or +02:00 appended if the hour exists twice.
WallTime parse_hour(const std::string& text, const meter::TimeZone& zone) {
    constexpr std::string_view wanted =
        "an hour by its beginning, 2026-11-20T17, or 2026-10-25T02+01:00 for one of two";
    const auto wrong = [&](std::string_view what) {
        return Refusal("\"" + text + "\" is " + std::string(what));
    };
    const auto number = [&](std::size_t at, std::size_t size) {
        unsigned value = 0;
        const char* const end = text.data() + at + size;
        if (text.size() < at + size ||
            std::from_chars(text.data() + at, end, value) != std::from_chars_result{end, {}})
            throw wrong("not " + std::string(wanted));
        return value;
    };
    constexpr std::size_t hour_size = 13;
    constexpr unsigned hours_of_day = 24;
    const year_month_day date(year(static_cast<int>(number(0, 4))), month(number(5, 2)),
                              day(number(8, 2)));
    const unsigned hour = number(11, 2);
    if (!date.ok() || hour >= hours_of_day || text[4] != '-' || text[7] != '-' || text[10] != 'T')
        throw wrong("not " + std::string(wanted));
    std::string_view rest = std::string_view(text).substr(hour_size);
    if (rest.starts_with(":00"))
        rest.remove_prefix(3);
    if (rest.starts_with(":00"))
        rest.remove_prefix(3);
    const local_seconds local = local_days(date) + hours(hour);
    std::vector<WallTime> found; // one; zero or two when summer time begins or ends
    for (const int ahead : {0, 1, 2, 3}) {
        const sys_seconds time(local.time_since_epoch() - hours(ahead));
        const std::string offset = "+0" + std::to_string(ahead) + ":00";
        if (zone.offset(time) == hours(ahead) && (rest.empty() || rest == offset))
            found.emplace_back(time);
    }
    if (found.empty())
        throw wrong("no hour of this time zone; wanted is " + std::string(wanted));
    if (found.size() > 1)
        throw wrong("two hours; add +02:00 for the first or +01:00 for the second");
    return found.front();
}

void correct(const Options& options, std::optional<std::int64_t> wh) {
    const Chosen chosen = choose(options);
    const WallTime hour = parse_hour(options.hour, chosen.tariff.options().zone);
    const WallTime now = system_clock::now();
    if (hour >= meter::hour_of(now))
        throw Refusal(options.hour + " has not ended yet");
    auto corrections = chosen.file.corrections();
    // Corrections before the last month are no longer needed.
    constexpr auto kept = days(62);
    std::erase_if(corrections, [&](const auto& one) { return one.first < now - kept; });
    corrections[hour] = wh;
    chosen.file.write_corrections(corrections);
    std::cout << publish::local_hour(hour, chosen.tariff.options().zone)
              << (wh ? " counts " + kilo(*wh) + " kWh" : " does not count") << '\n';
    Tariff corrected = chosen.tariff;
    corrected.correct(std::move(corrections));
    print(corrected, corrected.month_of(hour, now));
}

int attempt(const std::function<void()>& action) {
    try {
        action();
        return success;
    } catch (const config::ConfigError& error) {
        std::cerr << error.what() << '\n';
    } catch (const std::runtime_error& error) { // also file errors
        std::cerr << "hanport: " << error.what() << '\n';
    }
    return wrong_call;
}

} // namespace

void add_tariff(CLI::App& app, int& status) {
    const auto options = std::make_shared<Options>();
    CLI::App* const command =
        app.add_subcommand("tariff", "Show the capacity charge, or correct an hour of it");
    command->require_subcommand(1);
    command->add_option("--config", options->config, "The configuration")
        ->type_name("FILE")
        ->capture_default_str();
    command->add_option("--meter", options->meter, "The meter, if several are known");
    command->footer("Exit status: 0 done, 2 it could not be.");
    const auto add = [&](const char* name, const char* what) {
        CLI::App* const sub = command->add_subcommand(name, what);
        sub->fallthrough(); // options may follow the subcommand
        return sub;
    };
    const auto add_hour = [&](CLI::App* sub) {
        sub->add_option("HOUR", options->hour,
                        "The hour by its beginning in local time, 2026-11-20T17")
            ->required();
    };
    add("show", "This month and the last: highest hours, mean and step")
        ->callback([options, &status] { status = attempt([&] { show(*options); }); });
    CLI::App* const set = add("set", "Say what an hour came to");
    add_hour(set);
    constexpr double most = 10'000;
    set->add_option("KWH", options->kwh, "Its consumption in kWh")
        ->required()
        ->check(CLI::Range(0.0, most));
    set->callback([options, &status] {
        status = attempt([&] { correct(*options, std::llround(options->kwh * 1000)); });
    });
    CLI::App* const drop = add("drop", "Leave an hour out");
    add_hour(drop);
    drop->callback(
        [options, &status] { status = attempt([&] { correct(*options, std::nullopt); }); });
}

} // namespace hanport::cli
