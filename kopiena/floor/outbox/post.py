"""The conversation with the mail server: what it says of one letter, and what only says that it is away."""

import contextlib
import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

AT_ONCE = 1.0  # seconds: a conversation that ends sooner was over before the letter; a longer silence is trouble
# It wants another greeting or password first, or says goodbye: of that no letter is guilty.
ABOUT_US = frozenset({421, 454, 530, 534, 535, 538})
TOO_LARGE = 552


class ServerTrouble(Exception):
    """The mail server cannot be talked to: nothing is wrong with the letter, and the others need not try."""

    def __init__(self, words: str, *, is_at_letter: bool) -> None:
        super().__init__(words)
        self.is_at_letter = is_at_letter  # it began to take this letter; it may be the letter after all


@dataclass(frozen=True)
class Answer:
    """What the server says of one letter; no words where it has taken it."""

    words: str = ""
    is_lasting: bool = False


class Post:
    """One conversation, kept for the letters of one turn; after trouble there is no other in this turn."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None
        self.trouble: ServerTrouble | None = None

    def hand_over(self, message: EmailMessage, is_still_ours: Callable[[], bool]) -> Answer | None:
        """Give it to the server. Raises ServerTrouble.

        A greeting may take long, so after each new one `is_still_ours` is asked, which may renew the claim: from there
        a letter is four answers. None where it is somebody else's by now.
        """
        if self.trouble:
            raise ServerTrouble(str(self.trouble), is_at_letter=False)
        try:
            is_new = self._open()
            if is_new and not is_still_ours():
                return None
            began = time.monotonic()
            try:
                return self._give(message)
            except ServerTrouble:
                if is_new or time.monotonic() - began > AT_ONCE:
                    raise
            self._open()  # servers end a conversation after so many letters: this one begins the next
            return self._give(message) if is_still_ours() else None
        except ServerTrouble as trouble:
            self.trouble = trouble
            raise

    def _open(self) -> bool:
        """Whether a new conversation had to be begun. Whatever goes wrong before the letter is not the letter's."""
        if self._backend is not None:
            return False
        try:
            self._backend = get_connection(fail_silently=False)
            self._backend.open()
        except Exception as trouble:
            self.close()
            raise ServerTrouble(_name_of(trouble), is_at_letter=False) from trouble
        return True

    def _give(self, message: EmailMessage) -> Answer:
        assert self._backend is not None
        try:
            if not self._backend.send_messages([message]):
                return Answer("there is nobody to send it to", is_lasting=True)
        except smtplib.SMTPRecipientsRefused as refused:
            return self._refused(*next(iter(refused.recipients.values())))
        except smtplib.SMTPDataError as refused:
            return self._refused(refused.smtp_code, refused.smtp_error)
        except smtplib.SMTPSenderRefused as refused:
            if refused.smtp_code == TOO_LARGE:
                return self._refused(refused.smtp_code, refused.smtp_error)
            self.close()
            raise ServerTrouble(_name_of(refused), is_at_letter=False) from refused
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise ServerTrouble(_name_of(trouble), is_at_letter=True) from trouble
        except BaseException:
            self.close()  # who knows where the conversation stands
            raise
        return Answer()

    def _refused(self, code: int, words: bytes | str) -> Answer:
        if code in ABOUT_US:
            self.close()
            raise ServerTrouble(f"it said {code}", is_at_letter=True)
        said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
        return Answer(said.replace("\x00", "")[:300], is_lasting=code >= 500)

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):  # it hung up first
                backend.close()


def _name_of(trouble: Exception) -> str:
    """What to log: never the server's own words, in which an address may stand."""
    code = getattr(trouble, "smtp_code", None)
    return f"{type(trouble).__name__} {code}" if code else type(trouble).__name__
