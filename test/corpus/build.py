#!/usr/bin/env python3
"""Writes the computed part of the test corpus, and examples/omnipower.hex.

    build.py            write the files and remove those of no case
    build.py --check    write nothing; exit 1 and name what differs

FOLDER/NAME.hex is hex text with # comments on top (keys for ciphered lists are
given as "# encryption-key:" and "# authentication-key:"); FOLDER/NAME.jsonl is
what hanport decode has to print for it, one line a list. FOLDER is the first
word of NAME, the manufacturer; what is about framing is in framing. The encoder
is encode.py, the cases are in cases_*.py. Files with a line "# Origin: recorded"
are recordings: they are left alone. Needs the Python package cryptography
(Debian: python3-cryptography).
"""
import sys

sys.dont_write_bytecode = True

from pathlib import Path

import cases_aidon
import cases_kaifa
import cases_kamstrup
import cases_other
import cases_readouts
import cases_streams

HERE = Path(__file__).resolve().parent
BYTES_PER_LINE = 64
FRAMING = ("address", "stream")


def hex_text(case):
    lines = [f"# {case.name}"] + [f"# {note}" for note in case.notes]
    for frame in case.frames:
        lines += [frame[i:i + BYTES_PER_LINE].hex().upper() for i in range(0, len(frame), BYTES_PER_LINE)]
    return "\n".join(lines) + "\n"


def is_recording(path):
    return path.is_file() and "\n# Origin: recorded" in "\n" + path.read_text()


def wanted():
    files = {HERE.parent.parent / "examples" / "omnipower.hex": cases_streams.demo()}
    for module in (cases_kamstrup, cases_kaifa, cases_aidon, cases_other, cases_readouts, cases_streams):
        for case in module.CASES:
            word = case.name.partition("-")[0]
            path = HERE / ("framing" if word in FRAMING else word) / f"{case.name}.hex"
            assert path not in files, f"two cases {case.name}"
            files[path] = hex_text(case)
            files[path.with_suffix(".jsonl")] = "".join(line + "\n" for line in case.lines)
    return {path: text.encode() for path, text in files.items()}


def main(args):
    if args not in ([], ["--check"]):
        sys.exit("usage: build.py [--check]")
    files = wanted()
    strays = sorted(p for p in HERE.glob("*/*") if p.suffix in (".hex", ".jsonl") and p not in files
                    and not is_recording(p.with_suffix(".hex")))
    changed = [p for p, data in files.items() if not p.is_file() or p.read_bytes() != data]
    if args:
        for path in changed:
            print(f"{path.name}: differs from what build.py writes" if path.exists() else f"{path.name}: missing")
        for path in strays:
            print(f"{path.name}: belongs to no case")
        return 1 if changed or strays else 0
    for path in changed:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(files[path])
    for path in strays:
        path.unlink()
    print(f"{len(files)} files, {len(changed)} written, {len(strays)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
