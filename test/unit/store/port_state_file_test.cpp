// The stored state of ports, over restarts and with a damaged file.
#include "store/port_state_file.hpp"
#include "support/process.hpp"
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

namespace fs = std::filesystem;
using hanport::config::Parity;
using hanport::port::PortState;
using hanport::store::PortStateFile;
using testing::ElementsAre;
using testing::IsEmpty;

const PortState kaifa{.parity = Parity::even,
                      .meter_id = "6970631400000123",
                      .meter_type = "MA304H4E",
                      .manufacturer = "Kaifa"};
const PortState kamstrup{.parity = Parity::none,
                         .meter_id = "5706567000000456",
                         .meter_type = "6841131BN200000002",
                         .manufacturer = "Kamstrup"};

TEST(PortMemoryFileTest, RemembersEachPortOverARestart) {
    const support::Folder folder;
    {
        PortStateFile file(folder.path());
        EXPECT_EQ(file.get("/dev/ttyUSB0"), PortState{});
        file.set("/dev/ttyUSB0", kaifa);
        file.set("/dev/ttyUSB1", kamstrup);
    }
    const PortStateFile file(folder.path());
    EXPECT_EQ(file.get("/dev/ttyUSB0"), kaifa);
    EXPECT_EQ(file.get("/dev/ttyUSB1"), kamstrup);
    EXPECT_EQ(file.get("/dev/ttyUSB2"), PortState{});
}

TEST(PortMemoryFileTest, DoesNotWriteWhatItKnows) {
    const support::Folder folder;
    PortStateFile file(folder.path());
    file.set("/dev/ttyUSB0", kaifa);
    fs::remove(folder.path("ports.json"));
    file.set("/dev/ttyUSB0", kaifa);
    EXPECT_FALSE(fs::exists(folder.path("ports.json")));
}

TEST(PortMemoryFileTest, ADiskThatRefusesIsNoEnd) {
    const support::Folder folder;
    (void)folder.write("nowhere", "");
    PortStateFile file(folder.path("nowhere"));
    file.set("/dev/ttyUSB0", kaifa);
    EXPECT_EQ(file.get("/dev/ttyUSB0"), kaifa);
    fs::remove(folder.path("nowhere"));
    file.keep();
    EXPECT_EQ(PortStateFile(folder.path("nowhere")).get("/dev/ttyUSB0"), kaifa);
}

class PortNumbers : public testing::Test {
  protected:
    // The numbers of ports with these devices, in a run of their own.
    std::vector<unsigned> run(const std::vector<std::string>& devices) {
        std::vector<hanport::config::PortConfig> ports;
        for (const std::string& device : devices)
            ports.push_back({.device = device});
        PortStateFile file(folder.path());
        file.number(ports);
        left = file.left_numbers();
        file.drop_left_numbers();
        std::vector<unsigned> numbers;
        for (const hanport::config::PortConfig& port : ports)
            numbers.push_back(port.number);
        return numbers;
    }

    const support::Folder folder;
    std::vector<unsigned> left; // by the last run
};

TEST_F(PortNumbers, StayWithTheDeviceWhereverItsSectionStands) {
    EXPECT_THAT(run({"a", "b", "c"}), ElementsAre(1, 2, 3));
    EXPECT_THAT(run({"c", "a", "b"}), ElementsAre(3, 1, 2));
    EXPECT_THAT(run({"new", "c", "a", "b"}), ElementsAre(4, 3, 1, 2));
    EXPECT_THAT(left, IsEmpty());
}

TEST_F(PortNumbers, ADeviceThatIsNamedDifferentlyKeepsThatOfItsPlace) {
    EXPECT_THAT(run({"a", "b"}), ElementsAre(1, 2));
    EXPECT_THAT(run({"a", "by-id/b"}), ElementsAre(1, 2));
    EXPECT_THAT(left, IsEmpty()) << "what was published under it goes on";
    EXPECT_THAT(run({"b", "a"}), ElementsAre(2, 1));
}

TEST_F(PortNumbers, ThoseOfRemovedPortsAreLeftAndThenFree) {
    EXPECT_THAT(run({"a", "b", "c"}), ElementsAre(1, 2, 3));
    EXPECT_THAT(run({"c"}), ElementsAre(3));
    EXPECT_THAT(left, ElementsAre(1, 2));
    EXPECT_THAT(run({"c"}), ElementsAre(3));
    EXPECT_THAT(left, IsEmpty()) << "dropped by the run before";
    EXPECT_THAT(run({"c", "b", "a"}), ElementsAre(3, 2, 1));
}

TEST_F(PortNumbers, OfAFileWithoutThemAreThoseOfThePlaces) {
    folder.write("ports.json", R"({"b":{"parity":"even","meter_id":"","meter_type":"",)"
                               R"("manufacturer":""}})");
    EXPECT_THAT(run({"a", "b"}), ElementsAre(1, 2));
    EXPECT_EQ(PortStateFile(folder.path()).get("b").parity, Parity::even);
    EXPECT_THAT(run({"b", "a"}), ElementsAre(2, 1));
}

TEST_F(PortNumbers, TwoDevicesNeverHaveTheSame) {
    const std::string port =
        R"({"parity":"even","meter_id":"","meter_type":"","manufacturer":"","number":2})";
    folder.write("ports.json", R"({"a":)" + port + R"(,"b":)" + port + "}");
    EXPECT_THAT(run({"a", "b"}), ElementsAre(2, 1));
    EXPECT_THAT(run({"b", "a"}), ElementsAre(1, 2));
}

class PortMemoryDamage : public testing::TestWithParam<const char*> {};

TEST_P(PortMemoryDamage, IsSetAsideAndNothingIsRemembered) {
    const support::Folder folder;
    folder.write("ports.json", GetParam());
    PortStateFile file(folder.path());
    EXPECT_EQ(file.get("a"), PortState{});
    EXPECT_FALSE(fs::exists(folder.path("ports.json")));
    EXPECT_EQ(support::contents_of(folder.path("ports.json.damaged")), GetParam());
    file.set("a", kaifa);
    EXPECT_EQ(PortStateFile(folder.path()).get("a"), kaifa);
}

INSTANTIATE_TEST_SUITE_P(
    All, PortMemoryDamage,
    testing::Values("", "null", "{\"a\":", "\xff\xfe", "[1]", "{\"a\":7}", "{\"a\":{}}",
                    R"({"a":{"parity":"even","meter_id":"","meter_type":"","manufacturer":"",)"
                    R"("number":0}})",
                    R"({"a":{"parity":7,"meter_id":"","meter_type":"","manufacturer":""}})"));

} // namespace
