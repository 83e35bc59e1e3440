"""Readouts of polled meters (IEC 62056-21): each line with what it has to give, given apart."""
import json

from encode import Case

MADE = "Origin: made by this project in the meter's form; the numbers are of no meter."


class Value:
    def __init__(self, obis, name, value, unit=None):
        """value: as it is to be printed. Without a name the code stands for it."""
        name = name or obis
        self.text = (f'{{"obis":{json.dumps(obis)},"name":{json.dumps(name)},"value":{value},'
                     f'"unit":{json.dumps(unit, ensure_ascii=False)}}}')


def text(obis, name, value):
    return Value(obis, name, json.dumps(value))


def block(lines):
    """STX, the lines, "!", ETX, and the XOR of all behind STX."""
    octets = "".join(line + "\r\n" for line in lines + ["!"]).encode("ascii") + b"\x03"
    bcc = 0
    for octet in octets:
        bcc ^= octet
    return b"\x02" + octets + bytes([bcc])


def case(name, notes, identification, manufacturer, meter_type, meter_id, meter_time, rows):
    octets = ("/" + identification + "\r\n").encode("ascii") + block([line for line, _ in rows])
    head = {"meter_id": meter_id, "meter_type": meter_type, "manufacturer": manufacturer, "list_id": None,
            "list": "readout", "meter_time": meter_time}
    values = ",".join(value.text for _, values in rows for value in values)
    line = json.dumps(head, separators=(",", ":"))[:-1] + ',"values":[' + values + "]}"
    return Case(name, ["protocol: iec62056-21", *notes, MADE], [octets], [line])


IMPORT_MAX = "active_power_import_max_t1"

CASES = [
    case("landisgyr-zmd310",
         ["Landis+Gyr ZMD310, mode C, 1-1: in front of each code.",
          "Unusual: a field \\2 in the identification, date and time apart, preceding values (*18) without a unit."],
         "LGZ4\\2ZMD3104407.B40", "LGZ", "ZMD3104407.B40", "12345678", "2026-08-15T14:25:30",
         [("1-1:F.F(00000000)", [text("1-1:F.F", "error_code", "00000000")]),
          ("1-1:0.0.0(12345678)", [text("1-1:0.0.0", "meter_number", "12345678")]),
          ("1-1:0.9.1(142530)", [text("1-1:0.9.1", "time", "142530")]),
          ("1-1:0.9.2(260815)", [text("1-1:0.9.2", "date", "260815")]),
          ("1-1:0.1.0(18)", [Value("1-1:0.1.0", "reset_count", "18")]),
          ("1-1:0.1.2*18(2608010000)", [text("1-1:0.1.2*18", None, "2608010000")]),
          ("1-1:1.2.1(0451.17*kW)", [Value("1-1:1.2.1", "active_power_import_max_sum_t1", "451170", "W")]),
          ("1-1:1.6.1(27.19*kW)(2608090945)",
           [Value("1-1:1.6.1", IMPORT_MAX, "27190", "W"),
            text("1-1:1.6.1", IMPORT_MAX + "_time", "2026-08-09T09:45:00")]),
          ("1-1:1.6.1*18(28.74)(2607121445)",
           [Value("1-1:1.6.1*18", None, "28.74"), text("1-1:1.6.1*18", None, "2026-07-12T14:45:00")]),
          ("1-1:1.8.0(00051206*kWh)", [Value("1-1:1.8.0", "active_energy_import", "51206000", "Wh")]),
          ("1-1:1.8.0*18(00049555)", [text("1-1:1.8.0*18", None, "00049555")]),
          ("1-1:1.8.1(00031100*kWh)", [Value("1-1:1.8.1", "active_energy_import_t1", "31100000", "Wh")]),
          ("1-1:2.8.0(00000007*kWh)", [Value("1-1:2.8.0", "active_energy_export", "7000", "Wh")]),
          ("1-1:3.8.0(00004711*kvarh)", [Value("1-1:3.8.0", "reactive_energy_import", "4711000", "varh")]),
          ("1-1:32.7.0(231.4*V)", [Value("1-1:32.7.0", "voltage_l1", "231.4", "V")]),
          ("1-1:31.7.0(005.42*A)", [Value("1-1:31.7.0", "current_l1", "5.42", "A")])]),
    case("logarex-lk13",
         ["Logarex LK13, mode C, codes of all six parts.",
          "Unusual: *255 is a current value, *96 to *99 those of a day, a week, a month, a year; a unit that has no",
          "kind (deg)."],
         "LOG5LK13BE803049", "LOG", "LK13BE803049", "001LOG0000000042", None,
         [("1-0:96.1.0*255(001LOG0000000042)", [text("1-0:96.1.0*255", "meter_number", "001LOG0000000042")]),
          ("1-0:1.8.0*255(000439.2185*kWh)", [Value("1-0:1.8.0*255", "active_energy_import", "439218.5", "Wh")]),
          ("1-0:1.8.0*96(00019.3*kWh)", [Value("1-0:1.8.0*96", None, "19300", "Wh")]),
          ("1-0:1.8.0*99(00438.0*kWh)", [Value("1-0:1.8.0*99", None, "438000", "Wh")]),
          ("1-0:16.7.0*255(000131*W)", [Value("1-0:16.7.0*255", "active_power", "131", "W")]),
          ("1-0:32.7.0*255(230.2*V)", [Value("1-0:32.7.0*255", "voltage_l1", "230.2", "V")]),
          ("1-0:52.7.0*255(229.6*V)", [Value("1-0:52.7.0*255", "voltage_l2", "229.6", "V")]),
          ("1-0:72.7.0*255(229.9*V)", [Value("1-0:72.7.0*255", "voltage_l3", "229.9", "V")]),
          ("1-0:31.7.0*255(000.42*A)", [Value("1-0:31.7.0*255", "current_l1", "0.42", "A")]),
          ("1-0:81.7.1*255(120*deg)", [Value("1-0:81.7.1*255", None, "120", "deg")]),
          ("1-0:14.7.0*255(50.0*Hz)", [Value("1-0:14.7.0*255", "frequency", "50.0", "Hz")]),
          ("1-0:0.2.0*255(ver.03,EF8C,20170504)", [text("1-0:0.2.0*255", None, "ver.03,EF8C,20170504")])]),
]
