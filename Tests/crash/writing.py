"""Writers: each sends one message after the other, as fast as it is answered or at a pace, and asks again whenever it can't know."""
import asyncio

from history import Message, Sender
from wire import Broken, Connection, Refused


class Writer:
    def __init__(self, server, sender: Sender, headers, chance, counts, reply, pace=None):
        self.server, self.sender, self.chance, self.counts = server, sender, chance, counts
        self.connection = Connection(server.port, headers)
        self.reply, self.pace = reply, pace

    async def write_until(self, over: asyncio.Event):
        while not over.is_set():
            if self.pace:
                await asyncio.sleep(self.chance.uniform(*self.pace))
            await self.say_next()
        self.connection.close()

    async def say_next(self):
        label = f"{self.sender.name} says {len(self.sender.sent) + 1}"
        self.sender.sent.append(label)
        if self.chance.random() < 0.01:
            await self.hang_up_before_the_answer(label)
        await self.until_acknowledged(label)
        if self.chance.random() < 0.01:
            await self.until_acknowledged(label)

    async def hang_up_before_the_answer(self, label):
        self.counts["answers not waited for"] += 1
        try:
            await self.connection.send("POST", self.path, self.body(label))
            await asyncio.sleep(self.chance.uniform(0, 0.003))
        except OSError:
            pass
        self.connection.close()

    async def until_acknowledged(self, label):
        while True:
            await self.server.up.wait()
            try:
                status, answer = await self.connection.request("POST", self.path, self.body(label))
            except Broken as trouble:
                self.counts["connections refused" if isinstance(trouble, Refused) else "answers lost, sent again"] += 1
                await self.server.lived_through(0.2, self.chance)
                continue
            if status in (200, 201):
                return self.acknowledged(status, answer)
            await self.refused(status, answer)

    def acknowledged(self, status, answer):
        self.counts["acknowledged"] += 1
        if status == 200:
            self.counts["acknowledged as said before"] += 1
        self.sender.acknowledged.append(message_of(answer["message"]))
        self.sender.conversation = answer["message"]["conversation"]

    async def refused(self, status, answer):
        """Busy and slow down are answers to wait out; any other refusal is a bug of the test or the server."""
        if status not in (429, 500, 502, 503, 504):
            raise SystemExit(f"{self.sender.name}: {status} {answer}")
        self.counts[f"refused with {status}"] += 1
        await asyncio.sleep((answer or {}).get("retryAfter", 0.1) or 0.1)

    @property
    def path(self):
        return f"/api/v1/conversations/{self.sender.conversation}/messages" if self.sender.conversation else "/api/v1/conversations"

    def body(self, label):
        return {"clientId": label.replace(" ", "-"), "text": label} | ({"kind": "reply"} if self.reply else {})


def message_of(message):
    return Message(message["conversation"], message["seq"], message["id"], message["text"])
