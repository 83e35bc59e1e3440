// The window of QoS 1 messages: what is sent, what waits, and the size of a packet.
#include "mqtt/send_window.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using hanport::base::SteadyTime;
using hanport::mqtt::Message;
using hanport::mqtt::packet_size;
using hanport::mqtt::Qos;
using hanport::mqtt::SendWindow;

constexpr SteadyTime start{};
constexpr std::size_t most_sent = SendWindow::most_unacknowledged;

Message message(std::string topic) {
    return {.topic = std::move(topic), .qos = Qos::at_least_once};
}

class Window : public testing::Test {
  protected:
    // The messages 1 to `count`, whose topics are their ids.
    void publish(std::size_t count) {
        for (std::size_t id = 1; id <= count; ++id)
            EXPECT_TRUE(window.publish(message(std::to_string(id)), id, start)) << id;
    }

    std::vector<std::string> topics;
    std::vector<std::uintptr_t> keys;
    bool connected = true;
    SendWindow window{[this](const Message& sent, std::uintptr_t key) {
        if (!connected)
            return false;
        topics.push_back(sent.topic);
        keys.push_back(key);
        return true;
    }};
};

TEST_F(Window, SendsTheNextMessageWhenOneIsSettled) {
    publish(most_sent + 2);
    EXPECT_EQ(topics.size(), most_sent);
    EXPECT_EQ(window.unacknowledged(), most_sent);

    const auto sent = window.settle(keys[3], start + 1s);
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->topic, "4");
    EXPECT_EQ(sent->id, 4);
    EXPECT_EQ(sent->at, start);
    EXPECT_EQ(topics.size(), most_sent + 1);
    EXPECT_EQ(topics.back(), std::to_string(most_sent + 1));
    EXPECT_FALSE(window.settle(keys[3], start + 2s)) << "is settled already";
}

TEST_F(Window, NamesTheOldestUnacknowledgedMessage) {
    EXPECT_FALSE(window.oldest());
    publish(1);
    ASSERT_TRUE(window.publish(message("2"), 2, start + 1s));
    ASSERT_TRUE(window.oldest());
    EXPECT_EQ(window.oldest()->key, keys[0]);
    EXPECT_EQ(window.oldest()->at, start);
    window.settle(keys[0], start + 2s);
    ASSERT_TRUE(window.oldest());
    EXPECT_EQ(window.oldest()->key, keys[1]);
    EXPECT_EQ(window.oldest()->at, start + 1s);
}

TEST_F(Window, RefusesMoreThanItKeeps) {
    publish(most_sent + SendWindow::most_waiting);
    EXPECT_FALSE(window.publish(message("one more"), 0, start));
    window.settle(keys[0], start);
    EXPECT_TRUE(window.publish(message("one more"), 0, start));
}

TEST_F(Window, CountsOnlyWhatWasSent) {
    connected = false;
    EXPECT_FALSE(window.publish(message("1"), 1, start));
    EXPECT_EQ(window.unacknowledged(), 0U);
}

TEST_F(Window, UsesNoKeyTwice) {
    publish(most_sent + 1);
    window.clear();
    EXPECT_EQ(window.unacknowledged(), 0U);
    publish(1);
    EXPECT_EQ(topics.back(), "1") << "what waited is forgotten";
    EXPECT_THAT(keys, testing::Each(testing::Ne(0U)));
    std::ranges::sort(keys);
    EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end());
    EXPECT_FALSE(window.settle(keys[0], start)) << "belongs to the connection before";
}

// MQTT 5.0, 2.1.4 and 3.3: a type octet, the remaining length in 1 to 4 octets (7 bits each), the topic with
// its length, with QoS 1 the packet's id, the length of the properties, the payload.
TEST(PacketSize, CountsEveryOctet) {
    EXPECT_EQ(packet_size({.topic = "a", .payload = "b"}), 2U + 3 + 1 + 1);
    EXPECT_EQ(packet_size({.topic = "a", .payload = "b", .qos = Qos::at_least_once}),
              2U + 3 + 2 + 1 + 1);
    const auto with_rest = [](std::size_t rest) {
        return packet_size({.topic = "a", .payload = std::string(rest - 4, 'b')});
    };
    EXPECT_EQ(with_rest(127), 1U + 1 + 127);
    EXPECT_EQ(with_rest(128), 1U + 2 + 128);
    EXPECT_EQ(with_rest(16'383), 1U + 2 + 16'383);
    EXPECT_EQ(with_rest(16'384), 1U + 3 + 16'384);
}

} // namespace
