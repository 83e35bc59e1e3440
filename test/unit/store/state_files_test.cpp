// Every state file, damaged bit by bit, cut anywhere, unreadable, too large: loading never throws,
// what is damaged is set aside as it was, and no other number is believed.
#include "support/process.hpp"
#include "support/program.hpp"
#include "unit/store/state_files.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>

namespace {

namespace fs = std::filesystem;
using support::Folder;
using support::StateFile;

class StateFileDamage : public testing::TestWithParam<StateFile> {
  protected:
    // Loads `damaged`; the file is then gone (taken), as it was, or set aside as it was.
    void check(const std::string& damaged, const std::string& what) const {
        for (const auto& entry : fs::directory_iterator(folder.path()))
            fs::remove_all(entry.path());
        fs::create_directories(fs::path(path()).parent_path());
        (void)folder.write(GetParam().path, damaged);
        EXPECT_NO_THROW(GetParam().load(folder.path())) << what;
        if (fs::exists(path() + ".damaged")) {
            EXPECT_EQ(support::contents_of(path() + ".damaged"), damaged) << what;
            EXPECT_FALSE(fs::exists(path())) << what;
        }
    }
    [[nodiscard]] bool is_set_aside() const { return fs::exists(path() + ".damaged"); }
    [[nodiscard]] std::string path() const { return folder.path(GetParam().path); }
    [[nodiscard]] std::string good() const {
        GetParam().write(folder.path());
        return support::contents_of(path());
    }

    Folder folder;
};

TEST_P(StateFileDamage, EveryBitMayBeWrong) {
    const std::string intact = good();
    std::string text = intact;
    ASSERT_FALSE(text.empty());
    std::size_t aside = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        for (unsigned bit = 0; bit < 8; ++bit) {
            const char before = text[at];
            text[at] = static_cast<char>(static_cast<unsigned char>(before) ^ (1U << bit));
            const std::string what = "octet " + std::to_string(at) + ", bit " + std::to_string(bit);
            check(text, what);
            aside += is_set_aside() ? 1 : 0;
            if (const std::string again = GetParam().text_again(text); !again.empty()) {
                EXPECT_EQ(again, intact) << what << " makes another value of it";
                EXPECT_FALSE(is_set_aside()) << what;
            }
            text[at] = before;
        }
    EXPECT_GT(aside, text.size());
}

TEST_P(StateFileDamage, WhatAnEarlierVersionWroteHasNoCheckSum) {
    const std::string intact = good();
    auto document = nlohmann::json::parse(intact);
    ASSERT_EQ(document.erase("checksum"), 1U);
    EXPECT_EQ(GetParam().text_again(document.dump() + '\n'), intact);
}

TEST_P(StateFileDamage, AnotherCheckSumIsNotBelieved) {
    auto document = nlohmann::json::parse(good());
    for (const nlohmann::json& other : {nlohmann::json("0123456789abcdef"), nlohmann::json(7),
                                        nlohmann::json(), nlohmann::json("")}) {
        document["checksum"] = other;
        check(document.dump(), other.dump());
        EXPECT_TRUE(is_set_aside()) << other.dump();
    }
}

TEST_P(StateFileDamage, ItMayEndAnywhere) {
    const std::string text = good();
    for (std::size_t size = 0; size + 2 < text.size(); ++size) {
        check(text.substr(0, size), std::to_string(size) + " octets");
        EXPECT_TRUE(is_set_aside()) << size;
    }
}

TEST_P(StateFileDamage, AnyMemberMayBeMissingOrOfAnotherType) {
    auto document = nlohmann::json::parse(good());
    document.erase("checksum"); // each change would be noticed
    const auto whole = document.flatten();
    for (const auto& [place, value] : whole.items())
        for (const auto& other :
             {nlohmann::json(), nlohmann::json("x"), nlohmann::json(-1), nlohmann::json(1e300),
              nlohmann::json(INT64_MIN), nlohmann::json(INT64_MAX), nlohmann::json(UINT64_MAX),
              nlohmann::json(true), nlohmann::json::array(), nlohmann::json::object()}) {
            auto changed = whole.unflatten();
            changed[nlohmann::json::json_pointer(place)] = other;
            check(changed.dump(), place + " = " + other.dump());
            changed = whole.unflatten();
            const nlohmann::json::json_pointer pointer(place);
            auto& parent = changed[pointer.parent_pointer()];
            if (parent.is_object())
                parent.erase(pointer.back());
            check(changed.dump(), "without " + place);
        }
}

TEST_P(StateFileDamage, NoOtherDocumentIsBelieved) {
    for (const char* const text : {"null", "true", "7", "\"x\"", "[]", "[[]]", "[{}]"}) {
        check(text, text);
        EXPECT_TRUE(is_set_aside()) << text;
    }
    constexpr std::size_t depth = 100'000;
    check(std::string(depth, '['), "nested");
    EXPECT_TRUE(is_set_aside());
}

// /proc/self/mem is a file whose first octet cannot be read: EIO.
TEST_P(StateFileDamage, AnErrorOfTheDiskIsNoEnd) {
    fs::create_directories(fs::path(path()).parent_path());
    fs::create_symlink("/proc/self/mem", path());
    EXPECT_NO_THROW(GetParam().load(folder.path()));
}

TEST_P(StateFileDamage, AFolderInItsPlaceIsNoEnd) {
    fs::create_directories(path());
    EXPECT_NO_THROW(GetParam().load(folder.path()));
}

TEST_P(StateFileDamage, AHugeFileIsSetAsideAndNotRead) {
    fs::create_directories(fs::path(path()).parent_path());
    (void)folder.write(GetParam().path, " ");
    fs::resize_file(path(), 1ULL << 40U);
    EXPECT_NO_THROW(GetParam().load(folder.path()));
    EXPECT_TRUE(is_set_aside());
}

INSTANTIATE_TEST_SUITE_P(All, StateFileDamage, testing::ValuesIn(support::state_files()),
                         [](const auto& test) { return test.param.name; });

} // namespace
