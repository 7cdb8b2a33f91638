"""Small files to send: a real picture, made here."""

import struct
import zlib


def png(width=64, height=48, colour=(23, 79, 64)):
    row = b"\0" + bytes(colour) * width
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(row * height)), (b"IEND", b"")))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def file(name, data, kind="application/octet-stream"):
    return {"name": name, "mimeType": kind, "buffer": data if isinstance(data, bytes) else data.encode()}
