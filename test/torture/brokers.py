"""Brokers that do what a broker must not do; a good one comes in the end and gets everything."""
import os
import socket
import time

from world import until

# Connections in ten seconds, 1, 2, 4 s between the attempts. An attempt by MQTT 3.1.1 that is refused
# is followed by one by 3.1.
BACK_OFF = {"5": 5, "3.1.1": 9}


def read_packet(connection):
    head = _exactly(connection, 1)[0]
    length = shift = 0
    while True:
        octet = _exactly(connection, 1)[0]
        length |= (octet & 0x7F) << shift
        shift += 7
        if octet < 0x80:
            return head, _exactly(connection, length)


def _exactly(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def packet(head, body):
    length, count = b"", len(body)
    while True:
        length += bytes([count % 128 | (0x80 if count > 127 else 0)])
        count //= 128
        if not count:
            return bytes([head]) + length + body


class Session:
    """A broker's side of one connection: takes CONNECT, and then does what it is told."""

    def __init__(self, connection):
        self.connection = connection
        _, body = read_packet(connection)
        self.five = body[6] == 5

    def send(self, head, body):
        self.connection.sendall(packet(head, body))

    def accept(self, reason=0, properties=b""):
        self.send(0x20, bytes([0, reason]) + (bytes([len(properties)]) + properties if self.five else b""))

    def serve(self, refuse=lambda topic: False, got=lambda topic, payload: None):
        """As a broker does; lists whose topic is refused get 0x87."""
        while True:
            head, body = read_packet(self.connection)
            kind = head >> 4
            if kind == 3 and head & 0x06:
                size = int.from_bytes(body[:2], "big")
                topic, rest = body[2:2 + size].decode(), body[2 + size:]
                refused = refuse(topic)
                self.send(0x40, rest[:2] + (bytes([0x87 if refused else 0, 0]) if self.five else b""))
                if not refused:
                    got(topic, rest[3 + rest[2]:] if self.five else rest[2:])
            elif kind == 8:
                self.send(0x90, body[:2] + (b"\0" if self.five else b"") + b"\1")
            elif kind == 12:
                self.send(0xD0, b"")
            elif kind == 14:
                return


def drops_at_once(connection, _):
    pass


def drops_after_connack(connection, _):
    Session(connection).accept()
    time.sleep(0.1)


def drops_after_a_packet(connection, _):
    session = Session(connection)
    session.accept()
    read_packet(connection)


def never_answers(connection, _):
    while connection.recv(4096):
        pass


def talks_nonsense(connection, number):
    if number % 2:
        Session(connection).accept()
    while True:
        connection.sendall(os.urandom(500))
        time.sleep(0.05)


def answers_what_nobody_asked(connection, _):
    session = Session(connection)
    session.accept()
    for number in range(1, 2000):
        session.send(0x40, number.to_bytes(2, "big"))
        session.send(0x90, number.to_bytes(2, "big") + (b"\0\1" if session.five else b"\1"))
        session.send(0xD0, b"")
    never_answers(connection, 0)


def reads_slowly(connection, _):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    Session(connection).accept()
    while connection.recv(1):
        time.sleep(0.05)


def connack_never_ends(connection, _):
    Session(connection)
    connection.sendall(b"\x20\xFF\xFF\xFF\x7F\0\0")
    never_answers(connection, 0)


def refusing(reason):
    def refuses(connection, _):
        session = Session(connection)
        session.accept(reason)
    return refuses


def disconnecting(reason):
    def disconnects(connection, _):
        session = Session(connection)
        session.accept()
        session.send(0xE0, bytes([reason, 0]) if session.five else b"")
    return disconnects


BAD = [drops_at_once, drops_after_connack, drops_after_a_packet, never_answers, talks_nonsense,
       answers_what_nobody_asked, reads_slowly, connack_never_ends]
REASONS = [0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99,
           0x9A, 0x9B, 0x9C, 0x9D, 0x9F, 1, 2, 3, 4, 5, 255]


def bad(r):
    """Some kinds of bad brokers one after the other, then the good one."""
    meter, line, switch, daemon = r.usual()
    behaviour = r.rng.choice([*BAD, refusing(r.rng.choice(REASONS)), disconnecting(r.rng.choice(REASONS))])
    switch.set(behaviour)
    if not daemon.start():
        return
    end = time.monotonic() + 10
    while time.monotonic() < end and daemon.alive():
        for _ in range(20):
            line.write(meter.live().frame)
        r.send(daemon, line, meter.hourly())
        time.sleep(0.3)
    protocol = daemon.options["protocol"]
    if switch.connections > BACK_OFF[protocol]:
        r.fail("other", f"{switch.connections} connections in 10 s, MQTT {protocol}, "
                        f"to a broker that {behaviour.__name__}")
    switch.set(r.good())
    r.await_all()
    daemon.stop()


def refused_lists(r):
    """The broker refuses one meter's lists, not the other's."""
    lines = [r.line(), r.line()]
    refused, good = r.meter(), r.meter()
    switch = r.switch(None)
    got = set()

    def behaviour(connection, _):
        session = Session(connection)
        session.accept()
        session.serve(lambda topic: refused.id in topic and topic.endswith("/hourly"),
                      lambda topic, payload: got.add(payload.decode().rpartition(',"received":"')[0] + "}"))

    switch.set(behaviour)
    daemon = r.daemon(lines, switch)
    if not daemon.start():
        return
    sent = []
    for _ in range(4):
        r.send(daemon, lines[0], refused.hourly(), due=False)
        sent.append(r.send(daemon, lines[1], good.hourly(), due=False).line)
        time.sleep(0.2)
    if not until(lambda: set(sent) <= got, 20) and daemon.alive():
        r.fail("nothing lost", "one meter's refused list holds up the other's "
                               f"({len(set(sent) - got)} of {len(sent)})")
    daemon.stop()


def endless_packet(r):
    """The first connection gets a packet that never ends, the next ones a good broker."""
    meter, line, switch, daemon = r.usual()

    def behaviour(connection, number):
        if number > 1:
            r.good()(connection, number)
            return
        Session(connection).accept()
        connection.sendall(b"\x30\xFF\xFF\xFF\x7F\0\4abcd")
        while True:
            connection.sendall(bytes(2000))
            time.sleep(0.1)

    switch.set(behaviour)
    if daemon.start():
        for _ in range(3):
            r.send(daemon, line, meter.hourly())
        r.await_all()
        daemon.stop()


def retained_config(r):
    """What somebody has left behind as the meter's announcement."""
    meter, line, _, daemon = r.usual()
    config = r.rng.choice((
        b'{"components":{"x":{"platform":5,"unique_id":"u"},"y":{"platform":{},"unique_id":7}}}',
        b'{"components":' + b"[" * 60000 + b"]" * 60000 + b"}", b'{"components":' + b'{"a":' * 60000,
        b"[" * 60000, b"null", b"5", b'{"components":[1,2]}', b'{"components":null,"device":7}', b"\xFF\xFE\0{",
        b'{"components":{"' + b"x" * 60_000_000 + b'":{}}}', b" " * 60_000_000))
    topic = f"{r.prefix}-ha/device/hanport_{meter.id}/config"
    r.world.broker.retain(topic, config)
    try:
        if daemon.start():
            daemon.wait_for_log("connected to the broker", 10)
            for _ in range(3):
                r.send(daemon, line, meter.hourly())
                r.send(daemon, line, meter.live())
                time.sleep(0.5)
            r.await_all()
            daemon.stop()
        if r.failures:
            r.fail("other", f"the announcement was {config[:60]!r}, {len(config)} octets")
    finally:
        r.world.broker.retain(topic, b"")


ROUNDS = [bad, bad, bad, refused_lists, endless_packet, retained_config]
