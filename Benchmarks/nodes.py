"""Nodes on one PostgreSQL, which waits for its disk as a real one does."""
import contextlib
import re
import secrets
import sys
from dataclasses import dataclass, field

import servers

sys.path.append(str(servers.ROOT / "Tests/crash"))
from postgres import Postgres  # noqa: E402


@dataclass
class Cluster(servers.Server):
    """Visitors come in by all nodes but one, the agent by that one: every message crosses from node to node."""

    ports: list[int] = field(default_factory=list)
    database: int = 0

    @property
    def doors(self):
        agents = self.ports[1] if len(self.ports) > 1 else self.ports[0]
        visitors = [port for port in self.ports if port != agents] or self.ports
        return ["--port", ",".join(map(str, visitors)), "--agent-port", agents, "--database-pid", self.database]


class Company:
    """A company on a PostgreSQL of its own; nodes come and go."""

    def __init__(self, binary, place):
        self.binary, self.place, self.data = binary, place, place / "data"
        self.postgres = Postgres(place, servers.free_port())
        self.password = secrets.token_urlsafe(18)
        self.agent_token = ""

    @property
    def database(self):
        return ["--database", self.postgres.address]

    def open(self):
        """The company that is there already, or a new one, with one site and one agent more."""
        self.site = servers.prepare(self.binary, self.data, self.password, *self.database, role="admin")

    @contextlib.contextmanager
    def nodes(self, count):
        """So many of them, in a file each for what they say."""
        with contextlib.ExitStack() as stack:
            ports, pids = [], []
            for _ in range(count):
                ports.append(servers.free_port())
                pids.append(stack.enter_context(servers.serving(self.binary, self.data, ports[-1], self.place, *self.database)).pid)
            self.agent_token = self.agent_token or servers.sign_in(ports[0], self.password)
            name = f"{count} node{'s' if count > 1 else ''}"
            yield Cluster(name, ports[0], pids, self.place, self.site, self.agent_token, ports, self.first_process())

    def first_process(self):
        return int((self.postgres.place / "data/postmaster.pid").read_text().split()[0])

    def create_database(self, name):
        self.sql(f"CREATE DATABASE {name}")
        return ["--database", self.postgres.address.rsplit("/", 1)[0] + "/" + name]

    def sql(self, statement):
        return self.client("psql", "-AtX", "-v", "ON_ERROR_STOP=1", "-c", statement)

    def file(self, path, **variables):
        self.client("psql", "-qX", *(word for name, value in variables.items() for word in ("-v", f"{name}={value}")), "-f", path)

    def commits(self, script, clients, seconds):
        """Transactions a second of a pgbench script."""
        file = self.place / "script.sql"
        file.write_text(script)
        said = self.client("pgbench", "-n", "-M", "prepared", "-c", clients, "-j", 2, "-T", seconds, "-f", file)
        return float(re.search(r"^tps = ([\d.]+)", said, re.MULTILINE)[1])

    def client(self, program, *words):
        return servers.run(self.postgres.binaries / program, "-h", "127.0.0.1", "-p", self.postgres.port, "-U", "moro", *words, "moro", seconds=7200)


@contextlib.contextmanager
def company(binary, opened=True):
    with servers.directory() as place:
        company = Company(binary, place)
        company.postgres.create()
        try:
            if opened:
                company.open()
            yield company
        finally:
            company.postgres.stop()
