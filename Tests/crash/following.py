"""Readers: follow the news live, by socket or by long poll, remember the highest number and resume from it."""
import asyncio
import json
import time

from history import Gap, Reader
from rereading import whole_conversation
from wire import Broken, Closed, Connection, Refused, Socket
from writing import message_of


class Follower:
    """`patience`: as a browser has it; without it, comes back at once and hangs up now and then. `agents`: the ids of those at
    work; `known`: tells all conversations there are."""

    def __init__(self, server, reader: Reader, token, site, chance, by_socket, counts, agents, known, patience=False):
        self.server, self.reader, self.token, self.site, self.chance, self.counts = server, reader, token, site, chance, counts
        self.after = reader.started_after
        self.by_socket, self.agents, self.known, self.patience = by_socket, agents, known, patience
        self.hangs_up_at = self.next_hang_up()
        self.left = None
        headers = {"Authorization": f"Bearer {token}"} | ({"Moro-Site": site} if site else {})
        self.connection = Connection(server.port, headers)

    async def follow(self):
        while True:
            await self.server.up.wait()
            try:
                await (self.listen() if self.by_socket else self.poll())
            except Broken as trouble:
                self.reader.reconnects += 1
                self.note(trouble)
                await self.wait_a_while(trouble)

    def note(self, trouble):
        if isinstance(trouble, Refused):
            self.counts["connections refused"] += 1
        if not self.by_socket:
            self.counts["polls that failed"] += 1
        elif self.left is None:
            self.left = time.monotonic(), trouble
        else:
            self.counts["sockets that did not open"] += 1

    async def wait_a_while(self, trouble):
        if not self.patience:
            return await self.server.lived_through(0.3, self.chance)
        hint = trouble.retry_after if isinstance(trouble, Closed) else None
        await asyncio.sleep(hint or self.chance.uniform(0.5, 1.5))

    async def listen(self):
        async with Socket(self.server.port, f"/api/v1/socket?after={self.after}{self.for_site}", self.token) as socket:
            async for text in socket.texts():
                self.is_back()
                await self.take(json.loads(text))
                self.hang_up_now_and_then()

    def is_back(self):
        if self.left is None:
            return
        (left, trouble), self.left = self.left, None
        was_told = isinstance(trouble, Closed) and trouble.code == 1001 and trouble.retry_after is not None
        self.reader.gaps.append(Gap(self.reader.name, time.monotonic() - left, was_told, str(trouble)))

    async def poll(self):
        while True:
            path = f"/api/v1/events?after={self.after}&wait=5{self.for_site}"
            status, answer = await self.connection.request("GET", path, timeout=20)
            if status != 200:
                raise Broken(f"{status} {answer}")
            if answer.get("reset"):
                await self.load_again(answer["seq"])
            for event in answer["events"] + answer["signals"]:
                await self.take(event)
            self.after = max(self.after, answer["seq"])
            self.hang_up_now_and_then()

    def hang_up_now_and_then(self):
        """Coming back to a living server is the harder case: the log is read while more of it is being written."""
        if not self.patience and time.monotonic() > self.hangs_up_at:
            self.hangs_up_at = self.next_hang_up()
            raise Broken("hung up by the test")

    def next_hang_up(self):
        return time.monotonic() + self.chance.uniform(1, 10)

    async def take(self, event):
        if event["type"] == "reset":
            return await self.load_again(event["seq"])
        if event["type"] == "presence" and event["agent"] in self.agents and event["presence"] != "here":
            self.reader.absences.append(f"{self.reader.name} heard that {event['agent']} is {event['presence']}")
        if event["type"] == "availability":
            self.hear(event["availability"])
        if event["type"] == "message.added" and event["message"]["kind"] != "event":
            self.reader.entries.append(message_of(event["message"]))
        if "seq" in event and event["type"] != "hello":
            self.after = event["seq"]

    def hear(self, availability):
        names = {agent["name"] for agent in availability["agents"]}
        if len(names) < len(self.agents):
            self.reader.absences.append(f"{self.reader.name} heard that of all agents only {', '.join(sorted(names)) or 'nobody'} is here")

    async def load_again(self, seq):
        """The hole was too large to fill: what is missing up to `seq` is read from the conversations themselves."""
        self.reader.resets += 1
        missed = []
        for conversation in await self.conversations():
            missed += [m for m in await whole_conversation(self.connection, conversation) if self.after < m.seq <= seq]
        self.reader.entries += sorted(missed, key=lambda message: message.seq)
        self.after = seq

    async def conversations(self):
        """An agent reads again what the test knows of: a list that is read page by page while it changes its order has doubles and holes."""
        if not self.site:
            return sorted(self.known())
        status, answer = await self.connection.request("GET", "/api/v1/conversations")
        if status != 200:
            raise Broken(f"{status} {answer}")
        return [conversation["id"] for conversation in answer["conversations"]]

    @property
    def for_site(self):
        return f"&site={self.site}" if self.site else ""


async def catch_up(followers, newest_of, seconds=60):
    """Waits until every follower has the last message of what it follows, or the time is over: the checker tells the rest."""
    async with asyncio.timeout(seconds):
        while any(behind(follower.reader, newest_of) for follower in followers):
            await asyncio.sleep(0.1)


def behind(reader, newest_of):
    newest = newest_of.get(reader.sees, 0) if reader.sees else max(newest_of.values(), default=0)
    return (reader.entries[-1].seq if reader.entries else 0) < newest
