"""The good broker (mosquitto), what is heard from it, and the switch between it and the daemons."""
import collections
import os
import socket
import subprocess
import threading
import time

HEARD = ("+/+/list/+", "+/+/state", "+/+/availability", "+/reader/#")


def until(condition, patience, pause=0.02):
    """Looks again and again; false if the condition does not hold within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Mosquitto:
    """The real broker, for all rounds; each round has a prefix of its own."""

    def __init__(self, folder):
        self.port = free_port()
        config = folder / "mosquitto.conf"
        config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n"
            "max_queued_messages 0\nlog_type none\n" + ("user root\n" if os.geteuid() == 0 else "")
        )
        path = os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
        self.environment = {**os.environ, "PATH": path}
        self.process = subprocess.Popen(["mosquitto", "-c", config], env=self.environment,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not until(self._answers, 20):
            raise TimeoutError("mosquitto does not start")

    def _answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True
        except OSError:
            return False

    def retain(self, topic, payload):
        """A retained message; an empty one removes it."""
        subprocess.run(["mosquitto_pub", "-p", str(self.port), "-t", topic, "-r", "-q", "1", "-s"]
                       if payload else ["mosquitto_pub", "-p", str(self.port), "-t", topic, "-r", "-n"],
                       input=payload, env=self.environment, check=True, timeout=60)

    def close(self):
        self.process.kill()
        self.process.wait()


class Witness:
    """mosquitto_sub, and what it has printed, by the first level of the topic."""

    def __init__(self, broker):
        command = ["mosquitto_sub", "-p", str(broker.port), "-q", "1", "-i", "witness", "-F", "%t\t%p"]
        for topic in HEARD:
            command += ["-t", topic]
        self.heard = collections.defaultdict(list)
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=broker.environment)
        threading.Thread(target=self._listen, daemon=True).start()
        if not until(lambda: broker.retain("ready/reader/torture", b"?") or self.heard["ready"], 20):
            raise TimeoutError("mosquitto_sub hears nothing")

    def _listen(self):
        for line in self.process.stdout:
            topic, _, payload = line.decode("utf-8", "replace").rstrip("\n").partition("\t")
            prefix, _, rest = topic.partition("/")
            self.heard[prefix].append((rest, payload))

    def close(self):
        self.process.kill()
        self.process.wait()


class Switch:
    """A port that stays the same, and behind it what a round wants: a function that has a connection,
    or none, and then connections are refused. Set to another one, it ends all connections."""

    def __init__(self, behaviour=None):
        self.listener = None
        self.behaviour = None
        # Bound all the time, so that nobody else gets the port; it does not listen.
        self.place = socket.socket()
        self.place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.place.bind(("127.0.0.1", 0))
        self.port = self.place.getsockname()[1]
        self.connections = 0  # since the last set()
        self._open = set()
        self._lock = threading.Lock()
        self.set(behaviour)

    def set(self, behaviour):
        with self._lock:
            self.behaviour, self.connections = behaviour, 0
            for each in list(self._open):
                _end(each)
            if behaviour is None and self.listener:
                _end(self.listener)
                self.listener.close()
                self.listener = None
            elif behaviour and not self.listener:
                self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=True)
                threading.Thread(target=self._serve, args=(self.listener,), daemon=True).start()

    def close(self):
        self.set(None)
        self.place.close()

    def _serve(self, listener):
        while True:
            try:
                connection = listener.accept()[0]
            except OSError:
                return
            with self._lock:
                if listener is not self.listener:
                    connection.close()
                    return
                self.connections += 1
                self._open.add(connection)
                arguments = (connection, self.behaviour, self.connections)
            threading.Thread(target=self._answer, args=arguments, daemon=True).start()

    def _answer(self, connection, behaviour, number):
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            behaviour(connection, number)
        except (OSError, EOFError):
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            _end(connection)
            connection.close()


def _end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def pass_on(port):
    """A behaviour: the real broker at that port."""

    def behaviour(connection, _number):
        with socket.create_connection(("127.0.0.1", port)) as broker:
            back = threading.Thread(target=_copy, args=(broker, connection), daemon=True)
            back.start()
            _copy(connection, broker)
            back.join()

    return behaviour


def _copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    _end(source)
    _end(target)
