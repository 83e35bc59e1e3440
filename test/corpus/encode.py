"""Encoder for the test corpus: HDLC, DLMS DataNotification, A-XDR, ciphering.

Written from the protocol descriptions alone and shared with nothing in the
daemon, so that the corpus is a second opinion on the decoder. Every expected
value is the physical value GIVEN in a case; nothing in here decodes.
"""
import json
import struct
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

unhex = bytes.fromhex


# ---- CRC-16/X-25 and HDLC frame format type 3 ------------------------------

def crc16(data):
    """CRC-16/X-25, as the two bytes on the wire (low byte first)."""
    reg = 0xFFFF
    for byte in data:
        reg ^= byte
        for _ in range(8):
            reg = reg >> 1 ^ (0x8408 if reg & 1 else 0)
    return struct.pack("<H", reg ^ 0xFFFF)


assert crc16(b"123456789") == unhex("6E90")


def hdlc(info, dst, src, control, segmented=False):
    """One frame with both flags. Without information there is no HCS."""
    head = unhex(dst + src + control)
    size = 2 + len(head) + (2 + len(info) if info else 0) + 2
    assert size < 0x800
    text = struct.pack(">H", 0xA000 | (0x0800 if segmented else 0) | size) + head
    if info:
        text += crc16(text) + info
    return b"\x7E" + text + crc16(text) + b"\x7E"


LLC = unhex("E6E700")


# ---- A-XDR -----------------------------------------------------------------

def length(n, size=0):
    """size: that many bytes behind 8x, also where fewer would do."""
    if n < 0x80 and not size:
        return bytes([n])
    size = size or (n.bit_length() + 7) // 8
    return bytes([0x80 | size]) + n.to_bytes(size, "big")


def tagged(tag, fmt):
    return lambda value: bytes([tag]) + struct.pack(fmt, value)


def counted(tag):
    return lambda octets: bytes([tag]) + length(len(octets)) + octets


i8, i16, i32, i64 = (tagged(t, f) for t, f in ((0x0F, ">b"), (0x10, ">h"), (0x05, ">i"), (0x14, ">q")))
u8, u16, u32, u64 = (tagged(t, f) for t, f in ((0x11, ">B"), (0x12, ">H"), (0x06, ">I"), (0x15, ">Q")))
f32, f64 = tagged(0x17, ">f"), tagged(0x18, ">d")
boolean, enum = tagged(0x03, ">?"), tagged(0x16, ">B")
octets, visible_octets, utf8_octets, date_time = counted(0x09), counted(0x0A), counted(0x0C), tagged(0x19, "12s")
NULL = b"\x00"


def visible(text):
    return visible_octets(text.encode("ascii"))


def octet_text(text):
    return octets(text.encode("ascii"))


def utf8(text):
    return utf8_octets(text.encode())


def bit_string(bits):
    padded = bits + "0" * (-len(bits) % 8)
    return b"\x04" + length(len(bits)) + bytes(int(padded[i:i + 8], 2) for i in range(0, len(padded), 8))


def structure(elements):
    return b"\x02" + length(len(elements)) + b"".join(elements)


def array(elements):
    return b"\x01" + length(len(elements)) + b"".join(elements)


def obis_octets(obis):
    """"A-B:C.D.E" or "A-B:C.D.E*F" as the octet-string of 6 bytes."""
    code, _, f = obis.partition("*")
    return octets(bytes(int(n) for n in code.replace("-", ".").replace(":", ".").split(".")) + bytes([int(f or 255)]))


# ---- date-time -------------------------------------------------------------

@dataclass
class Clock:
    """COSEM date-time. deviation: minutes UTC minus local, None = 8000.

    trust=False: the maker's deviation means nothing, so none is expected in
    the output. patch: {byte: value} for what real meters get wrong.
    text None = nothing specified.
    """
    text: str = None
    deviation: int = None
    status: int = 0
    trust: bool = True
    patch: dict = field(default_factory=dict)

    @property
    def octets(self):
        deviation = -0x8000 if self.deviation is None else self.deviation
        if self.text is None:
            return b"\xFF" * 9 + struct.pack(">hB", deviation, 0xFF)
        t = datetime.fromisoformat(self.text)
        out = bytearray(struct.pack(">HBBBBBBBhB", t.year, t.month, t.day, t.isoweekday(), t.hour, t.minute,
                                    t.second, 0xFF, deviation, self.status))
        for at, value in self.patch.items():
            out[at] = value
        return bytes(out)

    @property
    def iso(self):
        if self.text is None or self.deviation is None or not self.trust:
            return self.text
        ahead = -self.deviation
        return f"{self.text}{'-' if ahead < 0 else '+'}{abs(ahead) // 60:02}:{abs(ahead) % 60:02}"


# ---- APDU ------------------------------------------------------------------

def notification(body, when=None, layout="new", invoke="00000000"):
    """DataNotification; layout "old" = superfluous 09 before the date-time."""
    stamp = b"\x00" if when is None else (b"\x09" if layout == "old" else b"") + b"\x0C" + when.octets
    return b"\x0F" + unhex(invoke) + stamp + body


def ciphered(apdu, title, counter, ek, ak, control=0x30, size=0):
    """general-glo-ciphering with security control 30, 20 or 10 (suite 0)."""
    gcm, sc = AESGCM(unhex(ek)), bytes([control])
    head, iv = sc + struct.pack(">I", counter), unhex(title) + struct.pack(">I", counter)
    if control == 0x30:
        out = gcm.encrypt(iv, apdu, sc + unhex(ak))[:-4]            # 12 of the 16 tag bytes
    elif control == 0x20:
        out = gcm.encrypt(iv, apdu, b"")[:-16]                      # no tag
    elif control == 0x10:
        out = apdu + gcm.encrypt(iv, b"", sc + unhex(ak) + apdu)[:-4]
    else:
        raise ValueError(control)
    return b"\xDB\x08" + unhex(title) + length(len(head + out), size) + head + out


# ---- what a meter sends and what is expected of it -------------------------

@dataclass
class Item:
    obis: str
    wire: bytes                 # the value, tagged
    value: object               # as expected in the output; numbers are Decimal or int
    unit: str = None
    scaler_unit: bytes = None   # third member of an Aidon structure


UNIT_ENUM = {"W": 27, "VA": 28, "var": 29, "Wh": 30, "varh": 32, "A": 33, "V": 35, "Hz": 44, None: 255}
QUANTITIES = {
    "9.7.0": ("apparent_power_import", "VA"), "10.7.0": ("apparent_power_export", "VA"),
    "13.7.0": ("power_factor", None), "14.7.0": ("frequency", "Hz"),
}
for _n, _what in enumerate(("active_{}_import", "active_{}_export", "reactive_{}_import", "reactive_{}_export"), 1):
    _unit = "W" if _n < 3 else "var"
    QUANTITIES[f"{_n}.7.0"] = _what.format("power"), _unit
    QUANTITIES[f"{_n}.8.0"] = _what.format("energy"), _unit + "h"
    for _l in (1, 2, 3):
        QUANTITIES[f"{20 * _l + _n}.7.0"] = f"{_what.format('power')}_l{_l}", _unit
        if _n < 3:
            QUANTITIES[f"{20 * _l + _n}.8.0"] = f"{_what.format('energy')}_l{_l}", "Wh"
for _l in (1, 2, 3):
    QUANTITIES[f"{11 + 20 * _l}.7.0"] = f"current_l{_l}", "A"
    QUANTITIES[f"{12 + 20 * _l}.7.0"] = f"voltage_l{_l}", "V"
    QUANTITIES[f"{13 + 20 * _l}.7.0"] = f"power_factor_l{_l}", None


def meaning(obis):
    """(name, unit) of an OBIS text."""
    group, _, code = obis.partition(":")
    if group.startswith("1-") and code in QUANTITIES:
        return QUANTITIES[code]
    if group.startswith("0-") and code == "1.0.0":
        return "clock", None
    return obis, None


def number(obis, given, encode, scaler=0, inline=False, unit=...):
    """given / 10^scaler must be an integer: that is what goes on the wire."""
    unit = meaning(obis)[1] if unit is ... else unit
    raw = Decimal(given).scaleb(-scaler)
    assert raw == raw.to_integral_value(), f"{obis}: {given} is no multiple of 1e{scaler}"
    value = Decimal(given).quantize(Decimal(1).scaleb(min(scaler, 0)))
    scaler_unit = structure([i8(scaler), enum(UNIT_ENUM[unit])]) if inline else None
    return Item(obis, encode(int(raw)), value, unit, scaler_unit)


def clock_item(obis, when, encode=octets):
    return Item(obis, encode(when.octets), when.iso)


def pairs(items):
    return [part for i in items for part in (obis_octets(i.obis), i.wire)]


def members(items):
    return [structure([obis_octets(i.obis), i.wire] + ([i.scaler_unit] if i.scaler_unit else [])) for i in items]


@dataclass
class Meter:
    id: str = None
    type: str = None
    maker: str = None


def to_json(value):
    if isinstance(value, dict):
        return "{" + ",".join(f'"{k}":{to_json(v)}' for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(to_json, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def expected(meter, list_id, when, items):
    """The line that hanport decode has to print for a list."""
    clocks = [i.value for i in items if meaning(i.obis)[0] == "clock"]
    codes = {i.obis.partition(":")[2] for i in items if i.obis.startswith("1-")}
    kind = ("hourly" if any(c.split(".")[1] == "8" for c in codes)
            else "power" if codes == {"1.7.0"} else "live")
    return to_json({
        "meter_id": meter.id, "meter_type": meter.type, "manufacturer": meter.maker,
        "list_id": list_id, "list": kind,
        "meter_time": when.iso if when else clocks[0] if clocks else None,
        "values": [{"obis": i.obis, "name": meaning(i.obis)[0], "value": i.value, "unit": i.unit} for i in items]})


@dataclass
class List:
    """One push list: the bytes of the APDU and the line expected for it."""
    apdu: bytes
    line: str


@dataclass
class Case:
    name: str
    notes: list                 # comment lines: what, origin, what is unusual
    frames: list                # bytes per frame; each starts on a new line
    lines: list                 # expected output


def shared_flags(frames):
    """The closing flag of each frame is the opening flag of the next."""
    return [f[:-1] for f in frames[:-1]] + frames[-1:]
