"""A rolling restart: node after node is asked to end and started again, as an operator does it, and nobody is to notice.

What clients saw of it is judged here; that nothing is lost is judged by the checker, as always.
"""
import asyncio
import time

from checker import Verdict
from wire import Broken, Connection


class Rolling:
    """`pause`: seconds that the operator waits after a node is ready again, before the next is asked to end."""

    def __init__(self, cluster, rounds, pause=3):
        self.cluster, self.rounds, self.pause = cluster, rounds, pause
        self.ended_after, self.back_after = [], []

    async def run(self):
        for _ in range(self.rounds):
            for node in self.cluster.nodes:
                await asyncio.sleep(self.pause)
                await self.restart(node)
        await asyncio.sleep(self.pause)

    async def restart(self, node):
        begun = time.monotonic()
        node.up.clear()
        node.process.terminate()
        status = await asyncio.get_running_loop().run_in_executor(None, node.process.wait, 60)
        if status:
            raise SystemExit(f"asked to end, a node ended with {status}; its output is in {node.log.name}")
        self.ended_after.append(time.monotonic() - begun)
        node.start()
        await node.wait_until_up()
        self.back_after.append(node.back_after[-1])
        self.cluster.kills += 1


class Watch:
    """Asks each node directly, again and again, who is here."""

    def __init__(self, cluster, token, names, pause=0.1):
        self.cluster, self.names, self.pause = cluster, set(names), pause
        self.headers = {"Authorization": f"Bearer {token}"}
        self.looks, self.absences = 0, []

    async def watch(self):
        async with asyncio.TaskGroup() as group:
            for node in self.cluster.nodes:
                group.create_task(self.watch_node(node))

    async def watch_node(self, node):
        connection = Connection(node.port, self.headers)
        while True:
            await node.up.wait()
            try:
                status, answer = await connection.request("GET", "/api/v1/agents")
            except Broken:
                status = None
            if status == 200:
                self.note(node.port, answer["agents"])
            await asyncio.sleep(self.pause)

    def note(self, node, agents):
        self.looks += 1
        here = {agent["name"] for agent in agents if agent["presence"] == "here"}
        if missing := self.names - here:
            self.absences.append(f"{time.strftime('%H:%M:%S')} the node at {node} says of {', '.join(sorted(missing))}: not here")


#: What a client must never see while a proxy stands before the nodes.
TROUBLES = {"connections refused", "answers lost, sent again", "polls that failed", "sockets that did not open"}


def nobody_noticed(counts, readers):
    verdict = Verdict("behind the proxy nobody was refused, told of an error or left without an answer")
    verdict.examined = counts["acknowledged"] + sum(len(reader.gaps) for reader in readers)
    verdict.faults += [f"{what}: {count}" for what, count in sorted(counts.items()) if count and (what in TROUBLES or what.startswith("refused with 5"))]
    return verdict


def sockets_were_told(readers, restarts):
    verdict = Verdict("whoever sat with a node that ended was told when to come back, and came back")
    for reader in readers:
        for gap in reader.gaps:
            verdict.require(gap.was_told, f"{gap.reader} lost its socket without a word: {gap.reason}")
    verdict.require(verdict.examined >= restarts, f"{restarts} nodes ended, and {verdict.examined} sockets: too few to judge")
    return verdict


def everybody_stayed(watch, readers):
    verdict = Verdict("every agent was here throughout, to each node and to each reader")
    verdict.examined = watch.looks
    if not watch.looks:
        verdict.faults.append("nobody looked")
    verdict.faults += watch.absences + [absence for reader in readers for absence in reader.absences]
    return verdict


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def print_gaps(rolling, readers):
    gaps = [gap.seconds for reader in readers for gap in reader.gaps]
    print(f"{len(rolling.ended_after)} restarts: a node ended after {max(rolling.ended_after):.1f} s (median {percentile(rolling.ended_after, 0.5):.1f} s) and was back after {max(rolling.back_after):.1f} s at most")
    if gaps:
        print(f"{len(gaps)} sockets came back elsewhere: without news for {percentile(gaps, 0.5):.2f} s (p50), "
              f"{percentile(gaps, 0.99):.2f} s (p99), {max(gaps):.2f} s (longest)")
