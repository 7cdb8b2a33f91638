"""Several nodes on one PostgreSQL behind nginx: to the clients one server, of which now this part dies and now that."""
import asyncio
import os
import re
import signal
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

from postgres import Postgres
from server import Server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Cluster(Server):
    """Has the face of one server: what speaks to it speaks to nginx."""

    def __init__(self, binary, port, place, nodes):
        super().__init__(binary, port, place / "data", place / "output.log")
        self.place = place
        self.postgres = Postgres(place, port + 20)
        self.nodes = [Server(binary, port + 1 + number, place / "data", place / f"node-{number}.log") for number in range(nodes)]
        self.accidents = Counter()

    @property
    def database(self):
        return ["--database", self.postgres.address]

    def open(self):
        self.postgres.create()
        if not shutil.which("nginx", path="/usr/sbin:" + os.environ["PATH"]):
            raise SystemExit("There is no nginx here. Run bin/setup --tests.")

    def start(self):
        for node in self.nodes:
            node.more = self.database
            node.start()
        (self.place / "nginx.conf").write_text((HERE / "nginx.conf").read_text().format(place=self.place, port=self.port, **self.as_deployed()))
        self.process = subprocess.Popen(["nginx", "-c", self.place / "nginx.conf", "-p", self.place, "-g", "daemon off;"],
                                        stdout=self.log, stderr=self.log, env=os.environ | {"PATH": "/usr/sbin:" + os.environ["PATH"]})

    def as_deployed(self):
        """What decides where a request goes is taken from the configuration that is given to operators."""
        deployed = (ROOT / "deploy/nginx.conf").read_text()
        upstream = re.search(r"^upstream moro \{$(.*?)^\}$", deployed, re.M | re.S)[1]
        example = re.search(r"^ +server 127\.0\.0\.1:8080 (.*);$", upstream, re.M)
        nodes = "\n".join(f"server 127.0.0.1:{node.port} {example[1]};" for node in self.nodes)
        return {"upstream": upstream.replace(example[0], nodes), "location": re.search(r"^    location / \{$(.*?)^    \}$", deployed, re.M | re.S)[1]}

    def asked_again(self):
        """How often the proxy turned to a second node, or a third: then its log names several."""
        return sum("," in line for line in (self.place / "access.log").read_text().splitlines())

    async def wait_until_up(self, seconds=60):
        for node in self.nodes:
            await node.wait_until_up(seconds)
        await super().wait_until_up(seconds)

    async def kill_and_restart(self, chance):
        accident = self.next_accident(chance)
        self.accidents[accident.__name__.replace("_", " ")] += 1
        self.kills += 1
        await accident(chance)

    def next_accident(self, chance):
        """Each kind once, then as they fall."""
        kinds = [self.node_dies, self.node_sleeps, self.connections_are_cut, self.postgres_dies]
        unseen = [kind for kind in kinds if not self.accidents[kind.__name__.replace("_", " ")]]
        return chance.choice(unseen) if unseen else chance.choices(kinds, [12, 3, 3, 2])[0]

    async def node_dies(self, chance):
        node = chance.choice(self.nodes)
        await node.kill_and_restart(chance)
        self.kills_while_starting = sum(node.kills_while_starting for node in self.nodes)
        self.back_after.append(node.back_after[-1])

    async def node_sleeps(self, chance):
        """Whatever it was doing, the pen in its hand included, and goes on as if nothing had been."""
        node = chance.choice(self.nodes)
        node.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(self.longest_sleep * chance.uniform(0.3, 1))
        node.process.send_signal(signal.SIGCONT)

    longest_sleep = 10

    async def connections_are_cut(self, chance):
        """The proxy's worker dies with all it holds; its master makes another."""
        done = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True)
        for worker in done.stdout.split():
            os.kill(int(worker), signal.SIGKILL)

    async def postgres_dies(self, chance):
        await asyncio.get_running_loop().run_in_executor(None, self.postgres.kill_and_restart)

    def stop(self):
        begun = time.monotonic()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        ended = [node.stop() for node in self.nodes]
        self.log.close()
        return None if None in ended else time.monotonic() - begun
