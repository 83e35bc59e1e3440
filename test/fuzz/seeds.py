#!/usr/bin/env python3
"""Makes seeds for the fuzz targets from the test corpus.

    seeds.py DIRECTORY

DIRECTORY/streams gets every test/corpus/*/*.hex as octets (for deframer and
decoder), DIRECTORY/bodies the bodies of the DataNotifications in them (for
axdr), DIRECTORY/conversations some of meters that have to be asked (for kmp
and iec62056), DIRECTORY/retained discovery configs as brokers hold them (for
retained), DIRECTORY/states a good one of each state file. The
hex reader's seeds are the corpus files themselves.
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

RETAINED = {
    "device": b'\x03{"device":{"identifiers":["hanport_7"]},"origin":{"name":"hanport"},"components":'
              b'{"voltage_l1":{"platform":"sensor","unique_id":"hanport_7_voltage_l1","name":"U"}}}',
    "types": b'\x03{"components":{"x":{"platform":5,"unique_id":"u"},"y":{"platform":{},"unique_id":7}}}',
    "single": b'\x04{"unique_id":"hanport_7_voltage_l1","name":"U","device":{}}',
    "deep": b'\x02{"components":' + b"[" * 5000,
    "topic": b'\x01homeassistant/sensor/hanport_7/a/config\n{"unique_id":"u","platform":"sensor"}',
}

COUNTER = (b'{"known":true,"value":968631595478113,"published":968631652568701,"offset":-7,'
           b'"last":1795176010000,"hour":1795176000000,"at_hour":968631595478000,'
           b'"hour_known":true,"hour_complete":true,"watts":2548}')
STATES = {
    "hourly_record": b'{"topic":"hanport/1/list/hourly","payload":"{}","meter_id":"1",'
                     b'"manufacturer":"Kamstrup","meter_type":"6841121BN000000000",'
                     b'"list_id":"Kamstrup_V0001","meter_hour":"2026-11-20T17",'
                     b'"received_ms":1795176010000,"registers":{"active_energy_import":'
                     b'{"magnitude":26895120,"negative":false,"exponent":1,"unit":30,"kind":0}}}',
    "home_state": b'{"meter_id":"1","saved":1795176010000,"import":' + COUNTER + b',"export":' +
                  COUNTER + b',"guards":{"registers":{"active_energy_import":{"wh":269064340,'
                  b'"received":1795176010000,"clock":1795179605}},"learned_power":12345},'
                  b'"hours":[[1795168800000,2030,false],[1795172400000,1999,true]],'
                  b'"last_register":[1795176000000,269064340]}',
    "corrections": b'{"hours":[[1795168800000,4321],[1795172400000,null]]}',
    "ports": b'{"/dev/ttyUSB0":{"parity":"even","meter_id":"1","meter_type":"MA304H4E",'
             b'"manufacturer":"Kaifa"}}',
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
    for path in sorted(CORPUS.glob("*/*.hex")):
        stream = octets(path.read_text())
        (streams / path.stem).write_bytes(stream)
        for number, body in enumerate(bodies(stream)):
            (parts / f"{path.stem}-{number}").write_bytes(body)
    conversations = directory / "conversations"
    conversations.mkdir(exist_ok=True)
    for name, content in CONVERSATIONS.items():
        (conversations / name).write_bytes(content)
    retained = directory / "retained"
    retained.mkdir(exist_ok=True)
    for name, content in RETAINED.items():
        (retained / name).write_bytes(content)
    states = directory / "states"
    states.mkdir(exist_ok=True)
    for name, content in STATES.items():
        (states / name).write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: seeds.py DIRECTORY")
    main(Path(sys.argv[1]))
