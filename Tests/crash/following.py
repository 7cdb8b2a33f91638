"""Readers: follow the news live, by socket or by long poll, remember the highest number and resume from it."""
import asyncio
import json
import time

from history import Reader
from rereading import whole_conversation
from wire import Broken, Connection, Socket
from writing import message_of


class Follower:
    def __init__(self, server, reader: Reader, token, site, chance, by_socket):
        self.server, self.reader, self.token, self.site, self.chance = server, reader, token, site, chance
        self.after = reader.started_after
        self.by_socket = by_socket
        self.hangs_up_at = self.next_hang_up()
        headers = {"Authorization": f"Bearer {token}"} | ({"Moro-Site": site} if site else {})
        self.connection = Connection(server.port, headers)

    async def follow(self):
        while True:
            await self.server.up.wait()
            try:
                await (self.listen() if self.by_socket else self.poll())
            except Broken:
                self.reader.reconnects += 1
                await self.server.lived_through(0.3, self.chance)

    async def listen(self):
        async with Socket(self.server.port, f"/api/v1/socket?after={self.after}{self.for_site}", self.token) as socket:
            async for text in socket.texts():
                await self.take(json.loads(text))
                self.hang_up_now_and_then()

    async def poll(self):
        while True:
            path = f"/api/v1/events?after={self.after}&wait=5{self.for_site}"
            status, answer = await self.connection.request("GET", path, timeout=20)
            if status != 200:
                raise Broken(f"{status} {answer}")
            if answer.get("reset"):
                await self.load_again(answer["seq"])
            for event in answer["events"]:
                await self.take(event)
            self.after = max(self.after, answer["seq"])
            self.hang_up_now_and_then()

    def hang_up_now_and_then(self):
        """Coming back to a living server is the harder case: the log is read while more of it is being written."""
        if time.monotonic() > self.hangs_up_at:
            self.hangs_up_at = self.next_hang_up()
            raise Broken("hung up by the test")

    def next_hang_up(self):
        return time.monotonic() + self.chance.uniform(1, 10)

    async def take(self, event):
        if event["type"] == "reset":
            return await self.load_again(event["seq"])
        if event["type"] == "message.added" and event["message"]["kind"] != "event":
            self.reader.entries.append(message_of(event["message"]))
        if "seq" in event and event["type"] != "hello":
            self.after = event["seq"]

    async def load_again(self, seq):
        """The hole was too large to fill: what is missing up to `seq` is read from the conversations themselves."""
        self.reader.resets += 1
        missed = []
        for conversation in await self.conversations():
            missed += [m for m in await whole_conversation(self.connection, conversation) if self.after < m.seq <= seq]
        self.reader.entries += sorted(missed, key=lambda message: message.seq)
        self.after = seq

    async def conversations(self):
        view = "" if self.site else "view=all&limit=200&"
        found, cursor = [], ""
        while True:
            status, answer = await self.connection.request("GET", f"/api/v1/conversations?{view}{cursor}")
            if status != 200:
                raise Broken(f"{status} {answer}")
            found += [conversation["id"] for conversation in answer["conversations"]]
            if not answer.get("next"):
                return found
            cursor = f"after={answer['next']}"

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
