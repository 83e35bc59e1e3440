"""Tortures the daemon for some minutes in rounds of random kind and order; see scripts/torture."""
import argparse
import collections
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.dont_write_bytecode = True

import brokers
import clock
import growth
import kills
import state
from daemon import Monitor
from round import BARS, FDS_BAR, RSS_BAR, Round
from world import Mosquitto, Witness

KINDS = [(module.__name__ + "." + function.__name__, function)
         for module in (kills, brokers, state, growth, clock) for function in module.ROUNDS]


class World:
    """What all rounds share."""

    def __init__(self, options, folder):
        self.binary, self.folder = options.binary, folder
        self.keep = pathlib.Path(options.keep) if options.keep else None
        self.broker = Mosquitto(folder)
        self.witness = Witness(self.broker)
        self.monitor = Monitor()
        # Without capabilities, root is stopped by modes as everybody is.
        self.powerless = ("setpriv", "--bounding-set=-all", "--") if os.geteuid() == 0 else ()
        self.may_mount = self._may_mount()

    def _may_mount(self):
        # Only in a name space of our own, where mounts go with us: scripts/torture makes it.
        probe = self.folder / "probe"
        probe.mkdir()
        done = os.environ.get("TORTURE_NAMESPACE") and subprocess.run(
            ["mount", "-t", "tmpfs", "torture", probe], stderr=subprocess.DEVNULL, check=False)
        if not done or done.returncode != 0:
            print("no file system can be mounted here: full and read-only ones are left out")
            return False
        state.unmount(probe)
        return True

    def close(self):
        for daemon in list(self.monitor.daemons):
            if process := daemon.process:
                process.kill()
        self.witness.close()
        self.broker.close()


class Schedule:
    """One round of each kind first, then random ones until the time is over."""

    def __init__(self, seed, minutes, only):
        self.rng = random.Random(seed)
        self.kinds = [kind for kind in KINDS if only in kind[0]]
        self.first = dict(self.kinds)
        self.end = time.monotonic() + minutes * 60
        self.number = 0
        self.lock = threading.Lock()

    def next(self):
        with self.lock:
            if self.first:
                name = self.rng.choice(sorted(self.first))
                function = self.first.pop(name)
            elif time.monotonic() < self.end:
                name, function = self.rng.choice(self.kinds)
            else:
                return None
            self.number += 1
            return name, function, self.number, random.Random(self.rng.random())


def work(world, schedule, done):
    while following := schedule.next():
        name, function, number, rng = following
        round_ = Round(world, name, number, rng)
        try:
            function(round_)
            round_.lost = round_.judge()
        except Exception:  # a fault of the torture itself must not pass for a success
            round_.lost = 0
            round_.fail("other", "the round broke off: " + traceback.format_exc(limit=-3))
        round_.count = len(round_.due())
        done.append(round_)
        round_.close()
        for bar, text in round_.failures:
            print(f"  round {number} {name}: {bar}: {text[:500]}", flush=True)


def table(done):
    rows = collections.defaultdict(list)
    for each in done:
        rows[each.kind].append(each)
    print(f"\n{'kind':24} rounds  lists  lost  failed  MB at most  descriptors  slowest end")
    for kind, rounds in sorted(rows.items()):
        print(f"{kind:24} {len(rounds):6} {sum(r.count for r in rounds):6} {sum(r.lost for r in rounds):5} "
              f"{sum(bool(r.failures) for r in rounds):7} {max(r.rss for r in rounds):11.1f} "
              f"{max(r.fds for r in rounds):12} {max(r.slowest_end for r in rounds):10.2f} s")
    print(f"\n{'bar':16} rounds that missed it, of {len(done)}")
    missed = False
    for bar in BARS:
        count = sum(any(failure[0] == bar for failure in each.failures) for each in done)
        limit = {"memory": f" (bar {RSS_BAR} MB)", "descriptors": f" (bar {FDS_BAR})"}.get(bar, "")
        print(f"{bar:16} {count:3}  {'MISSED' if count else 'ok'}{limit}")
        missed |= bool(count)
    flips = sum(r.extra for r in done if r.kind == "state.bit_flips")
    print(f"bits flipped in state files, each with a start: {flips}")
    return missed


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # and so everything is cleaned up
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("minutes", nargs="?", type=float, default=10)
    arguments.add_argument("--binary", required=True)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments.add_argument("--only", default="", help="rounds whose kind has this in its name")
    arguments.add_argument("--parallel", type=int, default=4)
    arguments.add_argument("--keep", help="a folder for the logs of rounds that failed")
    options = arguments.parse_args()
    print(f"seed {options.seed}, {options.minutes:g} minutes, {options.binary}", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        world = World(options, pathlib.Path(name))
        try:
            schedule, done = Schedule(options.seed, options.minutes, options.only), []
            workers = [threading.Thread(target=work, args=(world, schedule, done), daemon=True)
                       for _ in range(options.parallel)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            return 1 if table(done) else 0
        finally:
            world.close()


if __name__ == "__main__":
    sys.exit(main())
