"""One real server with its own data directory, and its own database where MORO_TEST_DATABASE names a PostgreSQL server: started,
killed, started again on the same data."""

import os
import random
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("MORO_PROGRAM", ROOT / ".build" / "debug" / "moro"))
PORTS = range(18420, 18500)
SITE = "loylymaki"
#: The address of a server on which databases may be made; nothing when all is kept in SQLite.
POSTGRES = os.environ.get("MORO_TEST_DATABASE")


class Server:
    def __init__(self, data=None, **settings):
        self.data = Path(data or tempfile.mkdtemp(prefix="moro-journey-"))
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.database = make_database() if POSTGRES else None
        self.settings = settings | ({"database": self.database} if POSTGRES else {})
        self.log = self.data / "journey.log"
        self.process = None
        self.link = None

    def found(self):
        """The company's site, before anyone is there."""
        self.run("site", "add", "--name", "Löylymäki", "--key", SITE, "--origin", "*")
        return self

    def start(self, patience=60):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command("serve", "--port", str(self.port)), cwd=ROOT, env=self.environment(), stdout=log, stderr=log)
        self.wait_until_ready(patience)
        found = re.findall(r"/desk/sign-in\?link=([\w-]+)", self.log.read_text(errors="replace"))
        self.link = found[-1] if found else None
        return self

    def run(self, *words):
        """One command of the program on this server's data."""
        done = subprocess.run(self.command(*words), cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"moro {' '.join(words)}: {done.stderr}"
        return done.stdout

    def command(self, *words):
        return [str(PROGRAM), *words, "--data", str(self.data)]

    def environment(self):
        settings = {f"MORO_{name.upper()}": str(value) for name, value in self.settings.items()}
        return {**os.environ, "MORO_COMPANY": "Löylymäki", "MORO_OWNER": "tuula@loylymaki.example", **settings}

    def wait_until_ready(self, patience):
        until = time.monotonic() + patience
        while time.monotonic() < until:
            assert self.process.poll() is None, f"the server ended: {self.log.read_text(errors='replace')[-2000:]}"
            try:
                with urllib.request.urlopen(f"{self.base}/readyz", timeout=2):
                    assert f":{self.port}" in self.log.read_text(errors="replace"), "another server has the port"
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server was not ready in {patience} s: {self.log.read_text(errors='replace')[-2000:]}")

    def kill(self):
        """As a power cut would: no farewell."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def clear_away(self):
        """All that it kept, when nobody will ask for it any more."""
        shutil.rmtree(self.data, ignore_errors=True)
        if self.database:
            tell_postgres(f"DROP DATABASE {urlsplit(self.database).path[1:]} WITH (FORCE)")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


def free_port():
    # By chance, because several test processes look for one at the same moment.
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise AssertionError(f"no free port between {PORTS.start} and {PORTS.stop}")


def make_database():
    name = f"journey_{secrets.token_hex(6)}"
    tell_postgres(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    return urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()


def tell_postgres(statement):
    done = subprocess.run(["psql", "--no-psqlrc", "--quiet", "--dbname", POSTGRES, "--command", statement], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{statement}: {done.stderr}"
