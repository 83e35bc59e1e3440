"""What must not grow: 10,000 meter numbers in one stream, adapters that come and go."""
import os
import time

from daemon import Line
from meters import Meter
from world import until

NUMBERS = 10_000
NUMBERS_BAR = 180  # s
LOG_BAR = 2e6
METERS_BAR = 8  # max_meters of a port


def numbers(r):
    meter, line, _, daemon = r.usual()
    if not daemon.start():
        return
    r.send(daemon, line, meter.hourly())
    r.await_all(20)
    end = time.monotonic() + NUMBERS_BAR
    for count in range(NUMBERS):
        if time.monotonic() > end:
            r.fail("other", f"only {count} numbers were read in {NUMBERS_BAR} s")
            break
        stranger = Meter(r.rng, "%016d" % (7 * 10**15 + count), keep=False)
        if not line.write(stranger.hourly().frame, going_on=daemon.alive):
            if daemon.alive():
                r.fail("other", "the line is not read")
            break
        if count % 500 == 0:
            r.send(daemon, line, meter.hourly())
    r.await_all()
    meters = {topic.split("/")[0] for topic, _ in list(r.world.witness.heard[r.prefix])} - {"reader"}
    if len(meters) > METERS_BAR:
        r.fail("other", f"{len(meters)} meters were published")
    if daemon.log_path.stat().st_size > LOG_BAR:
        r.fail("other", f"{daemon.log_path.stat().st_size / 1e6:.1f} MB of log")
    daemon.stop()


def replugged(r):
    """The adapter is pulled out and comes back under the same name."""
    meter, line, switch = r.meter(), r.line(), r.switch()
    link = r.folder / "adapter"
    os.symlink(line.device, link)
    line.device = link
    daemon = r.daemon([line], switch)
    if not daemon.start():
        return
    for _ in range(3):
        r.send(daemon, line, meter.hourly())
        r.settle()
        r.lines.remove(line)
        line.close()
        link.unlink()
        line = Line()
        r.lines.append(line)
        os.symlink(line.device, link)
        device = line.device
        if not until(lambda: not daemon.alive() or device in daemon.open_files(), 60):
            r.fail("other", "an adapter that came back is not opened")
            break
        r.settle()  # it empties the line before it reads
    r.send(daemon, line, meter.hourly())
    r.await_all()
    daemon.stop()


ROUNDS = [numbers, replugged]
