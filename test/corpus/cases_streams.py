"""Framing: several frames in a file, flags, addresses, segmentation; and the demo capture."""
import cases_aidon
import cases_kaifa
import cases_kamstrup
from cases_kamstrup import HOURLY, K4, LIVE, TN
from encode import Case, Clock, LLC, Meter, hdlc, shared_flags

INVENTED = "Origin: invented meters and values."
DAY = "2026-12-03T"
ROWS = [  # time, values of the 10 s list, registers if it is the hourly list
    ("15:59:10", "2227 0 0 303 3.19 2.41 4.20 232 230 232", ""),
    ("15:59:20", "2245 0 0 304 3.19 2.45 4.27 230 230 232", ""),
    ("15:59:30", "2278 0 0 331 3.20 2.54 4.30 232 230 232", ""),
    ("15:59:40", "2245 0 0 313 3.28 2.43 4.19 231 228 233", ""),
    ("15:59:50", "2214 0 0 324 3.30 2.36 4.13 231 230 231", ""),
    ("16:00:00", "2225 0 0 330 3.29 2.31 4.25 230 229 232", ""),
    ("16:00:05", "2201 0 0 330 3.30 2.20 4.26 230 230 231", "20753310 1204770 413120 930660"),
    ("16:00:10", "2240 0 0 340 3.27 2.31 4.35 230 229 232", ""),
    ("16:00:20", "2225 0 0 331 3.16 2.28 4.40 232 228 232", ""),
    ("16:00:30", "2185 0 0 301 3.11 2.18 4.36 232 228 232", ""),
    ("16:00:40", "2157 0 0 309 3.01 2.07 4.43 231 229 233", ""),
    ("16:00:50", "2195 0 0 310 3.13 2.14 4.41 232 228 233", ""),
]


def kamstrup(meter, day, row):
    time, values, registers = row
    codes = HOURLY["3p4q"] if registers else LIVE["3p4q"]
    return cases_kamstrup.push(meter, Clock(day + time), codes, f"{values} {registers}")


def aidon(watts):
    return cases_aidon.power(watts)


def stream(name, what, unusual, frames, lists):
    return Case(name, [what, INVENTED, *unusual], frames, [lst.line for lst in lists])


HOUR = [kamstrup(TN, DAY, row) for row in ROWS]
THREE = [aidon("1544"), aidon("1551"), aidon("1549")]
IDLE = [cases_aidon.frame(lst) for lst in THREE]
BIG = cases_aidon.SE_3P
INFO = LLC + BIG.apdu
CUTS = [INFO[:200], INFO[200:400], INFO[400:]]
ONE_LIVE = cases_kaifa.norway(cases_kaifa.ONE, Clock("2026-05-06T07:08:20"), cases_kaifa.LIVE[1],
                              "655 0 0 71 2.860 230.4")
ADDRESS_4 = hdlc(LLC + ONE_LIVE.apdu, "02468A41", "21", "13")
ADDRESS_2 = hdlc(LLC + ONE_LIVE.apdu, "0241", "1203", "13")
NO_INFO = hdlc(b"", "41", "0883", "73")
assert len(NO_INFO) == 2 + 8 and ADDRESS_2[8] == 0x7E

CASES = [
    stream("kamstrup-no-stream", "Kamstrup Norway, 10 s lists around a full hour with the hourly list at 16:00:05.",
           ["Unusual: a single flag between two frames ends the one and starts the other."],
           shared_flags([cases_kamstrup.frame(lst.apdu) for lst in HOUR]), HOUR),
    stream("stream-idle-flags", "Aidon Norway, three power lists.",
           ["Unusual: idle flags before, between and after the frames."],
           [b"\x7E" * 5 + IDLE[0], b"\x7E" * 70 + IDLE[1], b"\x7E" + IDLE[2] + b"\x7E" * 9], THREE),
    stream("stream-segmented", "Aidon Sweden, the list of aidon-se-3p in three HDLC frames.",
           ["Unusual: the first two have the segmentation bit; only the first begins with LLC."],
           [hdlc(cut, "41", "0883", "13", segmented=cut is not CUTS[-1]) for cut in CUTS], [BIG]),
    stream("stream-segmented-shared", "Aidon: a power list, the list of aidon-se-3p in two segments, a power list.",
           ["Unusual: segmentation bit in the second frame; shared flags; the last power list follows a list that",
            "names no meter, so it has none either."],
           shared_flags([IDLE[0], hdlc(INFO[:301], "41", "0883", "13", segmented=True),
                         hdlc(INFO[301:], "41", "0883", "13"), IDLE[1]]), [THREE[0], BIG, THREE[1]]),
    stream("address-4-byte", "Kaifa Norway, 1-phase, list 2, other addresses.",
           ["Unusual: destination of four bytes (02468A41), source of one, control 13; addresses mean nothing."],
           [ADDRESS_4], [ONE_LIVE]),
    stream("address-2-byte", "Kaifa Norway, 1-phase, list 2, other addresses.",
           ["Unusual: destination and source of two bytes; the first byte of the HCS is 7E."],
           [ADDRESS_2], [ONE_LIVE]),
    stream("stream-no-information", "Aidon Norway, a power list, a frame without information field, a power list.",
           ["Unusual: the frame in the middle (control 73) has no HCS and yields nothing."],
           [IDLE[0], NO_INFO, IDLE[1]], THREE[:2]),
]

# ---- examples/omnipower.hex: what scripts/demo decodes ----------------------

OMNIPOWER = Meter(K4.id, "6841131BN243101040", K4.maker)
DEMO_DAY = "2026-11-20T"
DEMO = [  # UTC of reception, then as above
    ("15:59:30.412", ("16:59:30", "2193 0 0 299 3.13 2.34 4.21 231 228 232", "")),
    ("15:59:40.409", ("16:59:40", "2227 0 0 315 3.25 2.37 4.23 230 229 232", "")),
    ("15:59:50.415", ("16:59:50", "2226 0 0 299 3.13 2.40 4.31 232 228 231", "")),
    ("16:00:00.411", ("17:00:00", "2223 0 0 339 3.15 2.33 4.34 231 230 232", "")),
    ("16:00:05.418", ("17:00:05", "2244 0 0 340 3.15 2.35 4.42 231 229 232", "18642970 0 376540 811290")),
    ("16:00:10.413", ("17:00:10", "2239 0 0 325 3.22 2.29 4.35 231 230 233", "")),
    ("16:00:20.410", ("17:00:20", "2188 0 0 301 3.21 2.20 4.24 231 229 233", "")),
    ("16:00:30.416", ("17:00:30", "2194 0 0 301 3.28 2.22 4.19 231 228 232", "")),
]
DEMO_HEADER = """\
# A Kamstrup OMNIPOWER 684-11-31 (3-phase, 4-wire) at the HAN port of a Norwegian home:
# its list of every 10 seconds from 16:59:30 to 17:00:30 local time, and the hourly list
# with the energy registers at 17:00:05. One frame a line; before it the time of reception
# in UTC. Meter and values are invented.
"""


def demo():
    out = DEMO_HEADER
    for stamp, row in DEMO:
        out += f"[{DEMO_DAY}{stamp}Z] "
        out += cases_kamstrup.frame(kamstrup(OMNIPOWER, DEMO_DAY, row).apdu).hex(" ").upper() + "\n"
    return out
