// Analytics of a meter in the daemon: live counters over restarts, implausible values dropped, the
// capacity charge and its corrections, problems.
#include "publish/meter_messages.hpp"
#include "support/corpus.hpp"
#include "support/daemon.hpp"
#include "support/hdlc.hpp"
#include "support/meter_feed.hpp"
#include "support/program.hpp"
#include "support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using nlohmann::json;
using support::Daemon;
using support::MeterFeed;
using support::Mosquitto;
using support::Octets;
using support::until;
using support::Witness;
using testing::HasSubstr;

constexpr const char* live_import = "active_energy_import_live";

// The frame with another A+ register, in units of 10 Wh, and the matching check sum.
Octets with_import(Octets frame, std::uint32_t register_10wh) {
    const Octets code = support::hex("01 01 01 08 00 FF 06");
    const auto found = std::ranges::search(frame, code);
    EXPECT_FALSE(found.empty());
    for (std::size_t i = 0; i < 4; ++i)
        *(found.end() + static_cast<std::ptrdiff_t>(i)) =
            static_cast<std::uint8_t>(register_10wh >> (24 - 8 * i));
    const auto sum = support::crc16_sent(std::span(frame).subspan(1, frame.size() - 4));
    std::ranges::copy(sum, frame.end() - 3);
    return frame;
}

double import_of(const json& list) {
    for (const json& value : list.at("values"))
        if (value.at("name") == "active_energy_import")
            return value.at("value").get<double>() / 1000;
    return -1;
}

class Homes : public testing::Test {
  protected:
    Homes() {
        broker.start();
        daemon.options = {
            .device = meter.pty->path(), .url = broker.url(), .home_assistant = "[tariff]\n"};
    }

    // The next list of a kind. Waits for the list and for the state with its values, in any order:
    // an hourly list waits until the previous one is acknowledged, the state does not.
    json send(Witness& witness, const std::string& kind) {
        const std::string topic = "/list/" + kind;
        const auto before = witness.count(topic);
        json list = meter.send(kind);
        EXPECT_TRUE(witness.until(
            [&] { return witness.count(topic) > before && shows(witness.last("/state"), list); }));
        return list;
    }

    // True if a state has a list's voltages, currents and power.
    static bool shows(const json& state, const json& list) {
        return std::ranges::all_of(list.at("values"), [&](const json& value) {
            const json unit = value.value("unit", json());
            return (unit != "V" && unit != "A" && unit != "W") ||
                   (state.is_object() &&
                    state.value(value.at("name").get<std::string>(), json()) == value.at("value"));
        });
    }

    // The cause as last published; empty if none was published.
    static std::string cause(const Witness& witness) {
        const json problem = witness.last("/problem");
        return problem.is_null() ? "" : problem.at("cause").get<std::string>();
    }

    support::Outcome tariff(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "tariff");
        arguments.insert(arguments.end(), {"--config", daemon.folder.path("hanport.toml")});
        return support::hanport(arguments);
    }

    Mosquitto broker;
    MeterFeed meter{"kamstrup-3p4q"};
    Daemon daemon{{}};
};

TEST_F(Homes, NonsenseIsDroppedFromTheStateAndKeptAsItCame) {
    Witness witness(broker);
    daemon.start_and_wait();
    const double good = import_of(send(witness, "hourly"));
    EXPECT_DOUBLE_EQ(witness.last("/state").at("active_energy_import"), good);
    const json zero = meter.send_again(with_import(meter.frame("hourly"), 0));
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/hourly") == 2; }));
    (void)send(witness, "live"); // its state is published after all results of the implausible list
    EXPECT_EQ(import_of(witness.last("/list/hourly")), 0) << "that is what the meter said";
    EXPECT_DOUBLE_EQ(witness.last("/state").at("active_energy_import"), good);
    EXPECT_GE(witness.last("/state").at(live_import).get<double>(), good);
    EXPECT_EQ(witness.last("/event").at("reason"), "register_fell");
    EXPECT_EQ(witness.last("/event").at("quantity"), "active_energy_import");
    ASSERT_TRUE(witness.until([&] { return cause(witness) == "implausible"; }));
    EXPECT_EQ(witness.last("/problem").at("problem"), true);
    EXPECT_THAT(daemon.stop().err,
                HasSubstr("dropped active_energy_import (register_fell): 0 Wh after"));
}

// After a restart, with another name of the adapter, and for a meter that never names itself.
TEST_F(Homes, TheConfiguredPowerIsThatOfThePortWhereTheMeterIsHeard) {
    MeterFeed nameless("aidon-se");
    for (auto* const feed : {&meter, &nameless}) {
        const std::string link = daemon.folder.path(feed == &meter ? "renamed" : "same");
        std::filesystem::create_symlink(feed->pty->path(), link);
        daemon.options.device = feed == &meter ? meter.pty->path() : link;
        daemon.options.port = "max_power_kw = 0.05";
        Witness witness(broker);
        daemon.start_and_wait();
        (void)feed->send("hourly");
        ASSERT_TRUE(witness.until([&] { return witness.count("/event") > 0; }));
        EXPECT_EQ(daemon.stop().status, 0);
        daemon.options.device = link;
        daemon.start_and_wait();
        const auto before = witness.count("/event");
        (void)feed->send("hourly");
        ASSERT_TRUE(witness.until([&] { return witness.count("/event") > before; }));
        EXPECT_EQ(witness.last("/event").at("reason"), "power_too_high");
        EXPECT_EQ(daemon.stop().status, 0);
    }
}

TEST_F(Homes, TheLiveCounterSurvivesRestartsAndNeverFalls) {
    double published = 0;
    {
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        EXPECT_FALSE(witness.last("/state").contains(live_import)) << "no register yet";
        const double good = import_of(send(witness, "hourly"));
        published = witness.last("/state").at(live_import);
        EXPECT_NEAR(published, good, 0.1);
    }
    EXPECT_EQ(daemon.stop().status, 0);
    {
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        const double after = witness.last("/state").at(live_import);
        EXPECT_GE(after, published) << "after an orderly end it goes on";
        published = after;
    }
    daemon.kill();
    {
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        const double after = witness.last("/state").at(live_import);
        EXPECT_GE(after, published) << "and after a crash";
        published = after;
    }
    daemon.kill();
    for (const auto& entry : std::filesystem::directory_iterator(daemon.folder.path()))
        if (entry.path().filename().string().starts_with("hanport-"))
            std::filesystem::remove(entry.path()); // a power cut
    Witness witness(broker);
    daemon.start_and_wait();
    (void)send(witness, "live");
    EXPECT_TRUE(witness.last("/state").at(live_import).is_null())
        << "nobody knows what was published last";
    const double good = import_of(send(witness, "hourly"));
    EXPECT_GE(witness.last("/state").at(live_import).get<double>(), std::max(good, published));
}

TEST_F(Homes, ASavedCounterThatDoesNotFitItsRegisterBeginsAgain) {
    const auto hourly = [&] { return with_import(meter.frame("hourly"), 100'800); };
    const auto live = [](const Witness& witness) {
        const json state = witness.last("/state");
        return state.is_null() ? state : state.value(live_import, json());
    };
    std::string id;
    {
        Witness witness(broker);
        daemon.start_and_wait();
        id = meter.send_again(hourly()).at("meter_id");
        ASSERT_TRUE(witness.until([&] { return !live(witness).is_null(); }));
        EXPECT_NEAR(live(witness).get<double>(), 1008, 0.2);
        EXPECT_EQ(daemon.stop().status, 0);
    }
    for (const char* const wrong : {"value", "published", "offset"}) {
        SCOPED_TRACE(wrong);
        const std::string file = daemon.state("home/" + id + ".stopped.json");
        json saved = json::parse(support::contents_of(file));
        ASSERT_EQ(saved.erase("checksum"), 1U) << "as an earlier version wrote it";
        saved["import"][wrong] = std::int64_t{278'779'000} * 3'600'000;
        (void)daemon.folder.write("saved", saved.dump() + '\n');
        std::filesystem::rename(daemon.folder.path("saved"), file);
        Witness witness(broker);
        daemon.start_and_wait();
        (void)send(witness, "live");
        EXPECT_TRUE(live(witness).is_null());
        (void)meter.send_again(hourly());
        ASSERT_TRUE(witness.until([&] { return !live(witness).is_null(); }));
        EXPECT_NEAR(live(witness).get<double>(), 1008, 0.2);
        EXPECT_THAT(
            daemon.stop().err,
            HasSubstr("meter " + id + ": the saved live counter of active_energy_import was "));
    }
}

TEST_F(Homes, AnHourlyListWithAFlippedBitIsNotPublished) {
    daemon.start_and_wait();
    broker.stop();
    ASSERT_TRUE(daemon.wait_for_log("no connection to the broker"));
    (void)meter.send("hourly");
    ASSERT_TRUE(until([&] { return daemon.waiting() == 1; }));
    EXPECT_EQ(daemon.stop().status, 0);
    const std::string file =
        std::filesystem::directory_iterator(daemon.state("outbox"))->path().string();
    std::string text = support::contents_of(file);
    const auto digit = text.find_first_of("0123456789", text.find("payload"));
    ASSERT_NE(digit, std::string::npos);
    text[digit] = static_cast<char>(text[digit] ^ 1);
    std::ofstream(file) << text;
    broker.start();
    Witness witness(broker);
    daemon.start_and_wait();
    EXPECT_TRUE(daemon.wait_for_log("cannot be used (the check sum is wrong); it is set aside"));
    EXPECT_EQ(support::contents_of(file + ".damaged"), text);
    (void)meter.send("hourly");
    ASSERT_TRUE(witness.until([&] { return witness.count("/list/hourly") > 0; }));
    witness.listen(300ms);
    EXPECT_EQ(witness.count("/list/hourly"), 1U) << "the one just sent";
}

TEST_F(Homes, AnHourCanBeCorrectedWhileTheDaemonRuns) {
    Witness witness(broker);
    daemon.start_and_wait();
    (void)send(witness, "hourly");
    (void)send(witness, "live");
    ASSERT_TRUE(witness.until([&] { return witness.count("/tariff") > 0; }));
    const json before = witness.last("/tariff");
    EXPECT_EQ(before.at("step"), 1);
    EXPECT_GT(before.at("allowed_power"), 0);
    EXPECT_TRUE(before.at("last_month").at("mean").is_null());
    // Two hours ago, with the UTC offset, in any time zone.
    const sys_seconds hour = floor<hours>(floor<seconds>(system_clock::now())) - 2h;
    const auto summer = *hanport::meter::TimeZone::named("Europe/Oslo");
    const std::string name = hanport::publish::local_hour(hour, summer);
    const auto has = [&](const json& tariff, const char* source) {
        for (const json& month : {tariff, tariff.at("last_month")})
            for (const json& top : month.at("top_hours"))
                if (top.at("hour") == name)
                    return top.at("source") == source && top.at("consumption") == 7.5;
        return false;
    };
    const auto set = tariff({"set", name, "7.5"});
    EXPECT_EQ(set.status, 0) << set.err;
    EXPECT_THAT(set.out, HasSubstr(name + " counts 7.500 kWh"));
    EXPECT_TRUE(witness.until([&] { return has(witness.last("/tariff"), "corrected"); }));
    EXPECT_THAT(tariff({"show"}).out, HasSubstr(name + "  7.500 kWh  corrected"));
    const auto drop = tariff({"drop", name});
    EXPECT_EQ(drop.status, 0) << drop.err;
    EXPECT_THAT(tariff({"show"}).out, testing::Not(HasSubstr(name)));
    EXPECT_EQ(tariff({"set", "2026-11-20", "1"}).status, 2);
    EXPECT_EQ(tariff({"set", hanport::publish::local_hour(hour + 4h, summer), "1"}).status, 2)
        << "to come";
    EXPECT_EQ(tariff({"drop", name, "--meter", "none"}).status, 2);
}

TEST_F(Homes, TheStateIsWrittenOnceAnHourAndADamagedOneIsSetAside) {
    const auto begin = floor<hours>(system_clock::now());
    std::string id;
    {
        Witness witness(broker);
        daemon.start_and_wait();
        id = send(witness, "hourly").at("meter_id");
        const std::string file = daemon.state("home/" + id + ".json");
        ASSERT_TRUE(until([&] { return std::filesystem::exists(file); }));
        const std::string written = support::contents_of(file);
        for (int i = 0; i < 5; ++i)
            (void)send(witness, "hourly");
        if (floor<hours>(system_clock::now()) == begin) {
            EXPECT_EQ(support::contents_of(file), written);
        }
        daemon.kill();
        for (const char* const damage : {"{\"saved\":", "[]", "{}", "\xFF"}) {
            std::ofstream(file) << damage;
            daemon.start_and_wait();
            EXPECT_TRUE(daemon.wait_for_log(id + ".json cannot be used")) << damage;
            EXPECT_TRUE(std::filesystem::exists(file + ".damaged"));
            (void)send(witness, "live");
            daemon.kill();
            std::filesystem::remove(file + ".damaged");
        }
    }
}

TEST_F(Homes, APortThatDisappearsIsNamed) {
    // Through a link: the terminal's own name may soon belong to another one.
    const std::string link = daemon.folder.path("meter");
    support::link_to(*meter.pty, link);
    daemon.options.device = link;
    Witness witness(broker);
    daemon.start_and_wait();
    (void)send(witness, "live");
    // The simulated meter's clock shows another day.
    ASSERT_TRUE(witness.until([&] { return cause(witness) == "clock_off"; }));
    std::filesystem::remove(link);
    meter.pty->close();
    ASSERT_TRUE(witness.until([&] { return cause(witness) == "no_port"; }));
    EXPECT_EQ(witness.last("/problem").at("problem"), true);
    EXPECT_FALSE(witness.last("/problem").at("advice").get<std::string>().empty());
}

TEST_F(Homes, ANewInstallationNamesAPortThatIsNotThere) {
    daemon.options.device = daemon.folder.path("meter");
    Witness witness(broker);
    daemon.start();
    const std::string topic = "hanport/reader/pi/port_problem/1";
    ASSERT_TRUE(witness.until([&] { return witness.count(topic) > 0; }));
    EXPECT_EQ(witness.last(topic).at("cause"), "no_port");
    ASSERT_TRUE(witness.until([&] { return witness.count("hanport_reader_pi/config") > 0; }));
    EXPECT_TRUE(daemon.wait_for_log("the port cannot be opened (no_port). Plug the adapter in"));
    EXPECT_EQ(daemon.stop().status, 0);
}

// ---- doctor -------------------------------------------------------------------------------------

class Doctor {
  public:
    explicit Doctor(const support::Pty& pty)
        : process({"doctor", pty.path(), "--config", folder.path("none"), "--seconds", "1"}) {
        EXPECT_TRUE(until([&] { return pty.marks_errors(); })) << "not opened";
    }

    support::Folder folder;
    support::Process process;
};

TEST(DoctorTest, SaysWhatItSees) {
    struct Row {
        const char* name;
        Octets sent;
        int status;
        const char* expected;
    };
    Octets garbage(600);
    for (std::size_t i = 0; i < garbage.size(); ++i)
        garbage[i] = static_cast<std::uint8_t>(i * 37 + 11);
    Octets damaged = support::corpus_file("kamstrup-no-3p4q-live-new").octets;
    damaged.at(damaged.size() / 2) ^= 1U;
    for (const Row& row :
         {Row{"silence", {}, 1, "problem: the port is open, but nothing arrives (no_bytes)"},
          Row{"good", support::corpus_file("aidon-no-3wire-live").octets, 0, "all is well"},
          Row{"garbage", garbage, 1, "(wrong_parity_or_baud)"},
          Row{"damaged", damaged, 1, "(long_frames_damaged)"},
          Row{"ciphered", support::corpus_file("kamstrup-dk-ciphered").octets, 1,
              "(ciphered_without_key)"}}) {
        SCOPED_TRACE(row.name);
        const support::Pty pty;
        Doctor doctor(pty);
        pty.write(row.sent);
        const auto outcome = doctor.process.finish();
        EXPECT_EQ(outcome.status, row.status) << outcome.err;
        EXPECT_THAT(outcome.out, HasSubstr(row.expected));
    }
}

TEST(DoctorTest, AMeterThatFallsSilentWhileItListens) {
    const support::Pty pty;
    const support::Folder folder;
    support::Process doctor(
        {"doctor", pty.path(), "--config", folder.path("none"), "--seconds", "24"});
    ASSERT_TRUE(until([&] { return pty.marks_errors(); })) << "not opened";
    pty.write(support::corpus_file("aidon-no-3wire-live").octets);
    const auto outcome = doctor.finish();
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.out, HasSubstr("(meter_stopped)"));
}

TEST(DoctorTest, APortThatIsNotThere) {
    const support::Folder folder;
    const auto outcome = support::hanport(
        {"doctor", folder.path("meter"), "--config", folder.path("none"), "--seconds", "1"});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.out, HasSubstr("No such file or directory"));
    EXPECT_THAT(outcome.out, HasSubstr("(no_port)"));
    EXPECT_EQ(support::hanport({"doctor", "ttyUSB0", "--config", folder.path("none")}).status, 2);
}

} // namespace
