#!/usr/bin/env python3
"""Makes seeds for the fuzz targets from the test corpus.

    seeds.py DIRECTORY

DIRECTORY/streams gets every test/corpus/*.hex as octets (for deframer and
decoder), DIRECTORY/bodies the bodies of the DataNotifications in them (for
axdr), DIRECTORY/conversations some of meters that have to be asked (for kmp
and iec62056). The hex reader's seeds are the corpus files themselves.
"""
import re
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

CONVERSATIONS = {
    "kmp": bytes.fromhex(
        "803F0235E90D403F0201234567E9560D803F01058A0D403F0100041BF90126990D"
        "803F1001006319450D403F1000633302000000CF4E0D"
        "803F1001001B7FD4080D403F10001B7F160411012AF02463030D"),
    "iec62056": b"/?!\r\n/KAM5 6841138AN110001\r\n\x06050\r\n\x020.0.0(12345678)\r\n"
                b"1.8.0(000123.4*kWh)\r\n!\r\n\x03@",
    "iec62056-a": b"/?!\r\n/KAM 68438BC450000\r\n\x020.0.0(12345678)\r\n"
                  b"1.8.0(000123.4*kWh)\r\n!\r\n\x03l",
    "short": b"/#10001234 0056789 0012345 0007512 0003456 0004056 0000123 0000456 0000250 0000000\r",
}


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
    conversations = directory / "conversations"
    conversations.mkdir(exist_ok=True)
    for name, content in CONVERSATIONS.items():
        (conversations / name).write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: seeds.py DIRECTORY")
    main(Path(sys.argv[1]))
