"""How long from meaning to send until the other side has it, with many connected, beside nginx + nchan and the bare floor."""
import build
import load
import servers
from figures import Table

NOTE = """  Times from the intended send, open loop. nchan and the floor relay between two sockets and store nothing. Moro's typing goes
  socket → socket; its durable messages go HTTP → disk (fsync) → socket, half from visitors, half from an agent who hears all.
  A busy machine gives every server a p99 of some milliseconds: read it beside the floor's."""


def run(binary, quick, bars):
    build.peer()
    with servers.floor() as floor, servers.nchan() as nchan, servers.moro(binary) as moro:
        for connected in (1000, 10_000):
            compare(connected, 1 if quick else 3, 3 if quick else 8, floor, nchan, moro, bars)
    print(NOTE)


def compare(connected, rounds, seconds, floor, nchan, moro, bars):
    rate = min(1000, connected // 2)  # a visitor's typing signal goes once a second at most
    table = Table(f"delivery · {connected:,} connected, {rate} messages a second, {rounds} interleaved rounds of {seconds} s",
                  "p50 µs", "p99 µs", "CPU µs a delivery", "missing", "doubled")
    for _ in range(rounds):
        for relay in (floor, nchan):
            put(table, relay.name, load.phase(load.rooms(relay, "relay", connected, rate, seconds), "relay"))
        phases = load.moro(moro, "typing,durable", connected, rate, seconds)
        put(table, "moro, typing", load.phase(phases, "typing"))
        put(table, "moro, durable", load.phase(phases, "durable"))
        put_side(table, "  visitor → agent", load.phase(phases, "durable")["toAgent"])
        put_side(table, "  agent → visitor", load.phase(phases, "durable")["toVisitor"])
        put_side(table, "  acknowledged", load.phase(phases, "durable")["acknowledged"])
    table.print()
    judge(table, nchan.name, connected, bars)


def put(table, row, phase):
    table.add(row, **{"p50 µs": phase["delay"]["p50"], "p99 µs": phase["delay"]["p99"], "CPU µs a delivery": phase["cpuPerDelivery"],
                      "missing": phase.get("dropped", phase["missing"]), "doubled": phase["doubled"]})


def put_side(table, row, delay):
    table.add(row, **{"p50 µs": delay["p50"], "p99 µs": delay["p99"]})


def judge(table, peer, connected, bars):
    for kind, p50_bar, p99_bar in (("typing", 1.1, 1.3), ("durable", 5, 15)):
        for column, bar in (("p50 µs", p50_bar), ("p99 µs", p99_bar)):
            ratio = table.median(f"moro, {kind}", column) / table.median(peer, column)
            bars.at_most(f"{kind} at {connected:,}, {column[:3]} as a multiple of nchan's", ratio, bar, " ×")
    bars.at_most(f"durable at {connected:,}, p99", table.median("moro, durable", "p99 µs") / 1000, 5, " ms")
    for what in ("missing", "doubled"):
        bars.at_most(f"durable at {connected:,}, {what}", table.median("moro, durable", what), 0)
