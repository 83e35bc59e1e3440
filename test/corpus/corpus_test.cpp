// The frame corpus through the whole library: each file gives exactly the lines written beside it,
// however its octets are cut into chunks.
#include "han/list/manufacturers.hpp"
#include "support/collector.hpp"
#include "support/corpus.hpp"
#include "support/list_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using support::CorpusFile;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::SizeIs;

std::string manufacturer_of(const std::string& line) {
    constexpr std::string_view key = R"("manufacturer":")";
    const std::size_t at = line.find(key);
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + key.size();
    return line.substr(begin, line.find('"', begin) - begin);
}

TEST(Corpus, HasFilesOfEveryManufacturerAndSingleFrames) {
    // A glob that finds nothing must not pass for success.
    EXPECT_GE(support::corpus().size(), 60U);
    EXPECT_GE(support::single_frames().size(), 50U);
    for (const auto* const row : han::list::manufacturers())
        EXPECT_TRUE(std::ranges::any_of(support::single_frames(), [&](const CorpusFile& file) {
            return manufacturer_of(file.lines.at(0)) == row->name;
        })) << row->name;
}

TEST(Corpus, SaysOfEachFileWhereItComesFrom) {
    for (const auto* const files : {&support::corpus(), &support::readouts()})
        for (const CorpusFile& file : *files)
            EXPECT_FALSE(file.origin.empty())
                << file.path
                << ": no line \"# Origin: ...\" (recorded by whom and when, or invented)";
}

// Whatever the order of the table: a list that two rows recognise would change its manufacturer with it.
TEST(Corpus, EachListIsRecognisedByItsManufacturerAlone) {
    static han::list::CosemValues items;
    for (const CorpusFile& file : support::single_frames()) {
        if (file.keys.encryption)
            continue;
        const auto body = support::body_octets(file);
        ASSERT_TRUE(flatten(body, items)) << file.name;
        std::vector<std::string_view> names;
        for (const auto* const row : han::list::manufacturers())
            if (row->recognises(items))
                names.push_back(row->name);
        const std::string expected = manufacturer_of(file.lines.at(0));
        EXPECT_EQ(names, expected.empty() ? std::vector<std::string_view>{}
                                          : std::vector<std::string_view>{expected})
            << file.name;
    }
}

// The printed examples of the HAN-NVE interface description rev. 3.1 are in the corpus octet by
// octet; they are repeated here so that no change of the encoder can move them.
TEST(Corpus, HoldsThePrintedExamplesAsPrinted) {
    EXPECT_EQ(
        support::to_hex(support::corpus_file("kamstrup-no-printed-1").octets),
        "7EA0E22B2113239AE6E7000F000000000C07D0010106162100FF80000102190A0E4B616D73747275705F563"
        "030303109060101000005FF0A103537303635363730303030303030303009060101600101FF0A1230303030"
        "303030303030303030303030303009060101010700FF060000000009060101020700FF06000000000906010"
        "1030700FF060000000009060101040700FF0600000000090601011F0700FF060000000009060101330700FF"
        "060000000009060101470700FF060000000009060101200700FF12000009060101340700FF1200000906010"
        "1480700FF1200005BE57E");
    EXPECT_EQ(
        support::to_hex(support::corpus_file("kamstrup-no-printed-3").octets),
        "7EA0AE2B2113A01BE6E7000F000000000C07E1081003100005FF800000020F0A0E4B616D73747275705F563"
        "030303109060101000005FF0A103537303635363730303030303030303009060101600101FF0A1230303030"
        "303030303030303030303030303009060101010700FF0600000000090601011F0700FF06000000000906010"
        "1200700FF12000009060001010000FF090C07E1081003100005FF80000009060101010800FF060000000005"
        "217E");
}

class EveryFile : public testing::TestWithParam<CorpusFile> {};

TEST_P(EveryFile, GivesExactlyTheLinesBesideIt) {
    const CorpusFile& file = GetParam();
    ciphering::AesGcm decryptor(file.keys);
    const auto told = support::decode(file.octets, 0, &decryptor);
    EXPECT_THAT(told.lines, ElementsAreArray(file.lines));
    // Nothing in the corpus is damaged; one file has a frame that carries nothing.
    if (file.name == "stream-no-information")
        EXPECT_THAT(told.refusals, ElementsAre("no_information@44"));
    else
        EXPECT_THAT(told.refusals, IsEmpty());
}

TEST_P(EveryFile, GivesTheSameInChunksOfAnySize) {
    const CorpusFile& file = GetParam();
    ciphering::AesGcm decryptor(file.keys);
    const auto whole = support::decode(file.octets, 0, &decryptor);
    for (const std::size_t chunk : {1U, 7U, 64U})
        EXPECT_EQ(support::decode(file.octets, chunk, &decryptor).events, whole.events)
            << "chunks of " << chunk;
}

TEST_P(EveryFile, WithoutKeysGivesAListOrSaysThatAKeyIsMissing) {
    const CorpusFile& file = GetParam();
    const auto told = support::decode(file.octets);
    if (file.keys.encryption) {
        EXPECT_THAT(told.lines, IsEmpty());
        EXPECT_THAT(told.refusals, ElementsAre("ciphered_without_key@0"));
    } else {
        EXPECT_THAT(told.lines, SizeIs(file.lines.size()));
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, EveryFile, testing::ValuesIn(support::corpus()),
                         support::CorpusName{});

TEST(Corpus, GivesTheSameInOneStreamInChunksOfAnySize) {
    support::Octets stream;
    std::size_t lists = 0;
    for (int round = 0; round < 3; ++round)
        for (const CorpusFile& file : support::corpus())
            if (!file.keys.encryption) {
                stream = support::join(stream, file.octets);
                lists += file.lines.size();
            }
    ASSERT_GT(stream.size(), 3U * 8192U) << "must not fit the deframer's buffer";
    const auto whole = support::decode(stream);
    EXPECT_THAT(whole.lines, SizeIs(lists));
    for (const std::size_t chunk : {1U, 7U, 64U, 4096U, 8191U, 8193U})
        EXPECT_EQ(support::decode(stream, chunk).events, whole.events) << "chunks of " << chunk;
}

} // namespace
