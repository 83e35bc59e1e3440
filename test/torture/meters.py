"""Virtual meters that know what they have sent: Kamstrup and Aidon lists, encoded from the protocol
descriptions alone, and the line that `hanport decode` has to print for each.

An hour passes by a meter's clock with each hourly list, so that a minute is enough for a day.
"""
import datetime
import json
import struct


def _crc_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x8408 if byte & 1 else 0)
        table.append(byte)
    return table


CRC = _crc_table()


def crc16(data):
    """CRC-16/X-25, low byte first."""
    register = 0xFFFF
    for byte in data:
        register = register >> 8 ^ CRC[(register ^ byte) & 0xFF]
    return struct.pack("<H", register ^ 0xFFFF)


assert crc16(b"123456789") == b"\x6E\x90"


def hdlc(information, addresses):
    """One frame of HDLC type 3 with both flags."""
    head = struct.pack(">H", 0xA000 | len(information) + 2 + len(addresses) + 4) + addresses
    text = head + crc16(head) + information
    return b"\x7E" + text + crc16(text) + b"\x7E"


def octets(tag, data):
    return bytes([tag, len(data)]) + data


def obis(code):
    return octets(0x09, bytes(int(n) for n in code.replace("-", ".").replace(":", ".").split(".")) + b"\xFF")


def date_time(when, deviation=-0x8000):
    return struct.pack(">HBBBBBBBhB", when.year, when.month, when.day, when.isoweekday(), when.hour,
                       when.minute, when.second, 0xFF, deviation, 0)


# Code, name, unit, unit's number, and of both makers the type's tag and the power of ten that
# one step on the wire is worth.
U16, U32, I16 = (0x12, ">H"), (0x06, ">I"), (0x10, ">h")
QUANTITIES = {
    "1.7.0": ("active_power_import", "W", 27, (U32, 0), (U32, 0)),
    "2.7.0": ("active_power_export", "W", 27, (U32, 0), (U32, 0)),
    "31.7.0": ("current_l1", "A", 33, (U32, -2), (I16, -1)),
    "32.7.0": ("voltage_l1", "V", 35, (U16, 0), (U16, -1)),
    "1.8.0": ("active_energy_import", "Wh", 30, (U32, 1), (U32, 1)),
    "2.8.0": ("active_energy_export", "Wh", 30, (U32, 1), (U32, 1)),
}
KAMSTRUP, AIDON = 3, 4  # their columns above


def decimal(raw, exponent):
    if exponent >= 0:
        return str(raw * 10**exponent)
    digits = str(abs(raw)).rjust(1 - exponent, "0")
    return ("-" if raw < 0 else "") + digits[:exponent] + "." + digits[exponent:]


class Sent:
    """A list that was sent, and how it must come out."""

    def __init__(self, meter, kind, frame, line):
        self.meter, self.kind, self.frame, self.line = meter, kind, frame, line
        self.read = None  # when the daemon had taken it from the line
        self.due = False  # it must arrive


class Meter:
    """One meter with rising registers. `sent` is all that it ever sent."""

    def __init__(self, rng, number=None, keep=True):
        self.rng = rng
        self.maker = rng.choice((KAMSTRUP, AIDON))
        self.id = number or "57065670%08d" % rng.randrange(10**8)
        now = datetime.datetime.now() - datetime.timedelta(days=2)
        self.clock = now.replace(minute=0, second=5, microsecond=0)
        self.wh = [rng.randrange(10**5, 10**7), rng.randrange(10**5)]  # in steps of 10 Wh
        self.sent = {}
        self.keep = keep

    def hourly(self):
        self.clock += datetime.timedelta(hours=1)
        self.wh[0] += self.rng.randrange(20, 200)
        self.wh[1] += self.rng.randrange(0, 50)
        return self._list("hourly", self.clock)

    def live(self):
        return self._list("live", self.clock + datetime.timedelta(seconds=self.rng.randrange(10, 3000)))

    def _list(self, kind, when):
        powers = [self.rng.randrange(100, 4000), 0]
        raw = {"1.7.0": powers[0], "2.7.0": powers[1]}
        if self.maker == KAMSTRUP:
            raw |= {"31.7.0": self.rng.randrange(10, 2000), "32.7.0": self.rng.randrange(221, 240)}
        else:
            raw |= {"31.7.0": self.rng.randrange(1, 200), "32.7.0": self.rng.randrange(2210, 2400)}
        if kind == "hourly":
            raw |= {"1.8.0": self.wh[0], "2.8.0": self.wh[1]}
        make = self._kamstrup if self.maker == KAMSTRUP else self._aidon
        sent = Sent(self, kind, *make(kind, when, raw))
        if self.keep:
            self.sent[sent.line] = sent
        return sent

    def _values(self, raw, group, clock, when):
        values = []
        for code, number in raw.items():
            if clock and code == "1.8.0":
                values.append((clock, "clock", json.dumps(when), None))
            name, unit = QUANTITIES[code][:2]
            exponent = QUANTITIES[code][self.maker][1]
            values.append((group + code, name, decimal(number, exponent), unit))
        return ",".join('{"obis":"%s","name":"%s","value":%s,"unit":%s}' % (o, n, v, json.dumps(u))
                        for o, n, v, u in values)

    def _line(self, kind, when, values, type_, maker, list_id):
        return (f'{{"meter_id":"{self.id}","meter_type":"{type_}","manufacturer":"{maker}",'
                f'"list_id":"{list_id}","list":"{kind}","meter_time":{json.dumps(when)},'
                f'"values":[{values}]}}')

    def _kamstrup(self, kind, when, raw):
        type_, iso = "6841121BN243101040", when.isoformat()
        parts = [octets(0x0A, b"Kamstrup_V0001"), obis("1-1:0.0.5"), octets(0x0A, self.id.encode()),
                 obis("1-1:96.1.1"), octets(0x0A, type_.encode())]
        for code, number in raw.items():
            if code == "1.8.0":
                parts += [obis("0-1:1.0.0"), octets(0x09, date_time(when))]
            tag, form = QUANTITIES[code][KAMSTRUP][0]
            parts += [obis("1-1:" + code), bytes([tag]) + struct.pack(form, number)]
        body = b"\x0F\0\0\0\0\x0C" + date_time(when) + bytes([0x02, len(parts)]) + b"".join(parts)
        values = self._values(raw, "1-1:", "0-1:1.0.0" if kind == "hourly" else None, iso)
        return (hdlc(b"\xE6\xE7\x00" + body, b"\x2B\x21\x13"),
                self._line(kind, iso, values, type_, "Kamstrup", "Kamstrup_V0001"))

    def _aidon(self, kind, when, raw):
        when = when if kind == "hourly" else None  # only the hourly list has a clock
        parts = [(obis("1-1:0.2.129"), octets(0x0A, b"AIDON_V0001")),
                 (obis("0-0:96.1.0"), octets(0x0A, self.id.encode())),
                 (obis("0-0:96.1.7"), octets(0x0A, b"6525"))]
        for code, number in raw.items():
            if code == "1.8.0":
                parts.append((obis("0-0:1.0.0"), octets(0x09, date_time(when))))
            unit, ((tag, form), exponent) = QUANTITIES[code][2], QUANTITIES[code][AIDON]
            scale = b"\x02\x02\x0F" + struct.pack("b", exponent) + b"\x16" + bytes([unit])
            parts.append((obis("1-0:" + code), bytes([tag]) + struct.pack(form, number), scale))
        members = [bytes([0x02, len(part)]) + b"".join(part) for part in parts]
        body = b"\x0F\x40\0\0\0\0" + bytes([0x01, len(members)]) + b"".join(members)
        iso = when.isoformat() if when else None
        values = self._values(raw, "1-0:", "0-0:1.0.0" if when else None, iso)
        return (hdlc(b"\xE6\xE7\x00" + body, b"\x41\x08\x83\x13"),
                self._line(kind, iso, values, "6525", "Aidon", "AIDON_V0001"))
