"""A mail server on the loopback that keeps what it is sent, and misbehaves where a test tells it to."""

import asyncio
import socket
import time
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

OK = "250 OK"
HANG_UP = "hang up"  # said by a Say: the connection ends there without an answer


@dataclass(frozen=True)
class Arrived:
    """One copy of a letter as the sink took it."""

    recipient: str
    content: bytes = field(repr=False)
    at: float = field(default_factory=time.monotonic)

    @property
    def message(self) -> EmailMessage:
        read: Any = message_from_bytes(self.content, policy=policy.default)
        return read

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])


# What the sink answers to a recipient or a letter; it may take its time over it.
Say = Callable[[str], Awaitable[str]]


async def fine(_what: str) -> str:
    return OK


def always(answer: str) -> Say:
    """The same answer each time."""

    async def say(_what: str) -> str:
        return answer

    return say


def first(count: int, answer: str) -> Say:
    """This answer so often, then all is well."""
    left = [count]

    async def say(_what: str) -> str:
        left[0] -= 1
        return answer if left[0] >= 0 else OK

    return say


def slowly(seconds: float) -> Say:
    """Well, but late."""

    async def say(_what: str) -> str:
        await asyncio.sleep(seconds)
        return OK

    return say


def until(event: Event) -> Say:
    """Well, but not before it is set."""

    async def say(_what: str) -> str:
        while not event.is_set():
            await asyncio.sleep(0.01)
        return OK

    return say


class Sink:
    """Keeps every copy it has answered for; `of_sender`, `of_recipient`, `before_data` and `of_letter` may be set."""

    def __init__(self, port: int = 0, *, has_password: bool = False) -> None:
        self.arrived: list[Arrived] = []
        self.asked: list[str] = []  # every recipient named to it, also where it did not take the letter
        self.connections = 0
        self.of_sender: Say = fine
        self.of_recipient: Say = fine
        self.of_letter: Say = fine  # after the letter is there: what is not OK is not kept
        self.kept_before: bool = False  # keeps it before it answers, as a server does that dies between
        self.has_password = has_password
        self.port = port
        self._controller: Controller | None = None

    def start(self) -> "Sink":
        self._controller = _Controller(self, hostname="127.0.0.1", port=self.port or _free_port())
        self._controller.start()
        self.connections = 0  # the controller has knocked itself
        self.port = self._controller.port
        return self

    def stop(self) -> None:
        """Nobody listens any more; open conversations break off."""
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

    def __enter__(self) -> "Sink":
        return self.start()

    def __exit__(self, *_reason: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def ids(self) -> list[str]:
        return [each.message_id for each in self.arrived]

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        answer = await self._said(server, await self.of_sender(address))
        if answer == OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.asked.append(address)
        answer = await self._said(server, await self.of_recipient(address))
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        copy = Arrived(envelope.rcpt_tos[0], envelope.content)
        if self.kept_before:
            self.arrived.append(copy)
        answer = await self._said(server, await self.of_letter(copy.recipient))
        if answer == OK and not self.kept_before:
            self.arrived.append(copy)
        return answer

    async def _said(self, server: SMTP, answer: str) -> str:
        if answer == HANG_UP:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
        return answer


class _Controller(Controller):
    """Counts the conversations, and stops in the middle of them."""

    def __init__(self, sink: Sink, **where: Any) -> None:
        super().__init__(sink, **where)
        self.sink = sink
        self.open: list[SMTP] = []

    def factory(self) -> SMTP:
        self.sink.connections += 1
        wants: dict[str, Any] = {}
        if self.sink.has_password:
            wants = {"authenticator": _nobody, "auth_required": True, "auth_require_tls": False}
        with warnings.catch_warnings(action="ignore"):  # a password in plain text is for the loopback alone
            made = SMTP(self.handler, hostname="sink", **wants)
        self.open.append(made)
        return made

    def stop(self, no_assert: bool = False) -> None:
        for each in self.open:
            if each.transport is not None:
                self.loop.call_soon_threadsafe(each.transport.abort)  # type: ignore[attr-defined]
        super().stop(no_assert)


def _nobody(*_who: object) -> AuthResult:
    """No password is right."""
    return AuthResult(success=False, handled=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
