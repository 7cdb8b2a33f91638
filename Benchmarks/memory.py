"""What one idle connected visitor costs the server in memory, session and all, beside nginx + nchan; and what is kept after four cycles."""
import build
import load
import servers
from figures import Table


def run(binary, quick, bars):
    build.peer()
    connected, rounds = (2000, 1) if quick else (10_000, 3)
    table = Table(f"memory · {connected:,} idle connections, {rounds} rounds, a fresh server each, PSS", "KB each", "socket alone KB", "before MB")
    for _ in range(rounds):
        with servers.nchan() as nchan:
            put(table, nchan.name, warm(load.rooms, nchan) or load.phase(load.rooms(nchan, "idle", connected, 1000, 1), "idle"))
        with servers.moro(binary) as moro:
            warm(load.moro, moro, "--conversations", "0")
            put(table, "moro", load.phase(load.moro(moro, "idle", connected, 1000, 1, "--conversations", "0"), "idle"))
    table.print()
    each, peer = table.median("moro", "KB each"), table.median("nchan (1 worker)", "KB each")
    bars.at_most("memory per idle connected visitor, session included", each, 4.5, " KB")
    bars.at_most("the same as a multiple of nchan's", each / peer, 0.45, " ×")
    cycles(binary, connected, bars)


def warm(loading, server, *more):
    """Code, pools and first pages are the process's, not a visitor's."""
    loading(server, "idle", 200, 1000, 1, *more)


def put(table, row, phase):
    table.add(row, **{"KB each": phase["perConnectionKB"], "socket alone KB": phase.get("socketAloneKB", phase["perConnectionKB"]),
                      "before MB": phase["beforeKB"] / 1024})


def cycles(binary, connected, bars):
    table = Table(f"memory · four cycles of {connected:,} connects, PSS while connected", "MB")
    with servers.moro(binary) as moro:
        found = load.moro(moro, "cycles", connected, 1000, 1, "--conversations", "0")
    for turn, phase in enumerate(found, 1):
        table.add(f"cycle {turn}", MB=phase["afterKB"] / 1024)
    table.print()
    bars.at_most("growth from the first to the fourth cycle", (found[-1]["afterKB"] / found[0]["afterKB"] - 1) * 100, 5, " %")
