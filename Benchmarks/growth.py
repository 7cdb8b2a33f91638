"""How cost grows: with the conversations in the database, on SQLite and on PostgreSQL, over HTTP; and with the agents who listen."""
import contextlib
import json
import random
import re
import secrets
import socket
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import load
import nodes
import servers
from figures import Table

RATE = 100


def run(binary, quick, bars):
    sizes, rounds = ([10_000, 100_000], 1) if quick else ([10_000, 100_000, 1_000_000], 3)
    for kept in (OnSQLite, OnPostgreSQL):
        with kept.make(binary) as database:
            grow(database, sizes, rounds, 100 if quick else 200, bars)
            listen(database, 3 if quick else 6)


# Size


def grow(database, sizes, rounds, times, bars):
    table = Table(f"growth · {database.name}, {rounds} rounds of {times} requests one after the other", "p50 ms", "p99 ms", "CPU µs each", "as a multiple")
    first = {}
    for size in sizes:
        begun = time.monotonic()
        database.grow_to(size)
        with database.server() as server:
            counted = f"{size:,} conversations"
            print(f"\n{database.name}: {counted}, {database.megabytes():,.0f} MB, filled in {time.monotonic() - begun:.0f} s", flush=True)
            desk = Desk(server, database, times)
            for _ in range(rounds):
                for what, ask in desk.questions():
                    begun = processor_time(server)
                    seconds = [ask() for _ in range(times)]
                    put(table, what, counted, seconds, (processor_time(server) - begun) * 1e6 / times, first)
            if size == 100_000:
                bars.at_most(f"{database.name}: opening a conversation among {size:,}, p99", table.median(f"opening it, {counted}", "p99 ms"), 100, " ms")
    table.rows = dict(sorted(table.rows.items(), key=lambda row: list(first).index(row[0].rsplit(", ", 1)[0])))
    table.print()


def put(table, what, counted, seconds, processor, first):
    seconds = sorted(seconds)
    p50, p99 = (1000 * seconds[min(len(seconds) - 1, int(len(seconds) * part))] for part in (0.5, 0.99))
    table.add(f"{what}, {counted}", **{"p50 ms": p50, "p99 ms": p99, "CPU µs each": processor,
                                       "as a multiple": processor / first.setdefault(what, processor)})


def processor_time(server):
    """Of the server's threads and its database's processes, in seconds: steadier than the clock on a machine that others use too."""
    database = getattr(server, "database", 0)
    processes = [*server.pids, *([database, *servers.children(database)] if database else [])]
    return sum(int(thread.read_text().split()[0]) for pid in processes for thread in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


class Desk:
    """One agent and one visitor who ask again and again, of conversations and by words that were really said, drawn at random."""

    def __init__(self, server, database, times):
        self.server, self.line, self.chance = server, Line(server.port), random.Random(20261122)
        self.agent = {"Authorization": f"Bearer {server.agent_token}"}
        self.conversations = database.some("SELECT id FROM conversations ORDER BY random() LIMIT 500")
        texts = database.some("SELECT text FROM messages WHERE kind = 'reply' ORDER BY random() LIMIT 500")
        self.words = [word for text in texts for word in re.findall(r"\w{5,}", text)]
        self.visitor, self.own = self.enter()
        self.times = times

    def enter(self):
        """A visitor with a conversation of their own."""
        begun = self.line.ask("POST", "/sessions", {}, {"site": self.server.site, "cookieless": True})
        papers = {"Authorization": f"Bearer {begun['token']}", "Moro-Site": self.server.site}
        said = self.line.ask("POST", "/conversations", papers, {"clientId": secrets.token_hex(8), "text": "Hei"})
        return papers, said["conversation"]["id"]

    def questions(self):
        return [
            ("a visitor's message", self.message), ("a note in an old conversation", self.note), ("opening it", self.opening),
            ("the inbox, all", lambda: self.timed("/conversations?view=all")), ("the inbox, closed", lambda: self.timed("/conversations?view=closed")),
            ("starting the desk", lambda: self.timed("/me")), ("searching a word", lambda: self.search(1)), ("searching two words", lambda: self.search(2)),
            ("an agent, 300 events behind", self.agent_behind), ("a visitor, all their events", self.visitor_behind),
        ]

    def message(self):
        return self.say(self.own, self.visitor, {})

    def note(self):
        return self.say(self.chance.choice(self.conversations), self.agent, {"kind": "note"})

    def say(self, conversation, papers, more):
        return self.line.timed("POST", f"/conversations/{conversation}/messages", papers, {"clientId": secrets.token_hex(8), "text": "Kiitos!"} | more)

    def opening(self):
        """As the desk does it: the conversation and its newest page."""
        conversation = self.chance.choice(self.conversations)
        return self.timed(f"/conversations/{conversation}") + self.timed(f"/conversations/{conversation}/messages?limit=50")

    def search(self, count):
        return self.timed("/search?q=" + "+".join(quote(self.chance.choice(self.words)) for _ in range(count)))

    def agent_behind(self):
        return self.timed(f"/events?after={self.head() - 300}&wait=0")

    def visitor_behind(self):
        return self.line.timed("GET", f"/events?after=0&wait=0&site={self.server.site}", self.visitor)

    def head(self):
        return self.line.ask("GET", f"/events?after={10**15}&wait=0", self.agent)["seq"]

    def timed(self, path):
        return self.line.timed("GET", path, self.agent)


class Line:
    """One keep-alive connection, read by hand: a client library would take longer than the server."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.bytes = b""

    def timed(self, *request):
        begun = time.perf_counter()
        status, body = self.exchange(*request)
        took = time.perf_counter() - begun
        if status >= 300:
            raise SystemExit(f"{request[:2]}: {status} {body[:300]!r}")
        return took

    def ask(self, *request):
        status, body = self.exchange(*request)
        if status >= 300:
            raise SystemExit(f"{request[:2]}: {status} {body[:300]!r}")
        return json.loads(body)

    def exchange(self, method, path, papers, body=None):
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} /api/v1{path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in papers.items())]
        if content:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        self.socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        head = self.until(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        return int(head[9:12]), self.exactly(int(length[1])) if length else self.chunks()

    def chunks(self):
        body = b""
        while size := int(self.until(b"\r\n"), 16):
            body += self.exactly(size)
            self.until(b"\r\n")
        self.until(b"\r\n")
        return body

    def until(self, mark):
        while mark not in self.bytes:
            self.receive()
        found, self.bytes = self.bytes.split(mark, 1)
        return found

    def exactly(self, count):
        while len(self.bytes) < count:
            self.receive()
        found, self.bytes = self.bytes[:count], self.bytes[count:]
        return found

    def receive(self):
        more = self.socket.recv(1 << 18)
        if not more:
            raise SystemExit("the server has closed the connection")
        self.bytes += more


# Listeners


def listen(database, seconds):
    """Every agent hears every message; so the cost of a message grows with them, and that of a visitor's with nobody."""
    table = Table(f"growth · {database.name}, {RATE} messages a second, each heard by every agent and its visitor",
                  "deliveries a message", "server's CPU µs each", "PostgreSQL's", "to agents p50 ms", "p99 ms")
    with database.server() as server:
        tokens = [server.agent_token, *(new_agent(server, number) for number in range(99))]
        for count in (1, 10, 100):
            server.agent_token = ",".join(tokens[:count])
            phase = load.phase(load.moro(server, "durable", 200, RATE, seconds, "--agents", count), "durable")
            each = phase["seconds"] / phase["sent"] * 1e6
            table.add(f"{count} agents", **{
                "deliveries a message": phase["delivered"] / phase["sent"], "server's CPU µs each": phase["cpuShare"] * each,
                "PostgreSQL's": phase["databaseCpuShare"] * each, "to agents p50 ms": phase["toAgent"]["p50"] / 1000,
                "p99 ms": phase["toAgent"]["p99"] / 1000})
    table.print()


def new_agent(server, number):
    papers = {"Authorization": f"Bearer {server.agent_token}"}
    agent = {"email": f"agent-{number}-{secrets.token_hex(3)}@loylymaki.example", "name": "Eero", "role": "agent"}
    link = servers.post(server.port, "/api/v1/agents", agent, papers)["link"]
    return servers.post(server.port, "/api/v1/agent-sessions", {"link": link.rsplit("=", 1)[-1]})["token"]


# Databases


@dataclass
class OnSQLite:
    """Filled by `moro demo fill` throughout."""

    binary: object
    place: object
    name: str = "SQLite"
    size: int = 0

    @classmethod
    @contextlib.contextmanager
    def make(cls, binary):
        with servers.directory() as place:
            yield cls(binary, place)

    def __post_init__(self):
        self.data, self.password = self.place / "data", secrets.token_urlsafe(18)

    def grow_to(self, size):
        servers.run(self.binary, "demo", "fill", "--data", self.data, "--conversations", size - self.size, "--seed", size, seconds=7200)
        if not self.size:
            self.site = servers.prepare(self.binary, self.data, self.password, role="admin")
        self.size = size

    @contextlib.contextmanager
    def server(self):
        port = servers.free_port()
        with servers.serving(self.binary, self.data, port, self.place) as process:
            yield servers.Server(self.name, port, [process.pid], self.place, self.site, servers.sign_in(port, self.password))

    def some(self, query):
        with contextlib.closing(sqlite3.connect(f"file:{self.data / 'moro.db'}?mode=ro", uri=True)) as database:
            return [row[0] for row in database.execute(query)]

    def megabytes(self):
        return sum(path.stat().st_size for path in self.data.glob("moro.db*")) / 1e6


@dataclass
class OnPostgreSQL:
    """The smallest size is filled by `moro demo fill`; the others are that company multiplied by SQL, which is an order of magnitude quicker."""

    company: nodes.Company
    name: str = "PostgreSQL"
    size: int = 0

    @classmethod
    @contextlib.contextmanager
    def make(cls, binary):
        with nodes.company(binary, opened=False) as company:
            yield cls(company)

    def grow_to(self, size):
        company = self.company
        if not self.size:
            servers.run(company.binary, "demo", "fill", "--data", company.data, *company.database, "--conversations", size, seconds=7200)
            company.open()
            self.smallest = size
            # What was filled is the model: nothing may be said before it has been noted how much that is.
            company.file(servers.ROOT / "Benchmarks/multiply.sql", already=1, times=1)
        else:
            company.file(servers.ROOT / "Benchmarks/multiply.sql", already=self.size // self.smallest, times=size // self.smallest)
        self.size = size

    @contextlib.contextmanager
    def server(self):
        with self.company.nodes(1) as server:
            yield server

    def some(self, query):
        return self.company.sql(query).splitlines()

    def megabytes(self):
        return float(self.company.sql("SELECT pg_database_size('moro') / 1e6"))
