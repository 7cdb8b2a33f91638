"""The server under test: started on one data directory, killed with -9, started again."""
import asyncio
import json
import os
import random
import signal
import subprocess
import time


# All clients here come from one address, and write faster than people do.
UNLIMITED = {f"MORO_LIMITS_{name}": "0" for name in ("MESSAGES_PER_SESSION", "REQUESTS_PER_ADDRESS", "SIGN_INS_PER_ADDRESS", "SESSIONS_PER_ADDRESS")}


class Server:
    def __init__(self, binary, port, data, log):
        self.binary, self.port, self.data = str(binary), port, str(data)
        self.log = open(log, "ab")
        self.up = asyncio.Event()
        self.process = None
        self.kills = self.kills_while_starting = 0
        self.back_after = []
        #: Words that every command takes.
        self.more = []

    database = []

    def open(self):
        """Makes what must be there before anything can be said to it."""

    def command(self, *words, given=None):
        done = subprocess.run([self.binary, *words, "--data", self.data, *self.database], input=given, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise SystemExit(f"{' '.join(words[:2])}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def add_site(self):
        self.command("site", "add", "--name", "Löylymäki", "--origin", f"http://127.0.0.1:{self.port}")
        answer = json.loads(self.command("site", "list", "--json"))
        return (answer["sites"] if isinstance(answer, dict) else answer)[0]["key"]

    def add_agent(self, name, password):
        email = f"{name.lower()}@loylymaki.example"
        self.command("agent", "add", "--email", email, "--name", name, "--role", "agent", "--password-stdin", given=password)
        return email

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", str(self.port), "--data", self.data, *self.more],
            stdout=self.log, stderr=self.log, env=os.environ | UNLIMITED,
        )

    async def wait_until_up(self, seconds=60):
        begun = time.monotonic()
        while not await self.answers():
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended by itself with {self.process.returncode}; its output is in {self.log.name}")
            if time.monotonic() - begun > seconds:
                raise SystemExit(f"the server did not come back in {seconds} s; its output is in {self.log.name}")
            await asyncio.sleep(0.02)
        self.back_after.append(time.monotonic() - begun)
        self.up.set()

    async def answers(self):
        try:
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                head = await reader.readline()
                writer.transport.abort()
                return b" 200 " in head
        except (OSError, TimeoutError):
            return False

    def kill(self):
        if self.process.poll() is not None:
            raise SystemExit(f"the server ended by itself with {self.process.returncode}; its output is in {self.log.name}")
        self.up.clear()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    async def kill_and_restart(self, chance: random.Random):
        self.kill()
        self.start()
        if chance.random() < 0.15:
            await asyncio.sleep(chance.uniform(0.005, 0.4))
            self.kill()
            self.kills_while_starting += 1
            self.start()
        await self.wait_until_up()

    def stop(self):
        """Asks it to end; returns the seconds that took, or None when it had to be killed after all."""
        begun = time.monotonic()
        try:
            if self.process and self.process.poll() is None:
                self.process.terminate()
                self.process.wait(40)
            return time.monotonic() - begun
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        finally:
            self.log.close()

    async def lived_through(self, pause, chance):
        """Waits until the server is up, and a little more, so that not all clients come back in the same instant."""
        await self.up.wait()
        await asyncio.sleep(chance.uniform(0, pause))
