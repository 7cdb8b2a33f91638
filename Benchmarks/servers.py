"""The servers under measurement: started in a directory of their own, ended by their own process id."""
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOAD = ROOT / "Benchmarks/load/.build"
SHOP_PORT = 18259
PORTS = range(18260, 18340)


# Every client here has the same few addresses, which is no visitor's case.
UNLIMITED = {f"MORO_LIMITS_{name}": "0" for name in ("MESSAGES_PER_SESSION", "REQUESTS_PER_ADDRESS", "SIGN_INS_PER_ADDRESS", "SESSIONS_PER_ADDRESS")}


@dataclass
class Server:
    name: str
    port: int
    pids: list[int]
    directory: Path
    site: str = ""
    agent_token: str = ""

    @property
    def pid_list(self):
        return ",".join(map(str, self.pids))

    @property
    def doors(self):
        """Where the load client finds it."""
        return ["--port", self.port]


@contextlib.contextmanager
def floor():
    """A bare epoll relay: what the machine and the client cost by themselves."""
    with directory() as place:
        port = free_port()
        with process([LOAD / "floor", str(port)], place) as relay:
            wait_for_port(port, relay)
            yield Server("floor", port, [relay.pid], place)


@contextlib.contextmanager
def nchan(workers=1):
    with directory() as place:
        port = free_port()
        text = (ROOT / "Benchmarks/nchan/nginx.conf").read_text()
        (place / "nginx.conf").write_text(text.format(port=port, directory=place, workers=workers))
        os.chmod(place, 0o755)
        with process(["nginx", "-c", place / "nginx.conf", "-p", place], place) as master:
            wait(lambda: connects(port) and len(children(master.pid)) >= workers, master, 15)
            yield Server(f"nchan ({workers} worker{'s' if workers > 1 else ''})", port, [master.pid, *children(master.pid)], place)


@contextlib.contextmanager
def moro(binary, data=None):
    """A server on its own data directory, with one site and one agent who is signed in."""
    with directory() as place:
        data = data or place / "data"
        password = secrets.token_urlsafe(18)
        site = prepare(binary, data, password)
        port = free_port()
        with serving(binary, data, port, place) as server:
            yield Server("moro", port, [server.pid], place, site, sign_in(port, password))


@contextlib.contextmanager
def serving(binary, data, port, place, *more):
    command = [binary, "serve", "--port", str(port), "--data", data, *more]
    with process(command, place, {"MORO_BASE_URL": f"http://127.0.0.1:{port}"} | UNLIMITED) as server:
        wait_for_answer(port, server)
        yield server


def prepare(binary, data, password, *more, role="agent"):
    kept = ["--data", data, *more]
    run(binary, "site", "add", *kept, "--name", "Löylymäki", "--origin", f"http://127.0.0.1:{SHOP_PORT}")
    run(binary, "agent", "add", *kept, "--email", "aino@bench.example", "--name", "Aino", "--role", role, "--password-stdin", given=password)
    return first_site(json.loads(run(binary, "site", "list", *kept, "--json")))["key"]


@contextlib.contextmanager
def agent_here(moro):
    """Aino has chosen to be here, and her desk is connected."""
    greeting = (f"GET /api/v1/socket?after=0 HTTP/1.1\r\nHost: 127.0.0.1:{moro.port}\r\nAuthorization: Bearer {moro.agent_token}\r\n"
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bW9ybyBtb3JvIG1vcm8hIQ==\r\n\r\n")
    with socket.create_connection(("127.0.0.1", moro.port), 5) as desk:
        desk.sendall(greeting.encode())
        request = urllib.request.Request(f"http://127.0.0.1:{moro.port}/api/v1/me/presence", b'{"presence": "here"}', method="PUT",
                                         headers={"Content-Type": "application/json", "Authorization": f"Bearer {moro.agent_token}"})
        urllib.request.urlopen(request, timeout=20).close()
        wait_until(lambda: availability(moro)["agents"])
        yield


def availability(moro):
    with urllib.request.urlopen(f"http://127.0.0.1:{moro.port}/api/v1/sites/{moro.site}/widget", timeout=20) as answer:
        return json.load(answer)["availability"]


def wait_until(holds, seconds=20):
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise SystemExit("it did not come about")
        time.sleep(0.05)


def first_site(answer):
    return (answer["sites"] if isinstance(answer, dict) else answer)[0]


def sign_in(port, password):
    return post(port, "/api/v1/agent-sessions", {"email": "aino@bench.example", "password": password})["token"]


def post(port, path, body, headers=None):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def run(*command, given=None, seconds=600):
    done = subprocess.run([str(word) for word in command], input=given, capture_output=True, text=True, timeout=seconds)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command[:3]))}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


@contextlib.contextmanager
def directory():
    place = Path(tempfile.mkdtemp(prefix="moro-bench-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def process(command, place, settings=None):
    with open(place / "output.log", "ab") as log:
        started = subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, cwd=place, env=os.environ | (settings or {}))
    try:
        yield started
    finally:
        end(started)


def end(started):
    if started.poll() is not None:
        return
    started.send_signal(signal.SIGTERM)
    try:
        started.wait(15)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()


def children(pid):
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port():
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise SystemExit("no free port")


def wait_for_port(port, started, seconds=15):
    wait(lambda: connects(port), started, seconds)


def wait_for_answer(port, started, seconds=60):
    wait(lambda: answers(port), started, seconds, pause=0.005)


def wait(ready, started, seconds, pause=0.02):
    until = time.monotonic() + seconds
    while not ready():
        if started.poll() is not None:
            raise SystemExit(f"{started.args[0]} ended with {started.returncode}")
        if time.monotonic() > until:
            raise SystemExit(f"{started.args[0]} did not answer in {seconds} s")
        time.sleep(pause)


def connects(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def answers(port):
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
        return True
    return False
