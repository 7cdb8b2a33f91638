"""Sleepers: a conversation each, put to sleep by an agent for a few seconds, again and again, so that timers fall due while things die."""
import asyncio
import time

from history import Line
from rereading import every_line
from wire import Broken, Connection


class Sleeper:
    def __init__(self, server, bed, headers, chance, counts):
        self.server, self.bed, self.chance, self.counts = server, bed, chance, counts
        self.connection = Connection(server.port, headers)

    async def sleep_until(self, over: asyncio.Event):
        while not over.is_set():
            if await self.go_to_sleep():
                await self.wait_until_awake(over)

    async def go_to_sleep(self):
        """False when the time was over before anybody heard of it."""
        until = int((time.time() + self.chance.uniform(1.5, 6)) * 1000)
        status = await self.ask("PUT", f"{self.path}/state", {"state": "snoozed", "until": until})
        if status[0] == 422:
            self.counts["snoozes heard of too late"] += 1
            return False
        self.bed.acknowledged.append(until)
        return True

    async def wait_until_awake(self, over=None):
        while not (over and over.is_set()) and (await self.ask("GET", self.path))[1]["conversation"]["state"] == "snoozed":
            await asyncio.sleep(self.chance.uniform(0.3, 0.7))

    async def read_again(self):
        """What happened to it, when all is over: whatever still sleeps then is given the time in which a dead node's work is taken over."""
        try:
            async with asyncio.timeout(90):
                await self.wait_until_awake()
        except TimeoutError:
            self.counts["conversations still asleep"] += 1
        lines = await every_line(self.connection, self.bed.conversation)
        self.bed.lines = [Line(m["seq"], m["event"]["kind"], m["at"], m["event"].get("until"))
                          for m in lines if m["kind"] == "event" and m["event"]["kind"] in ("snoozed", "woken")]
        self.connection.close()

    async def ask(self, method, path, body=None):
        while True:
            await self.server.up.wait()
            try:
                status, answer = await self.connection.request(method, path, body)
            except Broken:
                await self.server.lived_through(0.2, self.chance)
                continue
            if status in (200, 422):
                return status, answer
            if status not in (429, 500, 502, 503, 504):
                raise SystemExit(f"{method} {path}: {status} {answer}")
            await asyncio.sleep((answer or {}).get("retryAfter", 0.1) or 0.1)

    @property
    def path(self):
        return f"/api/v1/conversations/{self.bed.conversation}"


def lateness(beds):
    """Seconds from the time that was asked for to the waking, of each sleep, in order."""
    found = []
    for bed in beds:
        for asleep, awake in zip(bed.lines, bed.lines[1:]):
            if (asleep.kind, awake.kind) == ("snoozed", "woken"):
                found.append((awake.at - asleep.until) / 1000)
    return sorted(found)
