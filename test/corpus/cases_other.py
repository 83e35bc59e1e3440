"""Unknown makers: every data type, unknown OBIS codes."""
from encode import (Case, Clock, Item, LLC, List, Meter, NULL, array, bit_string, boolean, clock_item, date_time, enum,
                    expected, f32, f64, hdlc, i8, i16, i32, i64, members, notification, number, octet_text, octets,
                    pairs, structure, u8, u16, u32, u64, unhex, utf8, visible)

INVENTED = "Origin: invented; no meter is known that sends this."


def raw(obis, given, encode):
    """A number without scaler_unit: of an unknown maker it has no unit."""
    return number(obis, given, encode, unit=None)


def scaled(obis, given, encode, scaler, **kw):
    return number(obis, given, encode, scaler, inline=True, **kw)


def floating(obis, given, encode, **kw):
    """The given number has to be exact in binary, it is sent as it is."""
    item = number(obis, "0", lambda _: encode(float(given)), **kw)
    item.value = type(item.value)(given)
    return item


def text(obis, given, encode):
    return Item(obis, encode(given), given)


def hexed(obis, given):
    return Item(obis, octets(unhex(given)), given)


PAIRS = [
    raw("1-0:1.7.0", "1234", u32),
    raw("1-0:32.7.0", "2315", u16),
    raw("1-0:16.7.0", "-4711", i32),
    raw("1-0:99.1.2*7", "-321", i16),
    raw("1-0:99.1.3", "-9007199254740993", i64),
    raw("1-0:99.1.4", "12345678901234567890", u64),
    raw("1-0:99.1.5", "-12", i8),
    raw("1-0:99.1.6", "200", u8),
    floating("1-0:14.7.0", "50.25", f32, unit=None),
    floating("1-0:99.1.7", "-0.375", f64, unit=None),
    Item("0-0:96.50.1", boolean(True), True),
    Item("0-0:96.50.2", boolean(False), False),
    Item("0-0:96.50.3", enum(3), 3),
    text("0-0:96.50.4", "1011001110", bit_string),
    text("0-0:96.13.0", "say \"hi\" \\ bye", visible),
    text("0-0:96.13.1", "CT 200/5", octet_text),
    text("0-0:96.13.2", "M\u00e5lepunkt", utf8),
    hexed("0-0:96.50.5", "DEADBEEF01"),
]
PAIRS_WHEN = Clock("2026-08-05T14:20:30", deviation=-120, status=0x80, patch={8: 0})
NO_SECONDS = Clock("2026-08-05T14:20", patch={7: 0xFF})
ARRAY_WHEN = Clock("2026-08-05T15:00:00", deviation=-120, status=0x80)
ARRAY = [
    clock_item("0-0:1.0.0", ARRAY_WHEN),
    scaled("1-0:1.7.0", "15000", u16, 2),
    scaled("1-0:9.7.0", "15210", u16, 1),
    scaled("1-0:16.7.0", "-1234.56", i32, -2, unit="W"),
    scaled("1-0:31.7.0", "-0.05", i32, -2),
    scaled("1-0:51.7.0", "0.00", i16, -2),
    scaled("1-0:13.7.0", "-0.987", i16, -3),
    scaled("1-0:99.1.2*7", "-1.2", i8, -1, unit="V"),
    floating("1-0:14.7.0", "50.25", f32, inline=True),
    scaled("1-0:1.8.0", "9007199254740993", i64, 0),
    scaled("1-0:2.8.0", "-42", i64, 0),
    scaled("1-0:3.8.0", "1234567.890", u64, -3),
    Item("0-0:96.50.1", boolean(True), True),
    Item("0-0:96.50.3", enum(250), 250),
    text("0-0:96.50.4", "10000001", bit_string),
    Item("0-0:96.50.6", NULL, None),
    text("0-0:96.13.0", "hello-42", visible),
    hexed("0-0:96.50.5", "00FF7E80"),
]


def structured(items, when, layout="new"):
    return List(notification(structure([visible("FOREIGN_V1")] + pairs(items)), when, layout),
                expected(Meter(), "FOREIGN_V1", when, items))


def arrayed(items, meter_id):
    head = [Item("1-1:0.2.129", visible("FOREIGN_V1"), None), Item("0-0:96.1.0", visible(meter_id), None)]
    return List(notification(array(members(head + items)), None, invoke="40000000"),
                expected(Meter(meter_id), "FOREIGN_V1", None, items))


def case(name, what, notes, lst):
    return Case(name, [what, INVENTED, *notes], [hdlc(LLC + lst.apdu, "41", "0883", "13")], [lst.line])


CASES = [
    case("foreign-pairs", "Unknown maker: a structure of a list id and OBIS/value pairs without units.",
         ["Unusual: one value of each type, unknown OBIS codes (one with F = 7), numbers beyond 2^53, an integer",
          "without scaler is printed raw and without unit; the APDU states a deviation of -120 min, +02:00."],
         structured(PAIRS, PAIRS_WHEN)),
    case("foreign-pairs-clock", "Unknown maker: a structure of a list id and OBIS/value pairs without units.",
         ["Unusual: no date-time in the APDU; the clock element is of type date-time (19) and has no seconds (FF),",
          "so the text has none."],
         structured([PAIRS[0], clock_item("0-0:1.0.0", NO_SECONDS, date_time), PAIRS[1]], None)),
    case("foreign-pairs-undated", "Unknown maker: a structure of a list id and OBIS/value pairs without units.",
         ["Unusual: no date-time in the APDU; the clock element specifies nothing, so it is null."],
         structured([PAIRS[0], clock_item("0-0:1.0.0", Clock()), PAIRS[1]], None)),
    case("foreign-array", "Unknown maker: an array of {OBIS, value, {scaler, unit}} like Aidon's.",
         ["Unusual: a foreign list id; one value of each type, null-data as a value, unknown OBIS codes (one with",
          "F = 7), positive and negative scalers, unit 255 (none), numbers beyond 2^53."],
         arrayed(ARRAY, "9990000000000123")),
]
