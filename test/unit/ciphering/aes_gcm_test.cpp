// AES-128-GCM: the published vector of the Green Book, a synthetic push, and every way in which
// key, tag and text can fail to fit.
#include "ciphering/aes_gcm.hpp"
#include "support/collector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using ciphering::AesGcm;
using ciphering::Key;
using ciphering::Keys;
using han::dlms::Error;
using support::hex;
using support::Octets;

Key key(std::string_view text) {
    Key octets{};
    std::ranges::copy(hex(text), octets.begin());
    return octets;
}

// Green Book, ed. 8, table of AES-GCM examples.
const Key ek = key("000102030405060708090A0B0C0D0E0F");
const Key ak = key("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF");
const Octets title = hex("4D4D4D0000BC614E");
const Octets counter = hex("01234567");
const Octets plain = hex("C0010000080000010000FF0200");
const Octets encrypted = hex("411312FF935A47566827C467BC");
const Octets tag_30 = hex("7D825C3BE4A77C3FCC056B6B");
// SC 10: the tag over SC ‖ AK ‖ APDU. From the same table.
const Octets tag_10 = hex("06725D910F9221D263877516");

std::string decrypt(const Keys& keys, std::uint8_t control, const Octets& text, const Octets& tag,
                    const Octets& system_title = title, const Octets& invocation = counter) {
    AesGcm aes(keys);
    const auto apdu = aes.decrypt({.system_title = system_title,
                                   .security_control = control,
                                   .invocation_counter = invocation,
                                   .text = text,
                                   .tag = tag});
    return apdu ? support::to_hex(*apdu) : std::string(reason(apdu.error()).key);
}

Octets flipped(Octets octets, std::size_t bit) {
    octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] ^ 1U << bit % 8);
    return octets;
}

TEST(AesGcmTest, OpensThePublishedVector) {
    EXPECT_EQ(decrypt({ek, ak}, 0x30, encrypted, tag_30), support::to_hex(plain));
    EXPECT_EQ(decrypt({ek, {}}, 0x30, encrypted, tag_30), support::to_hex(plain))
        << "without authentication key it decrypts, unverified";
    EXPECT_EQ(decrypt({ek, {}}, 0x20, encrypted, {}), support::to_hex(plain));
    EXPECT_EQ(decrypt({ek, ak}, 0x20, encrypted, {}), support::to_hex(plain));
    EXPECT_EQ(decrypt({ek, ak}, 0x10, plain, tag_10), support::to_hex(plain));
    EXPECT_EQ(decrypt({}, 0x00, plain, {}), support::to_hex(plain)) << "no protection, no key";
}

TEST(AesGcmTest, RefusesAnyBitOfTheTagOrTheTextChanged) {
    for (std::size_t bit = 0; bit < tag_30.size() * 8; ++bit) {
        EXPECT_EQ(decrypt({ek, ak}, 0x30, encrypted, flipped(tag_30, bit)),
                  "authentication_failed");
        EXPECT_EQ(decrypt({ek, ak}, 0x10, plain, flipped(tag_10, bit)), "authentication_failed");
    }
    for (std::size_t bit = 0; bit < plain.size() * 8; ++bit) {
        EXPECT_EQ(decrypt({ek, ak}, 0x30, flipped(encrypted, bit), tag_30),
                  "authentication_failed");
        EXPECT_EQ(decrypt({ek, ak}, 0x10, flipped(plain, bit), tag_10), "authentication_failed");
    }
}

TEST(AesGcmTest, RefusesAnotherKeyTitleCounterOrSecurityControl) {
    const Key other = key("F00102030405060708090A0B0C0D0E0F");
    EXPECT_EQ(decrypt({other, ak}, 0x30, encrypted, tag_30), "authentication_failed");
    EXPECT_EQ(decrypt({ek, other}, 0x30, encrypted, tag_30), "authentication_failed");
    EXPECT_EQ(decrypt({ek, ak}, 0x30, encrypted, tag_30, flipped(title, 0)),
              "authentication_failed");
    EXPECT_EQ(decrypt({ek, ak}, 0x30, encrypted, tag_30, title, flipped(counter, 31)),
              "authentication_failed");
    EXPECT_EQ(decrypt({ek, ak}, 0x70, encrypted, tag_30), "authentication_failed");
}

TEST(AesGcmTest, SaysWhichKeyIsMissing) {
    EXPECT_EQ(decrypt({}, 0x30, encrypted, tag_30), "ciphered_without_key");
    EXPECT_EQ(decrypt({{}, ak}, 0x30, encrypted, tag_30), "ciphered_without_key");
    EXPECT_EQ(decrypt({}, 0x10, plain, tag_10), "ciphered_without_key");
    EXPECT_EQ(decrypt({ek, {}}, 0x10, plain, tag_10), "no_authentication_key");
}

TEST(AesGcmTest, OneObjectOpensMessageAfterMessage) {
    AesGcm aes({ek, ak});
    for (int times = 0; times < 3; ++times) {
        EXPECT_TRUE(aes.decrypt({title, 0x30, counter, encrypted, tag_30}));
        EXPECT_FALSE(aes.decrypt({title, 0x30, counter, encrypted, tag_10}));
        EXPECT_TRUE(aes.decrypt({title, 0x20, counter, encrypted, {}}));
    }
}

// A push that was made for this purpose: its envelope, key and tag are right, but its date-time has
// 13 octets where 12 are announced, so what is inside is no list. (Ciphered lists: test/corpus.)
const Octets synthetic = hex(
    "7EA05C4103134933E6E700DB084B414D45001122338200433000000102D516AC8308500226236C92E059D7559637"
    "BDACDCB948888B3F584EDE8529777D433DBCD9E1B5B41622CCDA825417FD20599CF34EF0CBA1DBFADD3D1AC5C627"
    "EA7E");
const Key synthetic_ek = key("0F0E0D0C0B0A09080706050403020100");
const Key synthetic_ak = key("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF");
const char* const synthetic_plain =
    "0F000000000C07EA0101040A000A00FF80000002030A0E4B616D73747275705F563030303109060101010700FF06"
    "000004D2";

TEST(AesGcmTest, OpensASyntheticPush) {
    const han::Bytes envelope = han::Bytes(synthetic).subspan(11, synthetic.size() - 11 - 3);
    const auto apdu = han::dlms::parse_ciphered(envelope);
    ASSERT_TRUE(apdu);
    for (const Keys& keys : {Keys{synthetic_ek, synthetic_ak}, Keys{synthetic_ek, {}}}) {
        AesGcm aes(keys);
        const auto opened = aes.decrypt(*apdu);
        ASSERT_TRUE(opened);
        EXPECT_EQ(support::to_hex(*opened), synthetic_plain);
        EXPECT_THAT(support::decode(synthetic, 0, &aes).refusals,
                    testing::ElementsAre("trailing_bytes@0"));
    }
}

TEST(AesGcmTest, ReportsAPushThatItCannotOpen) {
    const auto refusals = [](const Keys& keys) {
        AesGcm aes(keys);
        const auto told = support::decode(synthetic, 0, &aes);
        EXPECT_THAT(told.lines, testing::IsEmpty());
        return told.refusals;
    };
    EXPECT_THAT(refusals({}), testing::ElementsAre("ciphered_without_key@0"));
    EXPECT_THAT(refusals({ek, {}}), testing::ElementsAre("wrong_key@0"));
    EXPECT_THAT(refusals({ek, synthetic_ak}), testing::ElementsAre("authentication_failed@0"));
    EXPECT_THAT(refusals({synthetic_ek, ek}), testing::ElementsAre("authentication_failed@0"));
    EXPECT_THAT(support::decode(synthetic).refusals, testing::ElementsAre("ciphered_without_key@0"))
        << "without a decipherer";
}

} // namespace
