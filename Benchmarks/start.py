"""From starting the process to its first answer, with a million messages on the disk; and what it holds when idle."""
import sqlite3
import time

import servers
from figures import Table


def run(binary, quick, bars):
    conversations, rounds = (2000, 3) if quick else (100_000, 5)
    with servers.directory() as place:
        data = place / "data"
        begun = time.monotonic()
        servers.run(binary, "demo", "fill", "--data", data, "--conversations", conversations)
        messages = count_messages(data)
        print(f"\nfilled {messages:,} messages in {time.monotonic() - begun:.0f} s, {size(data) / 1e6:,.0f} MB", flush=True)
        table = Table(f"start · {messages:,} messages on disk, {rounds} starts", "first answer ms", "idle PSS MB", "idle RSS MB")
        for _ in range(rounds):
            put_start(table, binary, data, place)
    table.print()
    bars.at_most(f"start with {messages:,} messages to the first answer", table.median("moro", "first answer ms") / 1000, 1, " s")
    bars.at_most("idle process", table.median("moro", "idle RSS MB"), 60, " MB")


def put_start(table, binary, data, place):
    port = servers.free_port()
    begun = time.monotonic()
    with servers.serving(binary, data, port, place) as server:
        table.add("moro", **{"first answer ms": (time.monotonic() - begun) * 1000})
        time.sleep(3)
        rollup = dict(line.split(":", 1) for line in open(f"/proc/{server.pid}/smaps_rollup") if ":" in line[:20])
        table.add("moro", **{"idle PSS MB": int(rollup["Pss"].split()[0]) / 1024, "idle RSS MB": int(rollup["Rss"].split()[0]) / 1024})


def count_messages(data):
    for path in data.rglob("*.db"):
        with sqlite3.connect(path) as database:
            return database.execute("SELECT count(*) FROM messages").fetchone()[0]
    raise SystemExit(f"no database in {data}")


def size(data):
    return sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
