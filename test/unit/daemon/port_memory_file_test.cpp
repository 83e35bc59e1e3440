// What was learnt of ports, over restarts and with a file that is damaged.
#include "daemon/port_memory_file.hpp"
#include "support/process.hpp"
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

namespace fs = std::filesystem;
using hanport::Parity;
using hanport::PortMemory;
using hanport::PortMemoryFile;

const PortMemory kaifa{.parity = Parity::even,
                       .meter_id = "6970631400000123",
                       .meter_type = "MA304H4E",
                       .manufacturer = "Kaifa"};
const PortMemory kamstrup{.parity = Parity::none,
                          .meter_id = "5706567000000456",
                          .meter_type = "6841131BN200000002",
                          .manufacturer = "Kamstrup"};

TEST(PortMemoryFileTest, RemembersEachPortOverARestart) {
    const support::Folder folder;
    {
        PortMemoryFile file(folder.path());
        EXPECT_EQ(file.get("/dev/ttyUSB0"), PortMemory{});
        file.set("/dev/ttyUSB0", kaifa);
        file.set("/dev/ttyUSB1", kamstrup);
    }
    const PortMemoryFile file(folder.path());
    EXPECT_EQ(file.get("/dev/ttyUSB0"), kaifa);
    EXPECT_EQ(file.get("/dev/ttyUSB1"), kamstrup);
    EXPECT_EQ(file.get("/dev/ttyUSB2"), PortMemory{});
}

TEST(PortMemoryFileTest, DoesNotWriteWhatItKnows) {
    const support::Folder folder;
    PortMemoryFile file(folder.path());
    file.set("/dev/ttyUSB0", kaifa);
    fs::remove(folder.path("ports.json"));
    file.set("/dev/ttyUSB0", kaifa);
    EXPECT_FALSE(fs::exists(folder.path("ports.json")));
}

TEST(PortMemoryFileTest, ADiskThatRefusesIsNoEnd) {
    const support::Folder folder;
    (void)folder.write("nowhere", "");
    PortMemoryFile file(folder.path("nowhere"));
    file.set("/dev/ttyUSB0", kaifa);
    EXPECT_EQ(file.get("/dev/ttyUSB0"), kaifa);
    fs::remove(folder.path("nowhere"));
    file.keep();
    EXPECT_EQ(PortMemoryFile(folder.path("nowhere")).get("/dev/ttyUSB0"), kaifa);
}

class PortMemoryDamage : public testing::TestWithParam<const char*> {};

TEST_P(PortMemoryDamage, IsSetAsideAndNothingIsRemembered) {
    const support::Folder folder;
    folder.write("ports.json", GetParam());
    PortMemoryFile file(folder.path());
    EXPECT_EQ(file.get("a"), PortMemory{});
    EXPECT_FALSE(fs::exists(folder.path("ports.json")));
    EXPECT_EQ(support::contents_of(folder.path("ports.json.damaged")), GetParam());
    file.set("a", kaifa);
    EXPECT_EQ(PortMemoryFile(folder.path()).get("a"), kaifa);
}

INSTANTIATE_TEST_SUITE_P(
    All, PortMemoryDamage,
    testing::Values("", "null", "{\"a\":", "\xff\xfe", "[1]", "{\"a\":7}", "{\"a\":{}}",
                    R"({"a":{"parity":7,"meter_id":"","meter_type":"","manufacturer":""}})"));

} // namespace
