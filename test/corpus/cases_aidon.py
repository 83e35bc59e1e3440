"""Aidon (Norway, Sweden) and the Aidon-like Landis+Gyr E350 of Norway."""
from encode import (Case, Clock, Item, LLC, List, Meter, array, clock_item, expected, hdlc, i16, members, notification,
                    number, u16, u32, visible, visible_octets)

INVENTED = "Origin: invented meter and values."
POWERS, REGISTERS = "1.7.0 2.7.0 3.7.0 4.7.0", "1.8.0 2.8.0 3.8.0 4.8.0"
LIVE = {"1p": POWERS + " 31.7.0 32.7.0",
        "3w": POWERS + " 31.7.0 71.7.0 32.7.0 52.7.0 72.7.0",
        "4w": POWERS + " 31.7.0 51.7.0 71.7.0 32.7.0 52.7.0 72.7.0"}
HOURLY = {k: f"{codes} clock {REGISTERS}" for k, codes in LIVE.items()}
SWEDEN = {"1p": f"clock {LIVE['1p']} 21.7.0 22.7.0 23.7.0 24.7.0 {REGISTERS}",
          "3p": f"clock {LIVE['4w']} " + " ".join(f"{n}.7.0" for p in (20, 40, 60) for n in range(p + 1, p + 5))
                + " " + REGISTERS}
CURRENTS, VOLTAGES = ("31", "51", "71"), ("32", "52", "72")
NOBODY = Meter(maker="Aidon")


def items_of(codes, given, clock=None, scalers=(-1, -1, 1)):
    """scalers: of currents, voltages and energies."""
    given, out = given.split(), []
    for code in codes.split():
        c, d = code.split(".")[:2] if code != "clock" else (None, None)
        if code == "clock":
            out.append(clock_item("0-0:1.0.0", clock))
            continue
        encode, scaler = ((u32, scalers[2]) if d == "8" else (i16, scalers[0]) if c in CURRENTS
                          else (u16, scalers[1]) if c in VOLTAGES else (u32, 0))
        out.append(number("1-0:" + code, given.pop(0), encode, scaler, inline=True))
    assert not given
    return out


def push(meter, items, list_id=None, id_octets=None):
    """Without list id the array holds no ids at all: Aidon's power list and Sweden."""
    head = []
    if list_id:
        head = [Item("1-1:0.2.129", visible(list_id), None),
                Item("0-0:96.1.0", visible_octets(id_octets or meter.id.encode()), None),
                Item("0-0:96.1.7", visible(meter.type), None)]
    return List(notification(array(members(head + items)), None, invoke="40000000"),
                expected(meter, list_id, None, items))


def norway(meter, codes, given, clock=None):
    return push(meter, items_of(codes, given, clock), "AIDON_V0001")


def power(watts, meter=NOBODY):
    """List 1; meter: who sent the last longer list in the same file."""
    return push(meter, items_of("1.7.0", watts))


def sweden(codes, given, text, **kw):
    clock = Clock(text, status=0xFF, trust=False, **kw)
    return push(NOBODY, items_of(codes, given, clock, (-1, -1, 0)))


def stated(text, deviation):
    """Aidon Norway states a deviation that is not to be believed."""
    return Clock(text, deviation, trust=False)


def frame(lst):
    return hdlc(LLC + lst.apdu, "41", "0883", "13")


def single(name, what, notes, lst, length=None):
    f = frame(lst)
    assert length is None or len(f) == length + 2, (name, len(f) - 2)
    return Case(name, [what, INVENTED, *notes], [f], [lst.line])


ONE = Meter("7359992000000123", "6515", "Aidon")
IT = Meter("7359992000000456", "6525", "Aidon")
TN = Meter("7359992000000789", "6534", "Aidon")
E350 = Meter("LGZ000000123", "ZFF1", "Landis+Gyr")
SE_3P = sweden(SWEDEN["3p"],
               "604 0 0 731 -1.0 1.9 2.3 233.6 234.4 235.2 0 141 0 187 341 0 0 283 404 0 0 261 "
               "20447183 5310926 61207 4480335", "2026-10-18T11:27:40", patch={4: 0})

CASES = [
    single("aidon-no-power", "Aidon Norway, list 1: an array of one member.",
           ["Unusual: names no meter; only the form tells the maker. No date-time anywhere."], power("1534"), 42),
    single("aidon-no-1p-live", "Aidon 6515 (1-phase), list 2 (9 members).",
           ["Unusual: no date-time anywhere."],
           norway(ONE, LIVE["1p"], "1128 0 406 0 5.2 231.6"), 210),
    single("aidon-no-1p-hourly", "Aidon 6515 (1-phase), list 3 (14 members).",
           ["Unusual: the clock states a deviation of 0, which is not to be believed."],
           norway(ONE, HOURLY["1p"], "1418 0 301 0 6.3 229.7 7203450 0 512340 20",
                  stated("2026-01-20T21:00:00", 0))),
    single("aidon-no-3wire-live", "Aidon 6525 (3-wire), list 2 (12 members).",
           ["Unusual: no I L2."],
           norway(IT, LIVE["3w"], "1890 0 0 112 5.3 4.4 232.8 230.1 231.7"), 267),
    single("aidon-no-3wire-hourly", "Aidon 6525 (3-wire), list 3 (17 members).",
           ["Unusual: no I L2; summer time with a deviation of +60, the sign contrary to the standard."],
           norway(IT, HOURLY["3w"], "1946 0 0 118 5.5 4.5 232.6 230.4 231.9 13470220 0 280190 604330",
                  stated("2026-06-18T20:00:00", 60)), 375),
    single("aidon-no-4wire-live", "Aidon 6534 (4-wire), list 2 (13 members).",
           ["Unusual: nothing."],
           norway(TN, LIVE["4w"], "1655 0 0 214 3.9 1.2 2.1 231.4 232.2 230.8"), 286),
    single("aidon-no-4wire-hourly", "Aidon 6534 (4-wire), list 3 (18 members).",
           ["Unusual: Sunday is weekday 0; the clock states a deviation of 0."],
           norway(TN, HOURLY["4w"], "1702 0 0 220 4.1 1.2 2.1 231.1 232.0 230.5 64115870 0 9230 5508140",
                  Clock("2026-07-19T19:00:00", 0, trust=False, patch={4: 0})), 394),
    single("aidon-se-3p", "Aidon Sweden, 27 members, the clock first.",
           ["Unusual: no ids; energies in 1 Wh; L1 exports and its current is negative (-1.0 A); weekday 0 on a",
            "Sunday, clock status FF, deviation 8000."], SE_3P, 579),
    single("aidon-se-1p", "Aidon Sweden, 1-phase, 15 members, the clock first.",
           ["Unusual: no ids; energies in 1 Wh; clock status FF, deviation 8000."],
           sweden(SWEDEN["1p"], "811 0 0 142 3.5 233.9 811 0 0 142 4410233 0 7731 902114", "2026-10-19T08:30:20")),
    single("landisgyr-no-e350", "Landis+Gyr E350 Norway (Embriq), Aidon-like array of 13 members.",
           ["Unusual: currents with scaler -2; the meter id is padded to 16 bytes with 00."],
           push(E350, items_of(LIVE["4w"], "1530 0 0 301 3.21 1.04 2.50 231.2 229.9 232.0", scalers=(-2, -1, 0)),
                "EMBRIQ_V1_1", E350.id.encode().ljust(16, b"\0"))),
]

_STREAM = [
    power("1713"), power("1708"),
    norway(IT, LIVE["3w"], "1711 0 0 90 4.1 4.6 236.9 235.8 236.4"),
    power("1705", IT),
    norway(IT, HOURLY["3w"], "1699 0 0 92 4.0 4.6 237.0 235.7 236.4 13522940 0 281470 606150",
           stated("2026-12-01T16:00:00", 60)),
]
CASES += [Case("aidon-no-stream",
               ["Aidon Norway, five frames: power, power, live, power, hourly.", INVENTED,
                "Unusual: the power lists take their meter from the last longer list before them,",
                "so the first two have none; only the hourly list states a time."],
               [frame(s) for s in _STREAM], [s.line for s in _STREAM])]
