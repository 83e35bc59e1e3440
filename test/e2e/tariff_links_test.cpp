// hanport tariff run by root: links that the service user creates in the state directory have no
// effect.
#include "store/analytics_store.hpp"
#include "support/process.hpp"
#include "support/program.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr uid_t service_user = 65534;

class TariffLinks : public testing::Test {
  protected:
    TariffLinks() {
        fs::permissions(folder.path(), fs::perms(0755));
        fs::create_directories(home);
        hanport::store::AnalyticsStore(folder.path("state"), "7")
            .save({}, std::chrono::system_clock::now());
        folder.write("root-only", "root's own\n");
        fs::permissions(victim, fs::perms(0600));
        if (::geteuid() == 0) {
            for (const fs::path& path : {home.parent_path(), home, home / "7.json"})
                EXPECT_EQ(::chown(path.c_str(), service_user, service_user), 0);
        }
    }

    [[nodiscard]] support::Outcome set() const {
        const std::string config =
            folder.write("hanport.toml", "[[port]]\ndevice = \"/dev/ttyUSB0\"\n[mqtt]\nurl = "
                                         "\"mqtt://localhost\"\n[tariff]\n"
                                         "[service]\nstate_directory = \"state\"\n");
        return support::hanport({"tariff", "set", "2024-01-20T17", "1.5", "--config", config});
    }

    static uid_t owner_of(const fs::path& path) {
        struct stat status{};
        EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
        return status.st_uid;
    }

    support::Folder folder;
    const fs::path home = fs::path(folder.path("state")) / "home";
    const fs::path victim = folder.path("root-only");
};

TEST_F(TariffLinks, ALinkInPlaceOfTheUnfinishedFileIsNotFollowed) {
    fs::create_symlink(victim, home / "7.corrections.json.new");
    const auto outcome = set();
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    std::string text;
    std::getline(std::ifstream(victim), text);
    EXPECT_EQ(text, "root's own");
    EXPECT_EQ(owner_of(victim), ::geteuid());
    EXPECT_FALSE(fs::is_symlink(home / "7.corrections.json"));
    EXPECT_EQ(owner_of(home / "7.corrections.json"), owner_of(home)) << "the daemon reads it";
}

TEST_F(TariffLinks, ALinkInPlaceOfTheFolderGivesTheServiceUserNothing) {
    const fs::path others = folder.path("others");
    fs::rename(home, others);
    if (::geteuid() == 0) {
        EXPECT_EQ(::chown(others.c_str(), 0, 0), 0);
    }
    fs::permissions(
        others, fs::perms(0555)); // a test that does not run as root must not write there either
    fs::create_directory_symlink(others, home);
    EXPECT_EQ(set().status, 2);
    EXPECT_FALSE(fs::exists(others / "7.corrections.json"));
}

} // namespace
