// The ids of meters that state a number, and of those that do not.
#include "meter/meter_id.hpp"

#include <gtest/gtest.h>

namespace {

TEST(MeterIdTest, TheNumberOrTheManufacturerAndThePort) {
    han::list::List list;
    list.manufacturer = "Aidon";
    EXPECT_EQ(hanport::meter::meter_id_of(list, 2), "aidon-port2");
    list.manufacturer = {};
    EXPECT_EQ(hanport::meter::meter_id_of(list, 12), "meter-port12");
    list.meter_id = "7359992890941742";
    EXPECT_EQ(hanport::meter::meter_id_of(list, 2), "7359992890941742");
}

TEST(MeterIdTest, AnIdByPortIsKnownByItsManufacturer) {
    EXPECT_EQ(hanport::meter::port_in_id("aidon-port2", "Aidon"), 2U);
    EXPECT_EQ(hanport::meter::port_in_id("meter-port12", ""), 12U);
    for (const char* id : {"", "7359992890941742", "cellar-port2", "aidon-port", "aidon-port02",
                           "aidon-port99999999999", "aidon-port2 "})
        EXPECT_EQ(hanport::meter::port_in_id(id, "Aidon"), 0U) << id;
}

} // namespace
