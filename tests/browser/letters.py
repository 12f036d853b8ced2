"""The letters the running portal has sent: without a mail server they are files under var/mail/."""

import email
import re
import time
from email import policy
from email.message import EmailMessage
from typing import Any, cast

from tests.browser.conftest import Site

PATIENCE = 20.0  # seconds for the worker; it wakes at once on a new notice


def letters_to(site: Site, address: str) -> list[EmailMessage]:
    """All letters to this address, the oldest first."""
    files = sorted((site.var / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    parsed: list[Any] = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    return [cast(EmailMessage, letter) for letter in parsed if letter["To"] == address]


def text_of(letter: EmailMessage) -> str:
    """Its plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def found_in_letters(site: Site, address: str, pattern: str, after: int = 0) -> str:
    """The first group of the pattern in the newest letter that has it, of those beyond the first `after`; waits."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for letter in reversed(letters_to(site, address)[after:]):
            if match := re.search(pattern, text_of(letter)):
                return match[1]
        time.sleep(0.1)
    raise AssertionError([text_of(letter) for letter in letters_to(site, address)])
