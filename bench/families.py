"""Families at the gate: a cheap HTTP client, and one whole sign-up as a browser does it."""

import asyncio
import re
import time
import zlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

HOST = "kopiena.example.lv"
TOKEN = re.compile(rb'name="token" value="([^"]+)"')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
LOCATION = re.compile(rb"\r\nlocation: *(\S+)", re.I)
_numbers = count(1)  # each sign-up is another family's


class Wrong(Exception):
    """An answer that a family must not get; the measurement would be worth nothing."""


@dataclass(frozen=True)
class Answer:
    """A status, the address it sends one on to, and the page."""

    status: int
    location: str
    page: bytes


class Browser:
    """One family's connection, kept open; it says where it comes from as our proxy would say it."""

    def __init__(self, port: int) -> None:
        self.port, number = port, next(_numbers)
        self.slowest = 0.0  # seconds
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None
        came_from = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.head = (
            f" HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-For: {came_from}\r\nX-Forwarded-Proto: https\r\n"
            "Accept-Encoding: gzip\r\nConnection: keep-alive\r\n"
        ).encode()

    async def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Sends a request and waits for the whole answer; on a new connection where the server has closed the old."""
        begin = time.perf_counter()
        kind = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(body)
        request = f"{method} {path}".encode() + self.head + (kind if body else b"") + b"\r\n" + body
        try:
            answer = await self._sent(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.close()
            answer = await self._sent(request)
        self.slowest = max(self.slowest, time.perf_counter() - begin)
        return answer

    def close(self) -> None:
        """Leaves; the next request comes on a connection of its own."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def _sent(self, request: bytes) -> Answer:
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length, location = LENGTH.search(head), LOCATION.search(head)
        page = await self.reader.readexactly(int(length[1])) if length else b""
        if page[:2] == b"\x1f\x8b":
            page = zlib.decompress(page, wbits=31)
        return Answer(int(head[9:12]), location[1].decode() if location else "", page)

    async def open_form(self, path: str) -> "Form":
        """The sign-up form, filled in by another family each time: one adult, one child of five."""
        shown = await self.ask("GET", path)
        token = TOKEN.search(shown.page)
        if shown.status != 200 or token is None:
            raise Wrong(f"The form answers {shown.status}.")
        number = next(_numbers)
        typed = {
            **{"token": token[1].decode(), "rows": "1", "contact_name": f"Anna {number}"},
            **{"phone": f"2{number:07d}", "email": f"anna.{number}@example.lv", "adults": "1"},
            **{"child_1_first_name": "Ilze", "child_1_age": "5", "photo": "no", "needs": "", "declaration": "on"},
        }
        return Form(path, typed)

    async def send(self, form: "Form", *, may_wait: bool = False) -> str:
        """Presses the button; the address of the family's own page."""
        body = urlencode(form.typed | ({"wait": "1"} if may_wait else {})).encode()
        answer = await self.ask("POST", form.path, body)
        if answer.status != 302 or "/pieteikums/" not in answer.location:
            raise Wrong(f"The sent form answers {answer.status}.")
        return answer.location

    async def see(self, path: str) -> str:
        """The family's own page; whether it is placed or waits."""
        shown = await self.ask("GET", path)
        for state in ("confirmed", "waiting"):
            if shown.status == 200 and f"status--{state}".encode() in shown.page:
                return state
        raise Wrong(f"The family's page answers {shown.status}.")

    async def sign_up(self, path: str, *, may_wait: bool = False) -> str:
        """One whole sign-up: form, post, result."""
        return await self.see(await self.send(await self.open_form(path), may_wait=may_wait))


@dataclass(frozen=True)
class Form:
    """A filled form and where it goes."""

    path: str
    typed: dict[str, str]


@contextmanager
def browsers(port: int, how_many: int) -> Iterator[list[Browser]]:
    """So many families, each with a connection of its own."""
    opened = [Browser(port) for _ in range(how_many)]
    try:
        yield opened
    finally:
        for each in opened:
            each.close()


async def rate(families: list[Browser], seconds: float, deed: Callable[[Browser, int], Awaitable[object]]) -> float:
    """How many deeds a second all of them together get done; each begins anew as soon as it is through."""
    done = 0
    begin = time.perf_counter()

    async def go_on(number: int, browser: Browser) -> None:
        nonlocal done
        while time.perf_counter() - begin < seconds:
            await deed(browser, number)
            done += 1

    await asyncio.gather(*(go_on(number, browser) for number, browser in enumerate(families)))
    return done / (time.perf_counter() - begin)
