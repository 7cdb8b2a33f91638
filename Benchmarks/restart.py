"""The server killed with -9 under load, with thousands connected: how soon everyone is back and caught up, and whether anything is lost."""
import json
import secrets
import subprocess
import time

import servers
from figures import Table


def run(binary, quick, bars):
    connected, rounds = (1000, 1) if quick else (10_000, 3)
    table = Table(f"restart · {connected:,} connected, 200 messages a second, killed with -9 and started again, {rounds} rounds",
                  "answers again ms", "back: half ms", "back: last ms", "missing", "doubled", "refused")
    for _ in range(rounds):
        with servers.directory() as place:
            put(table, *one_restart(binary, connected, place))
    table.print()
    print("  each client comes back 0.5 to 1.5 s after it noticed; missing and doubled are over all receivers of all messages")
    bars.at_most(f"{connected:,} clients back and caught up after a restart, the last one", table.median("moro", "back: last ms") / 1000, 5, " s")
    for what in ("missing", "doubled"):
        bars.at_most(f"{what} after the restart", max(table.rows["moro"][what].values), 0)


def one_restart(binary, connected, place):
    data, password, port = place / "data", secrets.token_urlsafe(18), servers.free_port()
    site = servers.prepare(binary, data, password)
    with servers.serving(binary, data, port, place) as first:
        load = start_load(connected, port, site, servers.sign_in(port, password))
        wait_for_word(load)
        time.sleep(1)
        first.kill()
        first.wait()
    begun = time.monotonic()
    with servers.serving(binary, data, port, place):
        answers = time.monotonic() - begun
        rest, trouble = load.communicate(timeout=120)
    if load.returncode:
        raise SystemExit(trouble)
    return answers, json.loads(rest.splitlines()[-1])


def start_load(connected, port, site, token):
    command = [servers.LOAD / "load", "--kind", "moro", "--port", port, "--phases", "restart", "--connections", connected, "--rate", 200,
               "--seconds", 6, "--site", site, "--agent-token", token]
    return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_word(load):
    for line in load.stdout:
        if "kill now" in line:
            return
    raise SystemExit(load.stderr.read())


def put(table, answers, phase):
    table.add("moro", **{"answers again ms": answers * 1000, "back: half ms": phase["awayP50"], "back: last ms": phase["awayMax"],
                         "missing": phase["missing"], "doubled": phase["doubled"], "refused": phase["refused"]})
