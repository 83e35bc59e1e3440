// Brokers that refuse the connection, each with its cause in plain words: passwords, TLS,
// addresses.
#include "support/broker_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using hanport::mqtt::BrokerOptions;
using hanport::mqtt::Qos;
using support::BrokerClient;
using support::Certificates;
using support::Mosquitto;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Certificates& certificates() {
    static const Certificates all;
    return all;
}

const std::string localhost = "localhost:";

// The log line of the first attempt; "connected" if there is none.
std::string outcome(const BrokerOptions& options) {
    BrokerClient client(options);
    client->start();
    client.until([&] { return client.connections > 0 || !client.causes.empty(); });
    return client.connections > 0  ? "connected"
           : client.causes.empty() ? "nothing happened"
                                   : client.causes[0];
}

class BrokerPassword : public testing::TestWithParam<bool> {
  protected:
    BrokerPassword() { mosquitto_.start(); }
    [[nodiscard]] BrokerOptions options(const std::string& username,
                                        const std::string& password) const {
        return {.url = mosquitto_.url(),
                .client_id = "pi",
                .mqtt5 = GetParam(),
                .username = username,
                .password = password};
    }
    Mosquitto mosquitto_{{.username = "meter", .password = "open sesame"}};
};

INSTANTIATE_TEST_SUITE_P(All, BrokerPassword, testing::Values(true, false),
                         [](const auto& test) { return test.param ? "Mqtt5" : "Mqtt311"; });

TEST_P(BrokerPassword, TheRightOneConnects) {
    EXPECT_EQ(outcome(options("meter", "open sesame")), "connected");
}

TEST_P(BrokerPassword, AWrongOneIsNamedOnceAndNotRepeated) {
    BrokerClient client(options("meter", "hunter2"));
    client->start();
    const auto refusals = [&] {
        std::size_t count = 0;
        const std::string log = mosquitto_.log();
        for (auto at = log.find(" CONNACK to "); at != std::string::npos;
             at = log.find(" CONNACK to ", at + 1))
            ++count;
        return count;
    };
    ASSERT_TRUE(client.until([&] { return !client.causes.empty(); }));
    while (refusals() < 3) // until it has tried three times, after 0, 1 and 3 s
        client.step(50ms);
    client.step(500ms);
    ASSERT_EQ(client.causes.size(), 1U);
    EXPECT_THAT(client.causes[0], HasSubstr("bad user name or password"));
    EXPECT_THAT(client.causes[0], Not(HasSubstr("hunter2")));
    EXPECT_FALSE(client->connected());
}

TEST_P(BrokerPassword, NoneIsNamed) {
    EXPECT_THAT(outcome(options("", "")), HasSubstr("bad user name or password"));
}

class BrokerTls : public testing::Test {
  protected:
    BrokerTls() { mosquitto_.start(); }
    [[nodiscard]] BrokerOptions options(const std::string& ca_file) const {
        return {.url = mosquitto_.url(), .client_id = "pi", .ca_file = ca_file};
    }
    Mosquitto mosquitto_{{.tls = &certificates()}};
};

TEST_F(BrokerTls, TheRightAuthorityConnectsAndPublishes) {
    support::Subscriber witness(mosquitto_, "t");
    BrokerClient client(options(certificates().ca()));
    ASSERT_TRUE(client.connect());
    client->publish({.topic = "t", .payload = "safe", .qos = Qos::at_least_once}, 1);
    EXPECT_TRUE(client.until([&] { return !client.delivered.empty(); }));
    EXPECT_EQ(witness.next().value_or(support::Received{}).payload, "safe");
}

TEST_F(BrokerTls, ByItsAddressToo) {
    auto by_address = options(certificates().ca());
    by_address.url = "mqtts://127.0.0.1:" + std::to_string(mosquitto_.port());
    EXPECT_EQ(outcome(by_address), "connected");
}

TEST_F(BrokerTls, AnotherAuthorityIsNotTrusted) {
    EXPECT_THAT(outcome(options(certificates().other_ca())),
                StartsWith("the broker's certificate is not trusted: "));
}

TEST_F(BrokerTls, TheSystemsAuthoritiesDoNotKnowIt) {
    EXPECT_THAT(outcome(options("")), StartsWith("the broker's certificate is not trusted: "));
}

TEST_F(BrokerTls, InsecureTrustsAnybody) {
    auto insecure = options("");
    insecure.insecure = true;
    EXPECT_EQ(outcome(insecure), "connected");
}

TEST_F(BrokerTls, WithoutTlsTheBrokerDoesNotAnswer) {
    auto plain = options("");
    plain.url = "mqtt://localhost:" + std::to_string(mosquitto_.port());
    EXPECT_EQ(outcome(plain), localhost + std::to_string(mosquitto_.port()) +
                                  " does not answer as an MQTT broker: mqtts:// instead of "
                                  "mqtt://?");
}

TEST(BrokerTlsHost, ACertificateForAnotherHostIsRefused) {
    const Certificates elsewhere("DNS:elsewhere.invalid");
    Mosquitto mosquitto({.tls = &elsewhere});
    mosquitto.start();
    BrokerOptions options{.url = mosquitto.url(), .client_id = "pi", .ca_file = elsewhere.ca()};
    EXPECT_EQ(outcome(options),
              "the broker's certificate is not made out to the host name localhost");
    options.insecure = true;
    EXPECT_EQ(outcome(options), "connected");
}

TEST(BrokerTlsHost, ABrokerWithoutTlsIsNamed) {
    Mosquitto mosquitto;
    mosquitto.start();
    const std::string address = localhost + std::to_string(mosquitto.port());
    EXPECT_EQ(outcome({.url = "mqtts://" + address, .client_id = "pi"}),
              "the broker closed the connection during the TLS handshake");
}

class BrokerClientCertificate : public testing::Test {
  protected:
    BrokerClientCertificate() { mosquitto_.start(); }
    [[nodiscard]] BrokerOptions options() const {
        return {.url = mosquitto_.url(), .client_id = "pi", .ca_file = certificates().ca()};
    }
    Mosquitto mosquitto_{{.tls = &certificates(), .client_certificate = true}};
};

TEST_F(BrokerClientCertificate, LetsUsIn) {
    auto with = options();
    with.certificate_file = certificates().client();
    with.key_file = certificates().client_key();
    EXPECT_EQ(outcome(with), "connected");
}

TEST_F(BrokerClientCertificate, IsAskedForWhereItIsMissing) {
    EXPECT_THAT(outcome(options()), StartsWith("the broker wants a client certificate"));
}

TEST(BrokerAddress, AnUnknownHostIsNamed) {
    EXPECT_THAT(outcome({.url = "mqtt://broker.invalid", .client_id = "pi"}),
                StartsWith("host not found: broker.invalid"));
}

struct Unusable {
    const char* name;
    BrokerOptions options;
    std::string message;
};

class BrokerStart : public testing::TestWithParam<Unusable> {};

TEST_P(BrokerStart, RefusesWhatCannotWork) {
    BrokerClient client(GetParam().options);
    try {
        client->start();
        FAIL() << "started";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), StartsWith(GetParam().message));
    }
}

// A file that exists but has no usable content.
std::string unusable_file() {
    static const support::Folder folder;
    return folder.write("empty.pem", "nothing\n");
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokerStart,
    testing::Values(Unusable{"NoAddress", {.url = "localhost"}, "broker address localhost: "},
                    Unusable{"NoCaFile",
                             {.url = "mqtts://localhost", .ca_file = "/nowhere/ca.pem"},
                             "CA file /nowhere/ca.pem cannot be read"},
                    Unusable{"CaFileWithoutCertificates",
                             {.url = "mqtts://localhost", .ca_file = unusable_file()},
                             "CA file " + unusable_file() + ": "},
                    Unusable{
                        "NoCertificate",
                        {.url = "mqtts://localhost", .certificate_file = "/nowhere/client.pem"},
                        "certificate file /nowhere/client.pem cannot be read"},
                    Unusable{"NoKey",
                             {.url = "mqtts://localhost",
                              .certificate_file = certificates().client(),
                              .key_file = "/nowhere/client.key"},
                             "key file /nowhere/client.key cannot be read"},
                    Unusable{"KeyOfAnotherCertificate",
                             {.url = "mqtts://localhost",
                              .certificate_file = certificates().client(),
                              .key_file = certificates().broker_key()},
                             "key file " + certificates().broker_key() + ": "}),
    [](const auto& test) { return test.param.name; });

} // namespace
