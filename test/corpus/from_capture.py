#!/usr/bin/env python3
"""Makes a corpus file of a recording: its intact HDLC frames, another meter id in them.

    from_capture.py CAPTURE OLD=NEW... >FOLDER/NAME.hex

CAPTURE is what hanport capture wrote, or raw octets. Each OLD is replaced by NEW, a text of the
same length, in every frame, and the check sequences are computed for it: give
the meter's number, so that it is not published. Prints hex text, a frame a
line; fill in the comments on top, and remove the frames that show nothing new.
"""
import re
import sys

sys.dont_write_bytecode = True

from pathlib import Path

from encode import crc16

FLAG, TYPE_3 = 0x7E, 0xA0


def octets_of(path):
    """Of the text form: [time] and # comments are passed over. Anything else is raw octets."""
    octets = path.read_bytes()
    try:
        return bytes.fromhex(re.sub(r"\[[^]\n]*\]|#.*", "", octets.decode("ascii")))
    except ValueError:
        return octets


def header_size(frame):
    """Format and both addresses, which end with an odd octet, and control."""
    at = 2
    for _ in range(2):
        while frame[at] % 2 == 0:
            at += 1
        at += 1
    return at + 1


def frames(octets):
    """The frames without flags: format, length, and a check sequence that fits."""
    at = 0
    while at + 2 < len(octets):
        size = (octets[at + 1] & 0x07) << 8 | octets[at + 2]
        frame = octets[at + 1:at + 1 + size]
        if (octets[at] == FLAG and octets[at + 1] & 0xF0 == TYPE_3 and size > 8
                and octets[at + 1 + size:at + 2 + size] == bytes([FLAG]) and crc16(frame[:-2]) == frame[-2:]):
            yield frame
            at += size + 1
        else:
            at += 1


def replaced(frame, pairs):
    head = header_size(frame)
    body = frame[head + 2:-2]
    for old, new in pairs:
        body = body.replace(old, new)
    text = frame[:head] + crc16(frame[:head]) + body
    return text + crc16(text)


def main(args):
    pairs = [tuple(part.encode("ascii") for part in arg.split("=")) for arg in args[1:]]
    if not args or any(len(pair) != 2 or len(pair[0]) != len(pair[1]) for pair in pairs):
        sys.exit("usage: from_capture.py CAPTURE OLD=NEW...  (OLD and NEW of the same length)")
    found = [replaced(frame, pairs) for frame in frames(octets_of(Path(args[0])))]
    if not found:
        sys.exit(f"{args[0]}: no intact HDLC frame in it")
    print("# NAME\n# The meter, the list, how many elements.\n# Origin: recorded WHEN from a MODEL in PLACE by WHOM;"
          " the meter's number is invented.\n# Unusual: nothing.")
    for frame in found:
        line = (bytes([FLAG]) + frame + bytes([FLAG])).hex().upper()
        print("\n".join(line[i:i + 128] for i in range(0, len(line), 128)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
