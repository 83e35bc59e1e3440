"""Steps of the wall clock while the daemon runs, by a library of some lines that is put in front of
libc's (clock_shim.c, compiled here): a real step would hit everybody on this machine."""
import pathlib
import struct
import subprocess
import time
from decimal import Decimal

STEPS = [3600, -3600, 660, -660, 7200, -7200, 86400, -86400, 40 * 86400, -40 * 86400, 10**9, -10**9, 59, -59]


def shim(folder):
    """The compiled library."""
    library = folder / "clock_shim.so"
    if not library.exists():
        source = pathlib.Path(__file__).parent / "clock_shim.c"
        part = library.with_suffix(f".{time.monotonic_ns()}")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", part, source], check=True)
        part.rename(library)
    return library


def steps(r):
    offset = r.folder / "offset"
    offset.write_bytes(struct.pack("l", 0))
    environment = {"LD_PRELOAD": str(shim(r.world.folder)), "CLOCK_SHIM": str(offset)}
    meter, line, _, daemon = r.usual(environment=environment)
    if not daemon.start() or not daemon.wait_for_log("connected to the broker", 20):
        return
    r.live_slack = Decimal("0.5")  # half a minute of 4 kW and some, whatever the clock says
    r.send(daemon, line, meter.hourly())
    for _ in range(3):
        with open(offset, "r+b") as file:
            file.write(struct.pack("l", r.rng.choice(STEPS)))
        time.sleep(6.5)  # availability is looked at every 5 s, and a meter sends every 10 s
        for _ in range(3):
            r.send(daemon, line, meter.live())
            time.sleep(0.5)
        r.send(daemon, line, meter.hourly())
    r.await_all()
    heard = [payload for topic, payload in list(r.world.witness.heard[r.prefix])
             if topic == f"{meter.id}/availability"]
    if "offline" in heard:
        r.fail("other", "a step of the clock made a meter silent that sent every few seconds")
    daemon.stop()


ROUNDS = [steps]
