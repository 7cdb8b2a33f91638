"""A PostgreSQL server of the test's own, which waits for its disk; killed and started again like any other."""
import os
import shutil
import subprocess
from pathlib import Path

from checker import Verdict


class Postgres:
    def __init__(self, place, port):
        self.place, self.port = Path(place) / "postgres", port
        self.binaries = self.find()
        self.kills = 0

    @staticmethod
    def find():
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        known = found[-1] if found else shutil.which("initdb")
        if not known:
            raise SystemExit("There is no PostgreSQL server here. Run bin/setup --tests.")
        return Path(known).parent

    @property
    def address(self):
        return f"postgres://moro@127.0.0.1:{self.port}/moro"

    def create(self):
        self.place.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.place, "postgres")
            for above in [self.place.parent]:
                above.chmod(0o755)
        self.run("initdb", "-D", self.place / "data", "--username=moro", "--auth=trust", "--encoding=UTF8", "--no-locale")
        self.start()
        self.run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "moro", "moro")

    def start(self):
        settings = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories= -c max_connections=100"
        self.run("pg_ctl", "-D", self.place / "data", "-w", "-l", self.place / "log", "-o", settings, "start")

    def kill_and_restart(self):
        """Every process of it ends at once, as after a power cut but for the disk."""
        self.run("pg_ctl", "-D", self.place / "data", "-m", "immediate", "stop")
        self.kills += 1
        self.start()

    def stop(self):
        self.run("pg_ctl", "-D", self.place / "data", "-m", "fast", "stop", check=False)

    def check(self):
        verdict = Verdict("the event log in PostgreSQL has no hole and no double")
        rows = self.run("psql", "-h", "127.0.0.1", "-p", self.port, "-U", "moro", "-AtF", " ", "-c",
                        "SELECT workspace, min(seq), max(seq), count(*), count(DISTINCT seq) FROM events GROUP BY workspace", "moro")
        for row in rows.splitlines():
            workspace, first, last, count, different = row.split()
            verdict.require(int(count) == int(different) == int(last) - int(first) + 1, f"workspace {workspace}: {count} events numbered {first} to {last}")
            verdict.examined += int(count)
        verdict.require(rows, "there are no events")
        return verdict

    def run(self, name, *words, check=True):
        owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*owner, str(self.binaries / name), *map(str, words)]
        # A file, not a pipe: the server that pg_ctl starts would hold the pipe open for as long as it lives.
        output = self.place / "output"
        with open(output, "w+") as file:
            done = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, cwd="/", timeout=120)
        text = output.read_text()
        if check and done.returncode:
            raise SystemExit(f"{name}: {text.strip()}")
        return text
