"""SIGKILL and SIGTERM at random moments, with the broker there, away or silent; floods of the line."""
import os
import time


def random_moments(r):
    meter, line, switch, daemon = r.usual()
    for _ in range(r.rng.randrange(2, 5)):
        switch.set(r.rng.choice((r.good(), r.good(), None, lambda connection, _: connection.recv(1) and time.sleep(99))))
        if not daemon.start():
            return
        lists = []
        end = time.monotonic() + r.rng.uniform(0.1, 2.5)
        while time.monotonic() < end:
            lists.append(r.send(daemon, line, meter.hourly()))
            time.sleep(r.rng.choice((0, 0.01, 0.1, 0.3)))
        if r.rng.random() < 0.6:
            moment = time.monotonic()
            daemon.kill()
            r.not_due_after(moment, lists)
        else:
            daemon.stop()
    switch.set(r.good())
    if daemon.start():
        r.await_all()
        daemon.stop()


def while_starting(r):
    meter, line, switch, daemon = r.usual()
    switch.set(None)
    if not daemon.start():
        return
    for _ in range(10):
        r.send(daemon, line, meter.hourly())
    r.settle()
    daemon.kill()
    switch.set(r.good())
    for _ in range(12):
        daemon.start(wait=False)
        time.sleep(r.rng.uniform(0, 0.3))
        if r.rng.random() < 0.7:
            daemon.kill()
        else:
            daemon.stop(early=True)
    if daemon.start():
        r.await_all()
        daemon.stop()


def garbage(r):
    """Noise, torn frames and foreign bytes as fast as they are taken, true lists in between."""
    meter, line, _, daemon = r.usual()
    if not daemon.start():
        return
    end = time.monotonic() + 4
    while time.monotonic() < end and daemon.alive():
        frame = meter.live().frame
        noise = r.rng.choice((os.urandom(2000), b"\x7E" * 3000, frame[:r.rng.randrange(len(frame))] * 5,
                              b"\x7E\xA7\xFF" * 500, bytes(4000)))
        line.write(noise)
        line.write(b"\x7E" * 2100)  # longer than any frame that the noise may have begun
        r.send(daemon, line, meter.hourly())
    r.await_all()
    daemon.stop()


def flood(r):
    """Live lists without a pause for some seconds, hourly ones in between."""
    meter, line, _, daemon = r.usual()
    if not daemon.start():
        return
    lives = b"".join(meter.live().frame for _ in range(50))
    end = time.monotonic() + 5
    while time.monotonic() < end and daemon.alive():
        line.write(lives)
        r.send(daemon, line, meter.hourly())
    r.await_all()
    daemon.stop()


ROUNDS = [random_moments, while_starting, garbage, flood]
