"""A round: one daemon or two in a folder of their own, what was sent to them, and the bars."""
import json
import shutil
import time
from decimal import Decimal

from daemon import Daemon, Line
from meters import Meter
from world import Switch, pass_on, until

RSS_BAR = 40  # MB
FDS_BAR = 64
READ_BEFORE = 0.25  # s: what was read that long before a kill must not be lost
ARRIVAL_PATIENCE = 75  # s: the longest back-off and some

BARS = ("nothing lost", "nothing wrong", "memory", "descriptors", "orderly end", "ends", "other")


class Round:
    def __init__(self, world, kind, number, rng):
        self.world, self.kind, self.number, self.rng = world, kind, number, rng
        self.prefix = f"t{number}"
        self.folder = world.folder / self.prefix
        self.folder.mkdir()
        self.failures = []
        self.rss = self.fds = self.slowest_end = 0
        self.meters, self.lines, self.daemons, self.switches = [], [], [], []
        # kWh that a live counter may be from its register: more than any of these meters uses in an hour.
        self.live_slack = 30
        self.extra = 0  # what a kind counts besides: flips, connections

    def fail(self, bar, text):
        assert bar in BARS, bar
        if (bar, text) not in self.failures:
            self.failures.append((bar, text))

    # ---- the parts of a round

    def meter(self, **options):
        self.meters.append(Meter(self.rng, **options))
        return self.meters[-1]

    def line(self):
        self.lines.append(Line())
        return self.lines[-1]

    def switch(self, behaviour="good"):
        self.switches.append(Switch(self.good() if behaviour == "good" else behaviour))
        return self.switches[-1]

    def good(self):
        return pass_on(self.world.broker.port)

    def daemon(self, lines, switch, **options):
        self.daemons.append(Daemon(self, lines, switch.port, f"d{len(self.daemons)}", **options))
        return self.daemons[-1]

    def usual(self, **options):
        """A meter, its line, a switch to the good broker, and a daemon, not yet started."""
        meter, line, switch = self.meter(), self.line(), self.switch()
        options.setdefault("protocol", self.rng.choice(("5", "5", "3.1.1")))
        return meter, line, switch, self.daemon([line], switch, **options)

    # ---- sending

    def send(self, daemon, line, sent, due=True):
        """Writes a list and waits until it was read; due: it must arrive."""
        if not daemon.alive() or not line.write(sent.frame):
            return sent
        sent.read = line.wait_read()
        sent.due = due and sent.read is not None
        if sent.read is None and daemon.alive():
            self.fail("other", "the line is not read")
        return sent

    def settle(self):
        """Lets what was read get old enough that no kill may lose it."""
        time.sleep(READ_BEFORE)

    def not_due_after(self, moment, lists):
        """At that moment the daemon was killed: what it had hardly read may be gone."""
        for sent in lists:
            if sent.read is None or sent.read > moment - READ_BEFORE:
                sent.due = False

    # ---- judging

    def arrived(self):
        """Lines of the hourly lists that the subscriber has heard."""
        return {payload.rpartition(',"received":"')[0] + "}"
                for topic, payload in list(self.world.witness.heard[self.prefix])
                if topic.endswith("/list/hourly")}

    def due(self):
        return [sent for meter in self.meters for sent in meter.sent.values()
                if sent.due and sent.kind == "hourly"]

    def missing(self):
        arrived = self.arrived()
        return [sent for sent in self.due() if sent.line not in arrived]

    def await_all(self, patience=ARRIVAL_PATIENCE):
        """All that is due must arrive."""
        if not until(lambda: not self.missing() or not any(d.process for d in self.daemons), patience, 0.1):
            return
        for daemon in self.daemons:
            if daemon.process:
                daemon.alive()

    def judge(self, check_values=True):
        lost = self.missing()
        if lost:
            self.fail("nothing lost", f"{len(lost)} of {len(self.due())} hourly lists")
        if self.rss > RSS_BAR:
            self.fail("memory", f"{self.rss:.0f} MB")
        if self.fds > FDS_BAR:
            self.fail("descriptors", f"{self.fds}")
        if check_values:
            self._judge_values()
        return len(lost)

    def _judge_values(self):
        by_id = {meter.id: meter for meter in self.meters if meter.keep}
        for topic, payload in list(self.world.witness.heard[self.prefix]):
            id_, _, rest = topic.partition("/")
            if id_ not in by_id:
                continue
            meter = by_id[id_]
            if rest.startswith("list/"):
                line = payload.rpartition(',"received":"')[0] + "}"
                if line not in meter.sent:
                    self.fail("nothing wrong", f"{topic}: never sent: {payload[:200]}")
                    return
            elif rest == "state" and (wrong := wrong_state(meter, payload, self.live_slack)):
                self.fail("nothing wrong", wrong)
                return

    def close(self):
        for daemon in self.daemons:
            if daemon.process:
                daemon.process.kill()
                daemon.process.wait()
            self.world.monitor.daemons.discard(daemon)
        for each in self.switches + self.lines:
            each.close()
        self.world.witness.heard.pop(self.prefix, None)
        if self.failures and self.world.keep:
            kept = self.world.keep / f"{self.kind}-{self.number}"
            for log in self.folder.glob("*/log.*"):
                kept.mkdir(parents=True, exist_ok=True)
                shutil.copy(log, kept / f"{log.parent.name}.{log.name}")
        shutil.rmtree(self.folder, ignore_errors=True)


def wrong_state(meter, payload, live_slack):
    """What in a state message no list of the meter has said, in words."""
    state = json.loads(payload, parse_float=Decimal, parse_int=Decimal)
    said = meter.__dict__.setdefault("said", {})
    if len(said.get("lines", ())) != len(meter.sent):
        said["lines"] = set(meter.sent)
        for line in said["lines"]:
            for value in json.loads(line, parse_float=Decimal, parse_int=Decimal)["values"]:
                said.setdefault(value["name"], set()).add(value["value"])
    for name, value in state.items():
        if value is None:
            continue
        if name.endswith("_live"):
            register = state.get(name[:-len("_live")])
            if register is not None and abs(value - register) > live_slack:
                return f"{name} is {value}, the register {register}"
            continue
        number = value * 1000 if "energy" in name else value
        if number not in said.get(name, ()):
            return f"state: {name} {value} was never sent"
    return None
