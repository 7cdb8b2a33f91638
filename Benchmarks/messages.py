"""Durable messages a second, saturated, beside what the same disk gives to bare SQLite."""
import json
import subprocess

import load
import servers
from figures import Table


def run(binary, quick, bars):
    rounds, seconds, connected = (1, 2, 200) if quick else (3, 5, 1000)
    table = Table(f"messages · {connected:,} connected, {rounds} interleaved rounds of {seconds} s", "a second", "CPU µs each", "acknowledged p50 ms", "p99 ms")
    with servers.moro(binary) as moro:
        for _ in range(rounds):
            for batch in (1, 64):
                put_commits(table, moro.directory, seconds, batch)
            put_write_path(table, binary, seconds)
            put_end_to_end(table, moro, connected, seconds)
    table.print()
    judge(table, bars)


def put_commits(table, place, seconds, batch):
    """In the directory's own file system, and removed again."""
    with servers.directory() as beside:
        found = json.loads(servers.run(servers.LOAD / "commits", beside, seconds, batch))
    table.add(f"bare SQLite FULL, {batch} a transaction", **{"a second": found["perSecond"]})


def put_write_path(table, binary, seconds):
    """`moro bench write`: the doorway and the writer, without HTTP. Left out where the binary does not offer it."""
    with servers.directory() as beside:
        done = subprocess.run([str(binary), "bench", "write", "--data", str(beside / "data"), "--seconds", str(seconds), "--json"],
                              capture_output=True, text=True, timeout=120)
    if done.returncode:
        return
    found = json.loads(done.stdout)
    table.add("moro's write path alone", **{"a second": found["perSecond"]})


def put_end_to_end(table, moro, connected, seconds):
    phases = load.moro(moro, "requests,saturate", connected, 1000, seconds, "--http", "128")
    asked, said = load.phase(phases, "requests"), load.phase(phases, "saturate")
    table.add("moro, a bare HTTP request", **{"a second": asked["perSecond"], "CPU µs each": asked["cpuPerDelivery"]})
    table.add("moro, HTTP → disk → socket", **{
        "a second": said["perSecond"], "CPU µs each": said["cpuShare"] * 1e6 / max(1, said["perSecond"]),
        "acknowledged p50 ms": said["acknowledged"]["p50"] / 1000, "p99 ms": said["acknowledged"]["p99"] / 1000})


def judge(table, bars):
    floor = table.median("bare SQLite FULL, 1 a transaction", "a second")
    if "moro's write path alone" in table.rows:
        bars.at_least("write path alone, as a multiple of one message a transaction", table.median("moro's write path alone", "a second") / floor, 8, " ×")
    end_to_end = table.median("moro, HTTP → disk → socket", "a second")
    bars.at_least("durable messages a second, end to end", end_to_end, 10_000)
    print(f"  that is {end_to_end / floor:.2f} × the disk's one-message-a-transaction rate; a bare HTTP request alone takes "
          f"{100 * table.median('moro, a bare HTTP request', 'CPU µs each') / table.median('moro, HTTP → disk → socket', 'CPU µs each'):.0f} % "
          "of the processor time of a message")
