#!/usr/bin/env python3
"""Measures the daemon as a household uses it: a pseudo terminal, hanport run, mosquitto, and a
subscriber. The Python standard library only; started by scripts/bench-daemon.

Latency is from the write of a list's closing flag to the list's message in the subscriber's hands.
CPU time is what the kernel counts for all threads of the daemon, to the nanosecond. That of a day's
lists is measured with lists delivered as a serial adapter does, a few octets at a time at 2400
baud. That of a day's idle seconds stands below, without a bar of its own: it is the price of waking
up, nearly all of it for paho's two threads, and so it is told beside what a program pays on this
machine that does nothing but wake up.
"""

import argparse
import atexit
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tty

LISTS_A_DAY = 8640 + 24
SECONDS_A_DAY = 86400
HOUR = 361  # lists: 360 live and one hourly
PIECE = 4  # octets that an adapter hands over at a time: 16 ms at 2400 baud
OCTETS_A_SECOND = 240
PACED_LISTS = 60
LIST_PAUSE = 0.03
IDLE_SECONDS = 20
PATIENCE = 20

# What is measured, its bar, its unit.
MEDIAN_BAR = 1.0
P99_BAR = 5.0
RSS_BAR = 14.0
GROWTH_BAR = 0.25  # MB; a page here and there is no growth
CPU_BAR = 5.0


class Subscriber:
    """As much of MQTT 3.1.1 as it takes to hear messages of QoS 0."""

    def __init__(self, port, topic):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = b""
        name = b"subscriber"
        self._send(0x10, b"\0\4MQTT\4\2\0\0" + len(name).to_bytes(2, "big") + name)
        assert self._packet()[0] == 0x20
        text = topic.encode()
        self._send(0x82, b"\0\1" + len(text).to_bytes(2, "big") + text + b"\0")
        assert self._packet()[0] == 0x90

    def _send(self, head, body):
        assert len(body) < 128
        self.socket.sendall(bytes([head, len(body)]) + body)

    def _packet(self):
        deadline = time.monotonic() + PATIENCE
        while True:
            length = shift = 0
            for at in range(1, min(len(self.data), 5)):
                length |= (self.data[at] & 0x7F) << shift
                shift += 7
                if self.data[at] < 0x80:
                    end = at + 1 + length
                    if len(self.data) >= end:
                        packet = self.data[0], self.data[at + 1 : end]
                        self.data = self.data[end:]
                        return packet
                    break
            if not select.select([self.socket], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError("no message within %d s" % PATIENCE)
            more = self.socket.recv(65536)
            if not more:
                raise ConnectionError("the broker closed the subscriber's connection")
            self.data += more

    def wait_for(self, ending):
        """Returns the time at which a message of such a topic was there."""
        while True:
            head, body = self._packet()
            if head & 0xF0 == 0x30:
                size = int.from_bytes(body[:2], "big")
                if re.search(ending, body[2 : 2 + size]):
                    return time.perf_counter()


class Daemon:
    def __init__(self, hanport, folder, device, port):
        config = folder / "hanport.toml"
        config.write_text(
            f'[[port]]\ndevice = "{device}"\n[mqtt]\nurl = "mqtt://localhost:{port}"\n'
            'client_id = "bench"\n[service]\nstate_directory = "state"\n'
        )
        environment = {k: v for k, v in os.environ.items() if k != "JOURNAL_STREAM"}
        self.log = open(folder / "log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [hanport, "run", "--config", config], stderr=self.log, env=environment
        )
        atexit.register(self.process.kill)

    def wait_for_log(self, text):
        deadline = time.monotonic() + PATIENCE
        while text not in pathlib.Path(self.log.name).read_text(encoding="utf-8"):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise TimeoutError("hanport run does not say: " + text)
            time.sleep(0.01)

    def memory(self):
        """Resident memory in MB (millions of octets), and what of it is its own."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        kilobytes = {
            key: int(re.search(key + r":\s+(\d+) kB", status)[1]) for key in ("VmRSS", "RssAnon")
        }
        return tuple(value * 1024 / 1e6 for value in kilobytes.values())

    def cpu(self):
        """Seconds of CPU time so far, all threads."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
        return total / 1e9

    def switches(self):
        """Times that a thread has gone to sleep so far."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            status = (task / "status").read_text(encoding="ascii")
            total += int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", status)[1])
        return total

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def bare_wake():
    """Seconds of CPU time that it takes to wake up, look at nothing and sleep again."""
    code = """
import time
def spent():
    return int(open("/proc/self/schedstat").read().split()[0])
begin = spent()
for _ in range(20):
    time.sleep(0.35)
print((spent() - begin) / 20)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return float(done.stdout) / 1e9


def start_broker(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "mosquitto.conf"
    config.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nlog_type none\n"
        + ("user root\n" if os.geteuid() == 0 else "")
    )
    path = os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
    broker = subprocess.Popen(
        ["mosquitto", "-c", config],
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return broker, port
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def frames(hanport, hours):
    """The lists of some hours, 361 each."""
    capture = subprocess.run(
        [hanport, "simulate", "--to", "stdout", "--start", "2026-11-20T00:00:00"]
        + ["--duration", str(hours * 3610)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    lines = re.findall(r"^\[[^]]*\]([0-9A-F ]*)$", capture, re.M)
    return [bytes.fromhex(line) for line in lines][: hours * HOUR]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # and so everything is cleaned up
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hanport", required=True, help="the program to measure")
    arguments.add_argument("--hours", type=int, default=100, help="for the growth of memory")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        broker, port = start_broker(folder)
        try:
            return measure(options, folder, port)
        finally:
            broker.kill()
            broker.wait()


def measure(options, folder, port):
    lists = frames(options.hanport, options.hours + 5)
    line, adapter = os.openpty()
    tty.setraw(adapter)
    os.set_inheritable(line, False)
    device = os.ttyname(adapter)
    os.close(adapter)
    subscriber = Subscriber(port, "hanport/+/list/#")
    daemon = Daemon(options.hanport, folder, device, port)
    daemon.wait_for_log("opened")
    daemon.wait_for_log("connected to the broker")

    def send_whole(some, what):
        print(f"  {what}: {len(some)} lists", file=sys.stderr)
        for frame in some:
            os.write(line, frame)
            subscriber.wait_for(b"/list/")

    send_whole(lists[:HOUR], "an hour")
    rss_hour, own_hour = daemon.memory()

    print(f"  idle: {IDLE_SECONDS} s", file=sys.stderr)
    begin, cpu, switches = time.monotonic(), daemon.cpu(), daemon.switches()
    time.sleep(IDLE_SECONDS)
    seconds = time.monotonic() - begin
    idle, wakes = (daemon.cpu() - cpu) / seconds, (daemon.switches() - switches) / seconds

    print("  three hours, their last octet timed", file=sys.stderr)
    latencies = []
    for frame in lists[HOUR : 4 * HOUR]:
        os.write(line, frame[:-1])
        time.sleep(LIST_PAUSE)
        start = time.perf_counter()
        os.write(line, frame[-1:])
        latencies.append((subscriber.wait_for(b"/list/") - start) * 1000)

    print("  some lists as an adapter delivers them", file=sys.stderr)
    paced = []
    begin, cpu = time.monotonic(), daemon.cpu()
    for frame in lists[4 * HOUR : 4 * HOUR + PACED_LISTS]:
        first = time.perf_counter()
        for at in range(0, len(frame), PIECE):
            # The line keeps its pace, however long a write takes.
            time.sleep(max(0, first + (at + PIECE) / OCTETS_A_SECOND - time.perf_counter()))
            start = time.perf_counter()
            os.write(line, frame[at : at + PIECE])
        paced.append((subscriber.wait_for(b"/list/") - start) * 1000)
    busy = daemon.cpu() - cpu - idle * (time.monotonic() - begin)
    a_list = busy / PACED_LISTS

    begin, cpu = time.monotonic(), daemon.cpu()
    send_whole(lists[5 * HOUR : (options.hours + 5) * HOUR], "many hours")
    busy = daemon.cpu() - cpu - idle * (time.monotonic() - begin)
    a_whole_list = busy / (options.hours * HOUR)
    rss_end, own_end = daemon.memory()
    status = daemon.stop()

    latencies.sort()
    paced.sort()
    rows = [
        (f"latency, median of {len(latencies)} lists", latencies[len(latencies) // 2],
         MEDIAN_BAR, "ms"),
        ("latency, 99 %", latencies[len(latencies) * 99 // 100], P99_BAR, "ms"),
        ("resident after an hour's lists", rss_hour, RSS_BAR, "MB"),
        (f"resident after {options.hours} times that", rss_end, RSS_BAR, "MB"),
        ("growth between the two", rss_end - rss_hour, GROWTH_BAR, "MB"),
        ("CPU of a day's lists", a_list * LISTS_A_DAY, CPU_BAR, "s"),
    ]
    missed = status != 0
    for what, figure, bar, unit in rows:
        missed |= figure > bar
        print(f"{what:34} {figure:8.3f} {unit:2}  bar {bar:5.2f} {unit:2}"
              f"  {'ok' if figure <= bar else 'MISSED'}")
    print(f"  of which its own, not shared with files: {own_hour:.3f} MB, then {own_end:.3f} MB")
    print(f"  CPU of a day's idle seconds {idle * SECONDS_A_DAY:.3f} s: {wakes:.1f} times awake a second,"
          f" {idle / wakes * 1e6:.0f} us each; a program that only wakes up: {bare_wake() * 1e6:.0f} us")
    print(f"  CPU of a list {a_list * 1e6:.0f} us in pieces, {a_whole_list * 1e6:.0f} us in one;"
          f" of an idle second {idle * 1e6:.0f} us")
    print(f"  slowest list {latencies[-1]:.3f} ms; in pieces: median {paced[len(paced) // 2]:.3f} ms,"
          f" slowest {paced[-1]:.3f} ms; load of this machine {os.getloadavg()[0]:.1f}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
