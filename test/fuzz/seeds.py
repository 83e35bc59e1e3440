#!/usr/bin/env python3
"""Makes seeds for the fuzz targets from the test corpus.

    seeds.py DIRECTORY

DIRECTORY/streams gets every test/corpus/*.hex as octets (for deframer and
decoder), DIRECTORY/bodies the bodies of the DataNotifications in them (for
axdr). The hex reader's seeds are the corpus files themselves.
"""
import re
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def octets(hex_text):
    return bytes.fromhex(re.sub(r"#.*|\[[^]\n]*\]", "", hex_text))


def bodies(stream):
    """What follows LLC header, tag, invoke id and date-time, up to FCS and flag."""
    pattern = re.compile(rb"\xE6\xE7\x00\x0F....(?:\x00|\x09?\x0C.{12})(.*)", re.DOTALL)
    at = 0
    while (at := stream.find(0x7E, at)) >= 0 and at + 3 < len(stream):
        end = at + 1 + ((stream[at + 1] & 7) << 8 | stream[at + 2])
        frame = stream[at:end + 1]
        if frame[1] >> 4 != 0xA or not frame.endswith(b"\x7E") or end == at:
            at += 1
            continue
        if found := pattern.search(frame[:-3]):
            yield found[1]
        at = end


def main(directory):
    streams, parts = directory / "streams", directory / "bodies"
    for path in (streams, parts):
        path.mkdir(parents=True, exist_ok=True)
    for path in sorted(CORPUS.glob("*.hex")):
        stream = octets(path.read_text())
        (streams / path.stem).write_bytes(stream)
        for number, body in enumerate(bodies(stream)):
            (parts / f"{path.stem}-{number}").write_bytes(body)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: seeds.py DIRECTORY")
    main(Path(sys.argv[1]))
