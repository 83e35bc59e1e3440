"""Kaifa: Norway (positional lists) and Sweden (OBIS/value pairs)."""
from encode import (Case, Clock, Item, LLC, List, Meter, clock_item, expected, hdlc, notification, number, octet_text,
                    pairs, shared_flags, structure, u32)

INVENTED = "Origin: invented meter and values."
PHASES = {3: "31.7.0 51.7.0 71.7.0 32.7.0 52.7.0 72.7.0", 1: "31.7.0 32.7.0"}
LIVE = {n: f"1.7.0 2.7.0 3.7.0 4.7.0 {codes}" for n, codes in PHASES.items()}
HOURLY = {n: f"{codes} clock 1.8.0 2.8.0 3.8.0 4.8.0" for n, codes in LIVE.items()}
SCALER = {"31": -3, "51": -3, "71": -3, "32": -1, "52": -1, "72": -1}
NOBODY = Meter(maker="Kaifa")


def items_of(codes, given, clock):
    given = given.split()
    out = [clock_item("0-0:1.0.0", clock) if code == "clock"
           else number("1-0:" + code, given.pop(0), u32, SCALER.get(code.split(".")[0], 0)) for code in codes.split()]
    assert not given
    return out


def norway(meter, when, codes, given):
    items = items_of(codes, given, when)
    head = [octet_text(text) for text in ("KFM_001", meter.id, meter.type)]
    return List(notification(structure(head + [i.wire for i in items]), when, "old", "40000000"),
                expected(meter, "KFM_001", when, items))


def power(when, watts, meter=NOBODY):
    """List 1; meter: who sent the last longer list in the same file."""
    items = items_of("1.7.0", watts, None)
    return List(notification(structure([items[0].wire]), when, "old", "40000000"), expected(meter, None, when, items))


def sweden(meter, clock, given):
    items = items_of(HOURLY[3], given, clock)
    head = [Item("1-0:0.2.129", octet_text("KFM_001"), None), Item("0-0:96.1.0", octet_text(meter.id), None),
            Item("0-0:96.1.7", octet_text(meter.type), None)]
    return List(notification(structure(pairs(head + items)), None, invoke="40000000"),
                expected(meter, "KFM_001", None, items))


def frame(lst, src="0201"):
    return hdlc(LLC + lst.apdu, "01", src, "10")


def single(name, what, notes, lst, length, src="0201", holds=None):
    f = frame(lst, src)
    assert len(f) == length + 2, (name, len(f) - 2)
    assert holds is None or holds(f), name
    return Case(name, [what, INVENTED, *notes], [f], [lst.line])


ONE = Meter("6970631400000123", "MA105H2E", "Kaifa")
IT = Meter("6970631400000456", "MA304H3E", "Kaifa")
TN = Meter("6970631400000789", "MA304H4E", "Kaifa")
CT = Meter("6970631400000044", "MA304T4", "Kaifa")
H4D = Meter("6970631400000045", "MA304H4D", "Kaifa")
SE = Meter("6970631400000046", "MA304H4", "Kaifa")
FCS_7E = [power(Clock("2026-11-02T19:44:06"), "1336"), power(Clock("2026-11-02T19:44:08"), "1290")]

CASES = [
    single("kaifa-no-power", "Kaifa Norway, list 1: one u32.",
           ["Unusual: names no meter; only the form (structure of one u32) tells the maker."],
           power(Clock("2026-11-02T19:44:02"), "1317"), 39),
    single("kaifa-no-power-fcs-7e", "Kaifa Norway, list 1.",
           ["Unusual: the FCS ends in 7E, so that the frame ends in 7E 7E."],
           FCS_7E[0], 39, holds=lambda f: f[-2] == 0x7E),
    Case("kaifa-no-power-fcs-7e-shared",
         ["Kaifa Norway, list 1 twice.", INVENTED,
          "Unusual: the FCS of the first ends in 7E and the flag after it is shared: the first 7E of 7E 7E",
          "belongs to the FCS, the second ends one frame and starts the next."],
         shared_flags([frame(p) for p in FCS_7E]), [p.line for p in FCS_7E]),
    single("kaifa-no-1p-live", "Kaifa Norway, 1-phase, list 2 (9 elements).", ["Unusual: nothing."],
           norway(ONE, Clock("2026-03-30T06:48:20"), LIVE[1], "941 0 0 79 4.082 231.4"), 101),
    single("kaifa-no-1p-hourly", "Kaifa Norway, 1-phase, list 3 (14 elements).", ["Unusual: nothing."],
           norway(ONE, Clock("2026-03-30T07:00:10"), HOURLY[1],
                  "1480 0 0 33 6.321 234.2 18340927 0 2207415 310066"), 135),
    single("kaifa-no-3p-live", "Kaifa Norway, 3-phase 4-wire, list 2 (13 elements).",
           ["Unusual: I L3 of 0.040 A, whose zeros have to stay."],
           norway(TN, Clock("2026-02-11T06:30:40"), LIVE[3], "1284 0 0 166 4.310 1.302 0.040 231.2 229.8 230.0"), 121),
    single("kaifa-no-3p-hourly", "Kaifa Norway, 3-phase 4-wire, list 3 (18 elements).",
           ["Unusual: has exported some energy in its life."],
           norway(TN, Clock("2026-02-11T07:00:10"), HOURLY[3],
                  "2871 0 0 204 7.918 3.377 1.402 230.4 229.1 230.9 5307741 27 1204458 83160"), 155),
    single("kaifa-no-3wire-live", "Kaifa MA304H3E (3-wire, IT), list 2.",
           ["Unusual: U L2 is not measured and sent as 0; the decoder prints it as sent, 0.0."],
           norway(IT, Clock("2026-09-14T23:59:40"), LIVE[3], "1702 0 0 214 3.118 4.027 5.360 232.4 0.0 233.1"), 121),
    single("kaifa-no-3wire-hourly", "Kaifa MA304H3E (3-wire, IT), list 3 at midnight.",
           ["Unusual: U L2 sent as 0; both date-times still carry the weekday of Monday the 14th."],
           norway(IT, Clock("2026-09-15T00:00:10", patch={4: 1}), HOURLY[3],
                  "1688 0 0 209 3.096 4.011 5.302 232.6 0.0 233.4 640217 0 388 71902"), 155),
    single("kaifa-no-t4-live", "Kaifa MA304T4 (CT type), list 2.",
           ["Unusual: type of 7 characters; phase voltages of 133 V plus some percent."],
           norway(CT, Clock("2026-01-22T10:51:30"), LIVE[3], "512 0 0 18 1.604 1.120 1.107 137.6 138.9 138.2"), 120),
    single("kaifa-no-t4-hourly", "Kaifa MA304T4 (CT type), list 3.",
           ["Unusual: early firmware, sent at the full hour instead of ten seconds later."],
           norway(CT, Clock("2026-01-22T11:00:00"), HOURLY[3],
                  "344 0 0 14 1.210 0.905 0.480 137.9 138.4 138.1 455120 27 90318 7205"), 154),
    single("kaifa-no-h4d", "Kaifa MA304H4D, 18 elements in every list.",
           ["Unusual: source address 0001; registers also outside the full hour."],
           norway(H4D, Clock("2026-08-21T16:42:30"), HOURLY[3],
                  "0 2644 88 0 3.861 3.840 3.872 234.9 235.3 234.4 1910388 4410072 310077 98124"), 155, "0001"),
    single("kaifa-se", "Kaifa Sweden (MA304H4), structure of 36: 18 OBIS/value pairs.",
           ["Unusual: no date-time in the APDU; the clock states a deviation of -60 min (UTC minus local), +01:00."],
           sweden(SE, Clock("2026-10-22T20:14:35", deviation=-60),
                  "482 0 0 95 0.941 0.613 0.580 233.1 234.0 232.7 6120458 0 51093 880217"), 285, "0001"),
    single("kaifa-se-no-deviation", "Kaifa Sweden (MA304H4), structure of 36: 18 OBIS/value pairs.",
           ["Unusual: no date-time in the APDU; the clock states no deviation (8000), so no offset is expected."],
           sweden(SE, Clock("2026-10-22T20:14:45"),
                  "475 0 0 94 0.927 0.610 0.577 233.2 234.0 232.8 6120459 0 51093 880217"), 285, "0001"),
]

_STREAM = [
    power(Clock("2026-12-01T15:59:46"), "2105"), power(Clock("2026-12-01T15:59:48"), "2098"),
    norway(TN, Clock("2026-12-01T15:59:50"), LIVE[3], "2101 0 0 188 5.102 2.944 1.240 230.1 229.0 230.6"),
    power(Clock("2026-12-01T15:59:52"), "2110", TN),
    norway(TN, Clock("2026-12-01T16:00:10"), HOURLY[3],
           "2093 0 0 187 5.090 2.931 1.238 230.0 229.1 230.7 5419880 27 1206031 83274"),
]
CASES += [Case("kaifa-no-stream",
               ["Kaifa Norway, five frames: power, power, live, power, hourly.", INVENTED,
                "Unusual: the power lists take their meter from the last longer list before them,",
                "so the first two have none."],
               [frame(s) for s in _STREAM], [s.line for s in _STREAM])]
