"""The smallest browser: one request over one connection, and the whole answer."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE_SECONDS = 60.0  # longer than any answer may take: a storm says itself what is too long


class NoAnswer(Exception):
    """Nobody was there, or the connection broke before the answer was whole."""


@dataclass
class Answer:
    """What came back, and how long it took."""

    status: int
    headers: dict[str, str] = field(repr=False)
    text: str = field(repr=False)
    seconds: float = 0.0
    path: str = ""
    at: float = field(default_factory=time.monotonic)  # when it was whole


async def ask(port: int, path: str, form: dict[str, str] | None = None) -> Answer:
    """GET the path, or POST the form to it."""
    body = urlencode(form or {}).encode()
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    began = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            raw = await _exchange(port, "\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    except (OSError, TimeoutError) as reason:
        raise NoAnswer(f"{path}: {reason!r}") from reason
    return _read(raw, path, time.monotonic() - began)


async def _exchange(port: int, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        await writer.drain()
        return await reader.read()
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def _read(raw: bytes, path: str, seconds: float) -> Answer:
    head, found, body = raw.partition(b"\r\n\r\n")
    if not found:
        raise NoAnswer(f"{path}: the connection broke in the head")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if len(body) < int(headers.get("content-length", 0)):
        raise NoAnswer(f"{path}: the connection broke in the page")
    return Answer(int(first.split()[1]), headers, body.decode(), seconds, path)
