// The JSON of capacity charge, problems and events, compared with texts written by hand.
#include "publish/meter_messages.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using hanport::base::WallTime;
using hanport::meter::Tariff;
using hanport::mqtt::Qos;
using hanport::mqtt::Retain;
using nlohmann::json;

const hanport::publish::Topics topics{.client_id = "pi"};

// 17:00 of the 20th of November in Oslo.
const WallTime hour{sys_days(2026y / November / 20) + 16h};

TEST(HomeMessages, TheCapacityCharge) {
    Tariff tariff({});
    const hanport::base::Instant now{.steady = {}, .wall = hour};
    tariff.on_register(now.at(hour - 26h), 1'000'000);
    tariff.on_register(now.at(hour - 25h), 1'005'120);
    tariff.on_estimate(hour - 1h, 3005);
    tariff.on_estimate(sys_days(2026y / October / 25) + 1h, 25'500); // the second 02:00
    const auto message = hanport::publish::tariff_message(topics, "7", tariff,
                                                          tariff.view(hour + 30min, 1234, 2000));
    EXPECT_EQ(message.topic, "hanport/7/tariff");
    EXPECT_EQ(message.retain, Retain::yes);
    EXPECT_EQ(message.qos, Qos::at_most_once);
    EXPECT_EQ(json::parse(message.payload), json::parse(R"({
        "hour": "2026-11-20T17:00:00+01:00",
        "hour_consumption": 1.234,
        "hour_projection": 2.234,
        "allowed_power": 7290,
        "month": "2026-11",
        "month_mean": 4.063,
        "month_estimate": true,
        "step": 2,
        "step_from": 2.0,
        "step_limit": 5.0,
        "top_hours": [
            {"hour": "2026-11-19T15:00:00+01:00", "consumption": 5.12, "source": "registers"},
            {"hour": "2026-11-20T16:00:00+01:00", "consumption": 3.005, "source": "estimate"}],
        "last_month": {
            "month": "2026-10",
            "mean": 25.5,
            "estimate": true,
            "step": 7,
            "step_from": 25.0,
            "step_limit": null,
            "top_hours": [
                {"hour": "2026-10-25T02:00:00+01:00", "consumption": 25.5, "source": "estimate"}]}
    })"))
        << message.payload;
}

TEST(HomeMessages, AMonthOfWhichNothingIsKnown) {
    const Tariff tariff({});
    const auto message =
        hanport::publish::tariff_message(topics, "7", tariff, tariff.view(hour, 0, 0));
    const json last = json::parse(message.payload).at("last_month");
    for (const char* key : {"mean", "step", "step_from", "step_limit"})
        EXPECT_TRUE(last.at(key).is_null()) << key;
    EXPECT_EQ(last.at("top_hours"), json::array());
}

TEST(HomeMessages, HoursHaveTheirOffset) {
    const auto oslo = *hanport::meter::TimeZone::named("Europe/Oslo");
    const WallTime first{sys_days(2026y / October / 25)};
    EXPECT_EQ(hanport::publish::local_hour(first, oslo), "2026-10-25T02:00:00+02:00");
    EXPECT_EQ(hanport::publish::local_hour(first + 1h, oslo), "2026-10-25T02:00:00+01:00");
    EXPECT_EQ(hanport::publish::local_hour(first + 2h, oslo), "2026-10-25T03:00:00+01:00");
    EXPECT_EQ(hanport::publish::local_hour(first, *hanport::meter::TimeZone::named("UTC")),
              "2026-10-25T00:00:00+00:00");
}

TEST(HomeMessages, Problems) {
    const auto bad =
        hanport::publish::problem_message(topics, "7", hanport::meter::Problem::no_bytes);
    EXPECT_EQ(bad.topic, "hanport/7/problem");
    EXPECT_EQ(bad.retain, Retain::yes);
    EXPECT_EQ(bad.qos, Qos::at_least_once);
    const json problem = json::parse(bad.payload);
    EXPECT_EQ(problem.at("problem"), true);
    EXPECT_EQ(problem.at("cause"), "no_bytes");
    EXPECT_TRUE(problem.at("advice").get<std::string>().contains("grid company"));
    const auto refused = hanport::publish::problem_message(
        topics, "7", hanport::meter::Problem::broker_refuses, "not authorised");
    EXPECT_EQ(json::parse(refused.payload).at("text"),
              "the broker refuses the meter's hourly lists: not authorised");
    const json good = json::parse(
        hanport::publish::problem_message(topics, "7", hanport::meter::Problem::ok).payload);
    EXPECT_EQ(good.at("problem"), false);
    EXPECT_EQ(good.at("cause"), "ok");
}

TEST(HomeMessages, Events) {
    const auto message =
        hanport::publish::event_message(topics, "7",
                                        {.event = hanport::meter::Report::Event::dropped,
                                         .reason = hanport::meter::ViolationKind::register_fell,
                                         .quantity = "active_energy_import",
                                         .numbers = "0 Wh after 12 Wh"},
                                        hour);
    EXPECT_EQ(message.topic, "hanport/7/event");
    EXPECT_EQ(message.retain, Retain::no);
    EXPECT_EQ(json::parse(message.payload), json({{"event", "dropped"},
                                                  {"reason", "register_fell"},
                                                  {"quantity", "active_energy_import"},
                                                  {"numbers", "0 Wh after 12 Wh"},
                                                  {"time", "2026-11-20T16:00:00.000Z"}}));
    const auto accepted = json::parse(
        hanport::publish::event_message(topics, "7",
                                        {.event = hanport::meter::Report::Event::accepted,
                                         .quantity = "active_energy_import",
                                         .numbers = "from 12 Wh to 0 Wh"},
                                        hour)
            .payload);
    EXPECT_EQ(accepted.at("event"), "accepted");
    EXPECT_EQ(accepted.at("reason"), "");
}

} // namespace
