"""As much of HTTP/1.1 and WebSocket as the crash test needs, on asyncio's streams: quick to fail, quick to come back."""
import asyncio
import base64
import json
import os
import struct


class Broken(Exception):
    """The connection ended, was refused, or said nothing for too long: the answer is not known."""


class Refused(Broken):
    """Nobody let us in."""


class Closed(Broken):
    """The other side said goodbye."""

    def __init__(self, payload):
        self.code = int.from_bytes(payload[:2], "big") if len(payload) >= 2 else 1005
        self.reason = payload[2:].decode(errors="replace")
        super().__init__(f"closed: {self.code} {self.reason}")

    @property
    def retry_after(self):
        """Seconds, where it was said when to come back."""
        return int(self.reason[6:]) / 1000 if self.reason.startswith("retry=") else None


class Connection:
    """One keep-alive connection, opened when first needed and again after every break."""

    def __init__(self, port, headers=None):
        self.port = port
        self.headers = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self.reader = self.writer = None

    async def request(self, method, path, body=None, timeout=10):
        try:
            async with asyncio.timeout(timeout):
                await self.send(method, path, body)
                return await self.answer()
        except ConnectionRefusedError as trouble:
            raise Refused(str(trouble)) from trouble
        except (OSError, EOFError, TimeoutError, ValueError, asyncio.LimitOverrunError) as trouble:
            self.close()
            raise Broken(f"{method} {path}: {trouble!r}") from trouble

    async def send(self, method, path, body=None):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        content = json.dumps(body).encode() if body is not None else b""
        kind = "Content-Type: application/json\r\n" if body is not None else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self.headers}{kind}Content-Length: {len(content)}\r\n\r\n"
        self.writer.write(head.encode())
        if content:
            # Apart, as browsers do: a proxy that passes on what it has before it has all can't ask another node.
            await asyncio.sleep(0.001)
            self.writer.write(content)
        await self.writer.drain()

    async def answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head[9:12])
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        content = await self.content(fields)
        if fields.get("connection") == "close":
            self.close()
        return status, json.loads(content) if content else None

    async def content(self, fields):
        if fields.get("transfer-encoding") != "chunked":
            return await self.reader.readexactly(int(fields.get("content-length", 0)))
        parts = []
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)
        return b"".join(parts)

    def close(self):
        if self.writer is not None:
            self.writer.transport.abort()
        self.reader = self.writer = None


class Socket:
    """News by WebSocket: `async with Socket(…) as socket: async for text in socket`. Ends with Broken, whatever the reason."""

    def __init__(self, port, path, token):
        self.port, self.path, self.token = port, path, token

    async def __aenter__(self):
        try:
            async with asyncio.timeout(10):
                await self.open()
        except ConnectionRefusedError as trouble:
            raise Refused(str(trouble)) from trouble
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as trouble:
            raise Broken(str(trouble)) from trouble
        return self

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        key = base64.b64encode(os.urandom(16)).decode()
        self.writer.write(
            f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Protocol: moro, token.{self.token}\r\n\r\n".encode()
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        if head[9:12] != b"101":
            self.writer.transport.abort()
            raise Broken(head.decode("latin-1").split("\r\n")[0])

    async def __aexit__(self, *_):
        self.writer.transport.abort()

    async def texts(self):
        try:
            while True:
                opcode, payload = await self.frame()
                if opcode == 1:
                    yield payload
                elif opcode == 9:
                    self.pong(payload)
                elif opcode == 8:
                    raise Closed(payload)
        except (OSError, EOFError) as trouble:
            raise Broken(str(trouble)) from trouble

    async def frame(self):
        first, length = await self.reader.readexactly(2)
        if length == 126:
            (length,) = struct.unpack(">H", await self.reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", await self.reader.readexactly(8))
        return first & 15, await self.reader.readexactly(length)

    def pong(self, payload):
        mask = b"\0\0\0\0"
        self.writer.write(bytes([0x8A, 0x80 | len(payload)]) + mask + payload)
