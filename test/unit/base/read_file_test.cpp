// Whole files, and what else a path may lead to.
#include "base/read_file.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

namespace {

using hanport::base::read_file;
using hanport::base::ReadFrom;
using support::Folder;

constexpr ReadFrom all[] = {ReadFrom::regular_file, ReadFrom::any_file, ReadFrom::any_source};

TEST(ReadFile, AFileUpToTheLimitIsReadWhole) {
    const Folder folder;
    const std::string content(20'000, 'x'); // more than one read
    const auto path = folder.write("file", content);
    for (const ReadFrom from : all) {
        EXPECT_EQ(read_file(path, content.size(), from), content);
        EXPECT_EQ(read_file(path, content.size() - 1, from).error(), std::errc::file_too_large);
        EXPECT_EQ(read_file(folder.write("empty", ""), 0, from), "");
    }
}

TEST(ReadFile, ErrorsAreTheSystems) {
    const Folder folder;
    for (const ReadFrom from : all) {
        EXPECT_EQ(read_file(folder.path("none"), 9, from).error(),
                  std::errc::no_such_file_or_directory);
        EXPECT_EQ(read_file(folder.path("."), 9, from).error(), std::errc::is_a_directory);
    }
}

TEST(ReadFile, ADeviceIsReadWhereItMayBe) {
    EXPECT_EQ(read_file("/dev/null", 9, ReadFrom::regular_file).error(),
              std::errc::invalid_argument);
    EXPECT_EQ(read_file("/dev/null", 9, ReadFrom::any_file), "");
    EXPECT_EQ(read_file("/dev/zero", 9, ReadFrom::any_file).error(), std::errc::file_too_large);
}

TEST(ReadFile, OnlyASourceIsWaitedFor) {
    const Folder folder;
    const std::string pipe = folder.path("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(read_file(pipe, 9, ReadFrom::regular_file).error(), std::errc::invalid_argument);
    EXPECT_EQ(read_file(pipe, 9, ReadFrom::any_file), "") << "nobody writes";
    std::jthread writer([&folder] { (void)folder.write("pipe", "key"); });
    EXPECT_EQ(read_file(pipe, 9, ReadFrom::any_source), "key");
}

} // namespace
