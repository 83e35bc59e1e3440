// hanport warns about secret files that other users can read or write: the password, a meter's
// keys, the key of the TLS certificate.
#include "support/certificates.hpp"
#include "support/daemon.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace {

struct Secret {
    const char* name;
    const char* content;
    const char* word;
    void (*use)(support::Daemon::Options& options, const std::string& file);
};

const Secret secrets[] = {
    {"Password", "open sesame\n", "password file",
     [](auto& options, const std::string& file) {
         options.mqtt = "username = \"meter\"\npassword_file = \"" + file + "\"\n";
     }},
    {"EncryptionKey", "00112233445566778899AABBCCDDEEFF\n", "key file",
     [](auto& options, const std::string& file) {
         options.port = "encryption_key_file = \"" + file + "\"\n";
     }},
    {"AuthenticationKey", "00112233445566778899AABBCCDDEEFF\n", "key file",
     [](auto& options, const std::string& file) {
         options.port =
             "encryption_key_file = \"" + file + "\"\nauthentication_key_file = \"" + file + "\"\n";
     }},
};

class SecretFile : public testing::TestWithParam<Secret> {
  protected:
    // All log lines of the daemon about a file with that mode, with its name.
    std::pair<std::string, std::string> log_of(unsigned mode) const {
        support::Daemon daemon({.device = "/dev/null", .url = "mqtt://127.0.0.1:9"});
        const std::string file = daemon.folder.write("secret", GetParam().content);
        std::filesystem::permissions(file, std::filesystem::perms(mode));
        GetParam().use(daemon.options, file);
        daemon.start();
        EXPECT_TRUE(daemon.wait_for_log("no connection to the broker"));
        return {daemon.stop().err, file};
    }
};

TEST_P(SecretFile, OfAnExposedModeIsWarnedOf) {
    for (const unsigned mode : {0666U, 0644U, 0640U, 0620U}) {
        const auto [log, file] = log_of(mode);
        EXPECT_NE(log.find(std::string("the ") + GetParam().word + " " + file +
                           " is accessible to other users; chmod 600 " + file),
                  std::string::npos)
            << std::oct << mode << ": " << log;
    }
}

TEST_P(SecretFile, OfTheUsersOwnIsNot) {
    EXPECT_EQ(log_of(0600).first.find("accessible to other users"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(All, SecretFile, testing::ValuesIn(secrets),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(SecretFileTest, ThePrivateKeyOfTheCertificateIsOne) {
    const support::Certificates certificates;
    std::filesystem::permissions(certificates.client_key(), std::filesystem::perms(0644));
    support::Daemon daemon({.device = "/dev/null", .url = "mqtts://127.0.0.1:9"});
    daemon.options.mqtt = "ca_file = \"" + certificates.ca() + "\"\ncertificate_file = \"" +
                          certificates.client() + "\"\nkey_file = \"" + certificates.client_key() +
                          "\"\n";
    daemon.start();
    EXPECT_TRUE(daemon.wait_for_log("the key file " + certificates.client_key() +
                                    " is accessible to other users"));
}

} // namespace
