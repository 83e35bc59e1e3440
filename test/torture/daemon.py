"""The daemon under torture: its configuration, its line, its ends, and what it costs meanwhile."""
import fcntl
import os
import pathlib
import select
import signal
import struct
import subprocess
import termios
import threading
import time
import tty

from world import until

END_BAR = 5  # s from SIGTERM to the end; systemd's own patience is 90
START_PATIENCE = 30


class Line:
    """A pseudo terminal. Its other end stays open here as well, to see what was read."""

    def __init__(self):
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.device = os.ttyname(self.slave)
        os.set_blocking(self.master, False)

    def unread(self):
        return struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4))[0]

    def write(self, data, patience=20, going_on=lambda: True):
        """Writes it all; false where the daemon did not take it."""
        view, deadline = memoryview(data), time.monotonic() + patience
        while view and going_on():
            if time.monotonic() > deadline:
                return False
            if select.select([], [self.master], [], 0.05)[1]:
                try:
                    view = view[os.write(self.master, view):]
                except BlockingIOError:
                    time.sleep(0.002)
        return not view

    def wait_read(self, patience=10):
        """When all was read; None if it was not."""
        time.sleep(0.01)  # the kernel passes it on a moment after the write
        if until(lambda: self.unread() == 0, patience, 0.002):
            return time.monotonic()
        return None

    def free(self):
        """A killed daemon leaves its lock on a terminal that is still open here."""
        fcntl.ioctl(self.slave, termios.TIOCNXCL)

    def close(self):
        os.close(self.master)
        os.close(self.slave)


class Monitor:
    """Highest resident memory and number of descriptors of all daemons that run."""

    def __init__(self):
        self.daemons = set()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        while True:
            for daemon in list(self.daemons):
                daemon.sample()
            time.sleep(0.2)


class Daemon:
    """hanport run; start it as often as you like. Whatever is not as it must be goes to the round."""

    def __init__(self, round_, lines, port, name="daemon", **options):
        self.round, self.lines, self.port, self.options = round_, lines, port, options
        self.folder = round_.folder / name
        self.folder.mkdir()
        self.state = options.get("state", self.folder / "state")
        self.process = None
        self.runs = 0

    def configuration(self):
        ports = "".join(f'[[port]]\ndevice = "{line.device}"\nparity = "none"\n' for line in self.lines)
        client_id = f"{self.round.prefix}-{self.folder.name}"
        return (ports + f'[mqtt]\nurl = "mqtt://127.0.0.1:{self.port}"\nclient_id = "{client_id}"\n'
                f'prefix = "{self.round.prefix}"\nprotocol = "{self.options.get("protocol", "5")}"\n'
                f'[home_assistant]\nprefix = "{self.round.prefix}-ha"\n[tariff]\n'
                f'[service]\nstate_directory = "{self.state}"\n')

    def start(self, wait=True):
        for line in self.lines:
            line.free()
        config = self.folder / "hanport.toml"
        config.write_text(self.configuration())
        self.runs += 1
        self.log_path = self.folder / f"log.{self.runs}"
        environment = {k: v for k, v in os.environ.items()
                       if k not in ("JOURNAL_STREAM", "NOTIFY_SOCKET", "WATCHDOG_USEC")}
        runtime = self.folder / "runtime"
        runtime.mkdir(exist_ok=True)
        environment |= {"RUNTIME_DIRECTORY": str(runtime), **self.options.get("environment", {})}
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [*self.options.get("before", ()), self.round.world.binary, "run", "--config", config],
                stderr=log, stdout=log, env=environment)
        self.round.world.monitor.daemons.add(self)
        if wait and not self.wait_for_log(": opened"):
            self.round.fail("ends", f"does not start: {self.last_words()}")
            return False
        return True

    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def last_words(self):
        log = self.log().strip()
        return log[-300:].replace("\n", " | ") or "(silent)"

    def wait_for_log(self, text, patience=START_PATIENCE):
        return until(lambda: text in self.log() or self.process.poll() is not None, patience) \
            and text in self.log()

    def sample(self):
        process = self.process  # another thread may end it meanwhile
        if process is None:
            return
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            fds = len(os.listdir(f"/proc/{process.pid}/fd"))
        except OSError:
            return
        self.round.fds = max(self.round.fds, fds)
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                self.round.rss = max(self.round.rss, int(line.split()[1]) * 1024 / 1e6)

    def open_files(self):
        """Paths of what the process has open."""
        folder = pathlib.Path(f"/proc/{self.process.pid}/fd")
        try:
            return [os.readlink(each) for each in folder.iterdir()]
        except OSError:
            return []  # one was closed just now

    def alive(self):
        """False, and told, if it has ended on its own."""
        if self.process is None:
            return False
        if self.process.poll() is None:
            return True
        self.round.fail("ends", f"ended on its own with {self.process.returncode}: {self.last_words()}")
        self._forget()
        return False

    def kill(self):
        if self.alive():
            self.sample()
            self.process.kill()
            self.process.wait()
            self._forget()

    def stop(self, early=False):
        """SIGTERM; early: it may come before the program has taken care of it."""
        if not self.alive():
            return
        self.sample()
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(END_BAR + 15)
        except subprocess.TimeoutExpired:
            status = None
            self.process.kill()
            self.process.wait()
        took = time.monotonic() - begin
        self.round.slowest_end = max(self.round.slowest_end, took)
        if took > END_BAR:
            self.round.fail("orderly end", f"took {took:.1f} s")
        elif status != 0 and not (early and status == -signal.SIGTERM):
            self.round.fail("orderly end", f"exit status {status}: {self.last_words()}")
        self._forget()

    def _forget(self):
        self.round.world.monitor.daemons.discard(self)
        self.process = None
