// Lists as messages: topic, QoS, retained, and `received` at the end of decode's JSON.
#include "base/utc_time.hpp"
#include "publish/list_message.hpp"
#include "unit/meter/snapshots.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using han::list::ListKind;
using hanport::mqtt::Message;
using hanport::mqtt::Qos;
using hanport::mqtt::Retain;
using hanport::publish::list_message;
using hanport::publish::Topics;

han::list::List list_of(ListKind kind) {
    han::list::List list;
    list.manufacturer = "Kaifa";
    list.meter_id = "6970631400000123";
    list.meter_type = "MA304H3E";
    list.list_id = "KFM_001";
    list.kind = kind;
    list.readings = {{.obis = {.a = 1, .b = 0, .c = 1, .d = 7, .e = 0},
                      .unit = han::cosem::Unit::watt,
                      .value = han::Decimal::of_unsigned(1073)}};
    return list;
}

struct Row {
    ListKind kind;
    const char* name;
    const char* topic;
    Qos qos;
    Retain retain;
};

class ListMessage : public testing::TestWithParam<Row> {};

TEST_P(ListMessage, GoesWhereTheTableSays) {
    const auto& row = GetParam();
    const Message message =
        list_message({}, "6970631400000123", list_of(row.kind), row.kind, snapshots::received);
    EXPECT_EQ(message.topic, row.topic);
    EXPECT_EQ(message.qos, row.qos);
    EXPECT_EQ(message.retain, row.retain);
    EXPECT_EQ(message.payload,
              std::string(R"({"meter_id":"6970631400000123","meter_type":"MA304H3E",)"
                          R"("manufacturer":"Kaifa","list_id":"KFM_001","list":")") +
                  row.name +
                  R"(","meter_time":null,"values":[{"obis":"1-0:1.7.0",)"
                  R"("name":"active_power_import","value":1073,"unit":"W"}],)"
                  R"("received":"2026-11-20T15:59:30.412Z"})");
}

INSTANTIATE_TEST_SUITE_P(
    All, ListMessage,
    testing::Values(Row{ListKind::power, "power", "hanport/6970631400000123/list/power",
                        Qos::at_most_once, Retain::no},
                    Row{ListKind::live, "live", "hanport/6970631400000123/list/live",
                        Qos::at_most_once, Retain::no},
                    Row{ListKind::hourly, "hourly", "hanport/6970631400000123/list/hourly",
                        Qos::at_least_once, Retain::yes}),
    [](const auto& test) { return test.param.name; });

TEST(ListMessage, AListWithRegistersCanBeALiveOne) {
    const Message message =
        list_message({}, "1", list_of(ListKind::hourly), ListKind::live, snapshots::received);
    EXPECT_EQ(message.topic, "hanport/1/list/live");
    EXPECT_EQ(message.qos, Qos::at_most_once);
    EXPECT_EQ(message.retain, Retain::no);
}

std::string utc(std::chrono::system_clock::time_point time) {
    std::string text;
    hanport::base::append_utc(text, time);
    return text;
}

TEST(UtcTime, HasMillisecondsAndZ) {
    using std::chrono::sys_days;
    using std::chrono::year;
    EXPECT_EQ(utc(sys_days{year{1970} / 1 / 1}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(utc(sys_days{year{2024} / 2 / 29} + 23h + 59min + 59s + 999ms + 999us),
              "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(utc(sys_days{year{2026} / 10 / 25} + 1h + 5ms), "2026-10-25T01:00:00.005Z");
    EXPECT_EQ(utc(sys_days{year{1969} / 12 / 31} + 23h + 59min + 59s + 1us),
              "1969-12-31T23:59:59.000Z");
}

} // namespace
