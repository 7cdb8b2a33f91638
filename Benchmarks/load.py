"""Runs the C load client against a server and hands back its phases."""
import json
import subprocess

import servers


def rooms(server, phases, connections, rate, seconds):
    return load(server, "rooms", phases, connections, rate, seconds)


def moro(server, phases, connections, rate, seconds, *more):
    """Visitors made in one run are used again by the next against the same server."""
    kept = server.directory / f"visitors-{connections}"
    return load(server, "moro", phases, connections, rate, seconds, "--site", server.site, "--agent-token", server.agent_token,
                "--visitors", kept, *more)


def load(server, kind, phases, connections, rate, seconds, *more):
    command = [servers.LOAD / "load", "--kind", kind, *server.doors, "--phases", phases, "--connections", connections,
               "--rate", rate, "--seconds", seconds, "--pid", server.pid_list, *more]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise SystemExit(f"the load client against {server.name}: {done.stderr.strip()}\n{output_of(server)}")
    complain(server, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def phase(phases, name):
    return next(found for found in phases if found["phase"] == name)


def complain(server, trouble):
    for line in trouble.strip().splitlines()[:5]:
        print(f"  ({server.name}) {line}", flush=True)


def output_of(server):
    log = server.directory / "output.log"
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""
