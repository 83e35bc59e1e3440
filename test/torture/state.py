"""State directories that are full, read-only, deleted, shared, damaged and unreadable."""
import os
import pathlib
import shutil
import subprocess
import time

from world import until

FLIPS = 25  # starts a round
CHECKSUM = '"checksum":"0123456789abcdef"}\n'  # the end of each JSON file
HUGE = 300 * 1024 * 1024


def prepared(r, waiting=2):
    """A daemon, stopped, with all kinds of files in its state; some lists wait in it."""
    meter, line, switch, daemon = r.usual()
    if daemon.start():
        daemon.wait_for_log("connected to the broker", 10)
        r.send(daemon, line, meter.hourly())
        r.send(daemon, line, meter.live())
        r.await_all(20)
        switch.set(None)
        for _ in range(waiting):
            r.send(daemon, line, meter.hourly())
        daemon.stop()
    return meter, line, switch, daemon


def files_of(daemon):
    return sorted(path for path in pathlib.Path(daemon.state).rglob("*") if path.is_file())


def goes_on(r, meter, line, switch, daemon):
    """Whatever lies there: the daemon starts, publishes what comes and ends in order."""
    switch.set(r.good())
    if daemon.start():
        r.send(daemon, line, meter.hourly())
        r.send(daemon, line, meter.live())
        r.await_all(20)
        daemon.stop()


def chosen_bit(r, data):
    """An octet and a bit of it: any, or one that makes another digit of a digit."""
    digits = [at for at, octet in enumerate(data) if octet in b"01234567"]
    if digits and r.rng.random() < 0.5:
        return r.rng.choice(digits), r.rng.randrange(3)
    return r.rng.randrange(len(data)), r.rng.randrange(8)


def is_harmless(data, at):
    """In the check sum's name: the file is then like one of an earlier version, with all that it says."""
    name = len(data) - len(CHECKSUM) + 1
    return name <= at < name + len("checksum")


def bit_flips(r):
    meter, line, switch, daemon = prepared(r)
    saved = r.folder / "saved"
    shutil.copytree(daemon.state, saved)
    for sent in r.due():
        sent.due = False
    for _ in range(FLIPS):
        shutil.rmtree(daemon.state)
        shutil.copytree(saved, daemon.state)
        files = files_of(daemon)
        victim = r.rng.choice([path for path in files if path.stat().st_size])
        data = bytearray(victim.read_bytes())
        at, bit = chosen_bit(r, data)
        data[at] ^= 1 << bit
        victim.write_bytes(data)
        r.extra += 1
        before = len(r.failures)
        goes_on(r, meter, line, switch, daemon)
        if len(r.failures) == before:
            r.judge()
        if victim.suffix == ".json" and not is_harmless(data, at):
            if not victim.with_name(victim.name + ".damaged").exists():
                r.fail("nothing wrong", "a damaged file was believed")
        if len(r.failures) > before:
            r.fail("other", f"bit {bit} of octet {at} of {victim.relative_to(daemon.state)} was flipped")
            return


def replaced(r):
    """A state file is something else: a folder (EISDIR), a pipe, unreadable, huge, empty, null."""
    meter, line, switch, daemon = prepared(r)
    victim = r.rng.choice(files_of(daemon))
    saved = victim.read_bytes()
    for sent in r.due():
        sent.due = sent.line in r.arrived()  # those in the file are gone with it
    victim.unlink()
    kind = r.rng.choice(("folder", "pipe", "huge", "empty", "null", "link", "cut", "forbidden", "unfinished"))
    if kind == "folder":
        victim.mkdir()
    elif kind == "pipe":
        os.mkfifo(victim)
    elif kind == "huge":
        with open(victim, "wb") as file:
            file.write(saved)
            file.truncate(HUGE)
    elif kind == "link":
        victim.symlink_to("/nowhere/at/all")
    elif kind == "unfinished":
        victim.write_bytes(saved)
        victim.with_name(victim.name + ".new").write_bytes(saved[:20])
    else:
        victim.write_bytes({"empty": b"", "null": b"null\n", "cut": saved[:len(saved) // 2],
                            "forbidden": saved}[kind])
    if kind == "forbidden":
        victim.chmod(0)
        daemon.options["before"] = r.world.powerless
    goes_on(r, meter, line, switch, daemon)
    if r.failures:
        r.fail("other", f"{victim.relative_to(daemon.state)} was {kind}")


def mounted(r, size):
    """A file system of that size as state directory; None where none can be mounted."""
    if not r.world.may_mount:
        return None
    folder = r.folder / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "torture", folder], check=True)
    return folder


def unmount(folder):
    while os.path.ismount(folder):
        subprocess.run(["umount", "-l", folder], check=True)


def full(r):
    """No room for a while, then room again: nothing is lost, be the broker away all the time."""
    disk = mounted(r, "256k")
    if disk is None:
        return
    meter, line, switch, daemon = r.usual(state=disk)
    try:
        switch.set(None)
        if not daemon.start():
            return
        for _ in range(2):
            r.send(daemon, line, meter.hourly())
        with open(disk / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass
        for _ in range(3):
            r.send(daemon, line, meter.hourly())
        (disk / "filler").unlink()
        for _ in range(r.rng.randrange(3)):
            r.send(daemon, line, meter.hourly())
        r.settle()
        daemon.stop()
        switch.set(r.good())
        if daemon.start():
            r.await_all()
            daemon.stop()
    finally:
        unmount(disk)


def read_only(r):
    disk = mounted(r, "4m")
    if disk is None:
        return
    meter, line, switch, daemon = r.usual(state=disk)
    try:
        if not daemon.start():
            return
        r.send(daemon, line, meter.hourly())
        daemon.wait_for_log("connected to the broker", 10)
        # Mounted over itself: what the daemon holds open (its lock) forbids to remount it.
        subprocess.run(["mount", "--bind", disk, disk], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", disk], check=True)
        for restart in (False, True):
            if restart and not daemon.start():
                return
            for _ in range(2):
                r.send(daemon, line, meter.hourly())
            r.await_all()
            daemon.stop()
    finally:
        unmount(disk)


def deleted(r):
    """The folder goes while the daemon runs; what comes after that is kept nevertheless."""
    meter, line, switch, daemon = r.usual()
    switch.set(None)
    if not daemon.start():
        return
    r.send(daemon, line, meter.hourly(), due=False)
    shutil.rmtree(daemon.state, ignore_errors=True)
    for _ in range(3):
        r.send(daemon, line, meter.hourly())
    r.settle()
    daemon.stop()
    switch.set(r.good())
    if daemon.start():
        r.await_all()
        daemon.stop()


def shared(r):
    """A second daemon with the same state refuses to start, and the first is not disturbed."""
    meter, line, switch, daemon = r.usual()
    second = r.daemon([r.line()], switch, state=daemon.state)
    if not daemon.start():
        return
    r.send(daemon, line, meter.hourly())
    second.start(wait=False)
    if not until(lambda: second.process.poll() is not None, 10):
        r.fail("other", "two daemons run on one state directory")
        second.kill()
    else:
        if second.process.returncode == 0 or str(daemon.process.pid) not in second.log():
            r.fail("other", f"the second daemon does not name the first's process: {second.last_words()}")
        second._forget()
    for _ in range(3):
        r.send(daemon, line, meter.hourly())
        time.sleep(0.1)
    r.await_all()
    r.settle()
    daemon.kill()
    if daemon.start():  # the lock went with its owner
        daemon.stop()


ROUNDS = [bit_flips, bit_flips, replaced, replaced, full, read_only, deleted, shared]
