"""Several nodes on one PostgreSQL: durable messages a second and delivery from node to node, beside bare commits on the same server."""
import json
import subprocess

import load
import nodes
import servers
from figures import Table

CLIENTS = 64
TEXT = "m" * 136
TABLE = "CREATE TABLE bench_lines (id BIGSERIAL PRIMARY KEY, conversation BIGINT NOT NULL, text TEXT NOT NULL)"
# One statement, so one round trip and one commit: the quickest that a message a transaction can be.
INSERT = f"INSERT INTO bench_lines (conversation, text) VALUES (1, '{TEXT}');\n"
INSERT_AND_NOTIFY = f"""WITH line AS (INSERT INTO bench_lines (conversation, text) VALUES (1, '{TEXT}') RETURNING id)
SELECT pg_notify('bench', id::text) FROM line;
"""
NOTE = """  Visitors come in by the first node (of three by the first and third), the agent by the second. Half the messages are the
  visitors', half the agent's. Times from the intended send, open loop. Nodes, PostgreSQL and the load client share the machine's
  cores: more nodes make no more messages fit here, and processor time is the steadier figure. PostgreSQL as it comes (fsync and
  full_page_writes on, 128 MB of shared buffers)."""


def run(binary, quick, bars):
    rounds, seconds, connected = (1, 3, 200) if quick else (3, 6, 1000)
    table = Table(f"cluster · {CLIENTS} clients write as fast as they are answered, {connected:,} connected, {rounds} interleaved rounds of {seconds} s",
                  "a second", "nodes' CPU µs each", "PostgreSQL's", "acknowledged p50 ms", "p99 ms")
    rate = min(500, connected // 2)
    crossing = Table(f"cluster · {rate} messages a second, {connected:,} connected", "visitor → agent p50 ms", "p99 ms", "agent → visitor p50 ms",
                     "p99 ms ", "nodes' CPU µs each", "PostgreSQL's", "missing", "doubled")
    with nodes.company(binary) as company:
        company.sql(TABLE)
        alone = company.create_database("alone")
        for turn in range(rounds):
            put_commits(table, company, seconds)
            put_write_path(table, company, alone, seconds)
            for count in (1, 2, 3):
                with company.nodes(count) as cluster:
                    put(table, crossing, cluster, connected, rate, seconds)
    table.print()
    crossing.print()
    print(NOTE)
    judge(table, crossing, bars)
    idle(binary, 1000 if quick else 10_000, bars)


def put_commits(table, company, seconds):
    table.add("PostgreSQL, INSERT", **{"a second": company.commits(INSERT, CLIENTS, seconds)})
    table.add("PostgreSQL, INSERT + NOTIFY", **{"a second": company.commits(INSERT_AND_NOTIFY, CLIENTS, seconds)})


def put_write_path(table, company, database, seconds):
    said = servers.run(company.binary, "bench", "write", "--data", company.place / "alone", *database, "--seconds", seconds, "--writers", CLIENTS, "--json")
    table.add("moro's write path alone", **{"a second": json.loads(said)["perSecond"]})


def put(table, crossing, cluster, connected, rate, seconds):
    slow = load.phase(load.moro(cluster, "durable", connected, rate, seconds), "durable")
    crossing.add(cluster.name, **{
        "visitor → agent p50 ms": slow["toAgent"]["p50"] / 1000, "p99 ms": slow["toAgent"]["p99"] / 1000,
        "agent → visitor p50 ms": slow["toVisitor"]["p50"] / 1000, "p99 ms ": slow["toVisitor"]["p99"] / 1000,
        "nodes' CPU µs each": each(slow, "cpuShare"), "PostgreSQL's": each(slow, "databaseCpuShare"),
        "missing": slow["missing"], "doubled": slow["doubled"]})
    full = load.phase(load.moro(cluster, "saturate", connected, rate, seconds, "--http", CLIENTS), "saturate")
    table.add(f"moro, {cluster.name}", **{
        "a second": full["perSecond"], "nodes' CPU µs each": each(full, "cpuShare"), "PostgreSQL's": each(full, "databaseCpuShare"),
        "acknowledged p50 ms": full["acknowledged"]["p50"] / 1000, "p99 ms": full["acknowledged"]["p99"] / 1000})


def each(phase, share):
    return phase[share] * 1e6 / max(1, phase["perSecond"])


def judge(table, crossing, bars):
    peer = table.median("PostgreSQL, INSERT + NOTIFY", "a second")
    print(f"  INSERT + NOTIFY makes {table.median('PostgreSQL, INSERT', 'a second') / peer:.2f} times slower than INSERT alone")
    for row in ("moro's write path alone", "moro, 1 node", "moro, 2 nodes", "moro, 3 nodes"):
        bars.at_least(f"{row}, messages a second as a multiple of INSERT + NOTIFY", table.median(row, "a second") / peer, 4, " ×")
    for row in ("2 nodes", "3 nodes"):
        bars.at_most(f"{row}, visitor on A → agent on B, p50", crossing.median(row, "visitor → agent p50 ms"), 3, " ms")
        bars.at_most(f"{row}, visitor on A → agent on B, p99", crossing.median(row, "p99 ms"), 12, " ms")
        for what in ("missing", "doubled"):
            bars.at_most(f"{row}, {what}", max(crossing.rows[row][what].values), 0)


def idle(binary, each_node, bars):
    """A process may open twenty thousand descriptors: each node has a load client of its own, and both hold their visitors at once."""
    table = Table(f"cluster · {2 * each_node:,} idle visitors on two nodes, PSS", "KB each", "socket alone KB", "before MB")
    with nodes.company(binary) as company, company.nodes(2) as cluster:
        for name, phase in zip("AB", together(cluster, each_node)):
            table.add(f"node {name}", **{"KB each": phase["perConnectionKB"], "socket alone KB": phase["socketAloneKB"], "before MB": phase["beforeKB"] / 1024})
    table.print()
    worst = max(table.median(f"node {name}", "KB each") for name in "AB")
    bars.at_most(f"memory for each of {2 * each_node:,} idle visitors on two nodes", worst, 4.5, " KB")


def together(cluster, each_node):
    parts = [servers.Server(f"node {name}", port, [pid], cluster.directory, cluster.site, cluster.agent_token)
             for name, port, pid in zip("AB", cluster.ports, cluster.pids)]
    for part in parts:
        load.moro(part, "idle", 200, 1000, 1, "--conversations", "0")
    started = [subprocess.Popen(command(part, each_node), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for part in parts]
    said = [process.communicate(timeout=300) for process in started]
    for process, (_, trouble) in zip(started, said):
        if process.returncode:
            raise SystemExit(trouble)
    return [load.phase([json.loads(line) for line in out.splitlines()], "idle") for out, _ in said]


def command(part, connected):
    words = [servers.LOAD / "load", "--kind", "moro", *part.doors, "--phases", "idle,hold", "--connections", connected, "--seconds", 10,
             "--site", part.site, "--agent-token", part.agent_token, "--pid", part.pid_list, "--conversations", 0]
    return [str(word) for word in words]
