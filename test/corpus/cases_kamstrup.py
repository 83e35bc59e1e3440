"""Kamstrup: Norway, Sweden, Denmark (plain and ciphered)."""
from encode import (Case, Clock, Item, LLC, List, Meter, NULL, ciphered, clock_item, expected, hdlc, notification,
                    number, pairs, structure, u16, u32, unhex, visible)

PRINTED = "Origin: printed example of the HAN-NVE interface description, rev. 3.1, example "
INVENTED = "Origin: invented meter and values."

LIVE = {
    "3p4q": "1.7.0 2.7.0 3.7.0 4.7.0 31.7.0 51.7.0 71.7.0 32.7.0 52.7.0 72.7.0",
    "3p1q": "1.7.0 31.7.0 51.7.0 71.7.0 32.7.0 52.7.0 72.7.0",
    "1p4q": "1.7.0 2.7.0 3.7.0 4.7.0 31.7.0 32.7.0",
    "1p1q": "1.7.0 31.7.0 32.7.0",
}
HOURLY = {k: f"{codes} clock 1.8.0" + (" 2.8.0 3.8.0 4.8.0" if k[2] == "4" else "") for k, codes in LIVE.items()}
DENMARK = ("1.8.0 2.8.0 3.8.0 4.8.0 id 1.7.0 2.7.0 3.7.0 4.7.0 clock 32.7.0 52.7.0 72.7.0 31.7.0 51.7.0 71.7.0 "
           "21.7.0 41.7.0 61.7.0 33.7.0 53.7.0 73.7.0 13.7.0 22.7.0 42.7.0 62.7.0 22.8.0 42.8.0 62.8.0 "
           "21.8.0 41.8.0 61.8.0")
CURRENTS, VOLTAGES, FACTORS = ("31", "51", "71"), ("32", "52", "72"), ("13", "33", "53", "73")


def item(code, given, energy_scaler):
    c, d, _ = code.split(".")
    if d == "8":
        return number("1-1:" + code, given, u32, energy_scaler)
    if c in CURRENTS:
        return number("1-1:" + code, given, u32, -2)
    if c in FACTORS:
        return number("1-1:" + code, given, u16, -2)
    return number("1-1:" + code, given, u16 if c in VOLTAGES else u32)


def push(meter, when, codes, given, layout="new", list_id="Kamstrup_V0001", energy_scaler=1, nulls=0, country="NO"):
    """given: decimal strings for codes, in order; "clock" and "id" take none.

    nulls: number of null-data elements after each pair.
    """
    body, items, given = [visible(list_id)], [], given.split()
    if country != "DK":
        body += [w for obis, text in (("1-1:0.0.5", meter.id), ("1-1:96.1.1", meter.type)) if text
                 for w in pairs([Item(obis, visible(text), text)]) + [NULL] * nulls]
    for code in codes.split():
        if code == "id":
            body += pairs([Item("1-1:0.0.1", u32(int(meter.id)), meter.id)])
            continue
        items.append(clock_item("0-1:1.0.0", when) if code == "clock" else item(code, given.pop(0), energy_scaler))
        body += pairs(items[-1:]) + [NULL] * nulls
    assert not given
    return List(notification(structure(body), when, layout), expected(meter, list_id, when, items))


def frame(apdu, dst="2B"):
    """dst: client 21 in Norway and Sweden; Denmark: dst 41, source 03."""
    return hdlc(LLC + apdu, dst, "21" if dst == "2B" else "03", "13")


def single(name, what, notes, lst, length=None, holds=None):
    """length: known value of the length field; holds: a check on the frame."""
    f = frame(lst.apdu)
    assert length is None or len(f) == length + 2, (name, len(f) - 2)
    assert holds is None or holds(f), name
    return Case(name, [what, *notes], [f], [lst.line])


def fcs_is(text):
    return lambda f: f[-3:-1] == unhex(text)


BLANK = Meter("5706567000000000", "0" * 18, "Kamstrup")
K4 = Meter("5706567000000042", "6841121BN243101040", "Kamstrup")
IT = Meter("5706567000000123", "6841121BN200000001", "Kamstrup")
TN = Meter("5706567000000456", "6841131BN200000002", "Kamstrup")
TN1Q = Meter("5706567000000457", "6841131BN100000003", "Kamstrup")
ONE = Meter("5706567000000789", "6861111BN200000004", "Kamstrup")
ONE1Q = Meter("5706567000000790", "6861111BN100000005", "Kamstrup")
CT = Meter("5706567000000685", "6851131BN200000006", "Kamstrup")
SE = Meter("5706567000000092", "6841131BN245101092", "Kamstrup")
DK = Meter("10000123", None, "Kamstrup")

CASES = [
    single("kamstrup-no-printed-1", "Kamstrup Norway, 3-phase 4-quadrant, 10 s list, new layout.",
           [PRINTED + "1.", "Unusual: the clock was never set (2000-01-01, status 01 invalid); all zero."],
           push(BLANK, Clock("2000-01-01T22:33:00", status=1), LIVE["3p4q"], "0 0 0 0 0 0 0 0 0 0"),
           226, fcs_is("5BE5")),
    single("kamstrup-no-printed-2", "Kamstrup Norway, 3-phase 4-quadrant, hourly list, new layout.",
           [PRINTED + "2.", "Unusual: all zero."],
           push(BLANK, Clock("2017-08-16T16:00:05"), HOURLY["3p4q"], "0 0 0 0 0 0 0 0 0 0 0 0 0 0"),
           300, fcs_is("C886")),
    single("kamstrup-no-printed-3", "Kamstrup Norway, 1-phase 1-quadrant, hourly list, new layout.",
           [PRINTED + "3.", "Unusual: all zero; only the import register."],
           push(BLANK, Clock("2017-08-16T16:00:05"), HOURLY["1p1q"], "0 0 0 0"), 174, fcs_is("0521")),
    single("kamstrup-no-3wire-2019", "Kamstrup 684-11-21 (3-wire), 10 s list, new layout.",
           ["Origin: published in a forum in 2019 with the serial masked; the last 9 digits of the serial",
            "are invented here and the FCS is recomputed."],
           push(K4, Clock("2019-01-31T13:36:10"), LIVE["3p4q"], "3771 0 452 0 14.73 8.07 9.13 220 222 221"), 226),

    single("kamstrup-no-3p4q-live-new", "Kamstrup Norway, 4-wire, 4-quadrant, 10 s list, new layout (0C).",
           [INVENTED, "Unusual: current of 5.60 A, whose trailing zero has to stay."],
           push(TN, Clock("2026-01-15T07:12:40"), LIVE["3p4q"], "2213 0 0 318 5.60 1.07 2.96 231 230 233"), 226),
    single("kamstrup-no-3p4q-live-old", "Kamstrup Norway, 3-wire, 4-quadrant, 10 s list, old layout (09 0C).",
           [INVENTED, "Unusual: superfluous octet-string tag before the date-time of the APDU."],
           push(IT, Clock("2017-11-22T05:17:20"), LIVE["3p4q"], "1540 0 0 278 5.60 3.12 4.48 230 227 232", "old"), 227),
    single("kamstrup-no-3p4q-hourly-new", "Kamstrup Norway, 4-wire, 4-quadrant, hourly list, new layout (0C).",
           [INVENTED, "Unusual: exporting (solar) in the hour; energies are sent in units of 10 Wh."],
           push(TN, Clock("2026-05-17T13:00:05"), HOURLY["3p4q"],
                "0 3180 41 0 4.57 4.61 4.66 234 233 235 20481630 1204770 410550 902140"), 300),
    single("kamstrup-no-3p4q-hourly-old", "Kamstrup Norway, 3-wire, 4-quadrant, hourly list, old layout (09 0C).",
           [INVENTED, "Unusual: superfluous octet-string tag before the date-time of the APDU."],
           push(IT, Clock("2017-11-22T06:00:05"), HOURLY["3p4q"],
                "2618 0 0 431 7.95 5.12 9.31 230 227 231 3087450 0 1210 455380", "old"), 301),
    single("kamstrup-no-7e-in-data", "Kamstrup Norway, 3-wire, 10 s list.",
           [INVENTED, "Unusual: P+ of 1406 W is 0000057E and I L3 of 3.82 A is 0000017E: flag bytes in the data."],
           push(IT, Clock("2026-02-03T18:21:50"), LIVE["3p4q"], "1406 0 0 211 4.88 3.03 3.82 229 226 230"),
           226, lambda f: f[1:-3].count(0x7E) == 2),
    single("kamstrup-no-7e-in-fcs", "Kamstrup Norway, 3-wire, 10 s list.",
           [INVENTED, "Unusual: the last FCS byte is 7E, so that the frame ends in 7E 7E; no other 7E inside."],
           push(IT, Clock("2026-02-03T18:22:00"), LIVE["3p4q"], "1484 0 0 211 4.88 3.03 3.81 229 226 230"),
           226, lambda f: f[-2] == 0x7E and f[1:-2].count(0x7E) == 0),
    single("kamstrup-no-7e-in-fcs-first", "Kamstrup Norway, 3-wire, 10 s list.",
           [INVENTED, "Unusual: the first FCS byte is 7E: a flag seems to come one byte early."],
           push(IT, Clock("2026-02-03T18:22:10"), LIVE["3p4q"], "1516 0 0 214 4.93 3.03 3.81 229 226 230"),
           226, lambda f: f[-3] == 0x7E and f[-2] != 0x7E and f[1:-3].count(0x7E) == 0),
    single("kamstrup-no-dst", "Kamstrup Norway, 4-wire, 10 s list in July.",
           [INVENTED, "Unusual: clock status 80 (daylight saving active), deviation not specified."],
           push(TN, Clock("2026-07-04T09:41:20", status=0x80), LIVE["3p4q"],
                "1377 0 54 0 2.20 3.06 0.68 234 233 235"), 226),
    single("kamstrup-no-3p1q-live", "Kamstrup Norway, 4-wire, 1-quadrant, 10 s list (structure of 19).",
           [INVENTED, "Unusual: element count computed from the interface description."],
           push(TN1Q, Clock("2026-03-09T21:05:10"), LIVE["3p1q"], "1530 3.21 1.04 2.50 231 230 232")),
    single("kamstrup-no-3p1q-hourly", "Kamstrup Norway, 4-wire, 1-quadrant, hourly list (structure of 23).",
           [INVENTED, "Unusual: element count computed from the interface description."],
           push(TN1Q, Clock("2026-03-09T22:00:05"), HOURLY["3p1q"], "1498 3.14 1.02 2.47 231 230 232 28750330")),
    single("kamstrup-no-1p4q-live", "Kamstrup Norway, 1-phase, 4-quadrant, 10 s list (structure of 17).",
           [INVENTED, "Unusual: nothing."],
           push(ONE, Clock("2026-04-01T06:59:50"), LIVE["1p4q"], "874 0 0 96 3.81 231")),
    single("kamstrup-no-1p4q-hourly", "Kamstrup Norway, 1-phase, 4-quadrant, hourly list (structure of 27).",
           [INVENTED, "Unusual: nothing."],
           push(ONE, Clock("2026-04-01T07:00:05"), HOURLY["1p4q"],
                "1105 0 0 102 4.80 231 9160440 0 12380 1604190")),
    single("kamstrup-no-1p1q-live", "Kamstrup Norway, 1-phase, 1-quadrant, 10 s list (structure of 11).",
           [INVENTED, "Unusual: nothing."],
           push(ONE1Q, Clock("2026-04-01T23:59:50"), LIVE["1p1q"], "312 1.38 228")),
    single("kamstrup-no-1p1q-undated", "Kamstrup Norway, 1-phase, 1-quadrant, 10 s list.",
           [INVENTED, "Unusual: the date-time of the APDU is there but specifies nothing (all FF, deviation 8000)."],
           push(ONE1Q, Clock(), LIVE["1p1q"], "314 1.39 228")),
    single("kamstrup-no-null-data", "Kamstrup Norway, 1-phase, 1-quadrant, hourly list with null-data.",
           [INVENTED, "Unusual: a null-data element after every OBIS/value pair; nothing is to be made of it."],
           push(ONE1Q, Clock("2026-04-02T00:00:05"), HOURLY["1p1q"], "297 1.31 228 7340120", nulls=1)),
    single("kamstrup-no-685-ct", "Kamstrup 685-11-31 (CT meter, 4-wire), hourly list.",
           [INVENTED, "Unusual: CT type; currents are taken as 0.01 A like those of the direct meters."],
           push(CT, Clock("2026-10-12T11:00:05"), HOURLY["3p4q"],
                "61840 0 0 9120 89.41 93.07 90.66 229 228 229 892114630 0 1520 41960770")),
    single("kamstrup-se", "Kamstrup Sweden (type ends in 092), the hourly layout sent every 10 s.",
           [INVENTED, "Unusual: energies in 1 Wh, not 10 Wh; meter time is not a full hour."],
           push(SE, Clock("2026-06-30T12:30:20"), HOURLY["3p4q"],
                "0 4127 0 655 6.02 5.98 6.11 234 233 235 32014157 8230461 1190033 4417292", energy_scaler=0)),
]

DK_WHEN = Clock("2026-09-08T18:40:10")
DK_LIST = push(DK, DK_WHEN, DENMARK,
               "48231750 3910020 812340 2210950 2364 0 0 402 231 229 232 4.12 2.67 3.55 941 606 817 "
               "0.99 0.98 0.98 0.98 0 0 0 1303330 1300210 1306480 16120440 16049870 16061440",
               list_id="DLMS push 1", country="DK")
KEYS = {"ek": "00112233445566778899AABBCCDDEEFF", "ak": "A0B1C2D3E4F5061728394A5B6C7D8E9F"}
KEY_LINES = [f"encryption-key: {KEYS['ek']}", f"authentication-key: {KEYS['ak']}"]
TITLE = "4B414D0000000123"


def secret(name, what, notes, lst, counter, control, dst, size=0):
    f = frame(ciphered(lst.apdu, TITLE, counter, **KEYS, control=control, size=size), dst)
    return Case(name, [what, *notes, *KEY_LINES], [f], [lst.line])


NO_SMALL = push(Meter("5706567000000791", None, "Kamstrup"), Clock("2026-09-08T18:40:20"), "1.7.0 31.7.0", "462 2.04")
NO_LIVE = push(ONE1Q, Clock("2026-09-08T18:40:30"), LIVE["1p1q"], "455 2.01 229", "old")
CASES += [
    Case("kamstrup-dk", ["Kamstrup Denmark, plain, structure of 65: \"DLMS push 1\" and 32 pairs.", INVENTED,
                         "Unusual: the meter number is an u32 in the middle of the list; power factors in 0.01;",
                         "energies in 10 Wh, also those of the phases."],
         [frame(DK_LIST.apdu, "41")], [DK_LIST.line]),
    secret("kamstrup-dk-ciphered", "Kamstrup Denmark, the list of kamstrup-dk, ciphered with security control 30.",
           [INVENTED, "Unusual: general-glo-ciphering, encrypted and authenticated; length in three bytes (82)."],
           DK_LIST, 0x00001234, 0x30, "41"),
    secret("kamstrup-ciphered-sc20", "Kamstrup-like short list, ciphered with security control 20.",
           [INVENTED, "Unusual: encrypted only, no authentication tag; length in one byte; no meter type."],
           NO_SMALL, 0x00001235, 0x20, "2B"),
    secret("kamstrup-ciphered-sc10", "Kamstrup-like 1-phase list, security control 10.",
           [INVENTED, "Unusual: authenticated only, the APDU is in plain text before the tag; length in two bytes",
            "(81); inside it the old layout (09 0C)."],
           NO_LIVE, 0x00001236, 0x10, "2B"),
    secret("kamstrup-ciphered-wide-length", "Kamstrup-like short list, ciphered with security control 30.",
           [INVENTED, "Unusual: the length is given in three bytes (82 00 xx) although one would do."],
           NO_SMALL, 0x00001237, 0x30, "2B", size=2),
]
