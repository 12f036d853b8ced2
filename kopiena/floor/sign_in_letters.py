"""Letters of the sign-in: written into the outbox like all others, sent by the worker, their secret forgotten after."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor import outbox
from kopiena.floor.dates import language_or_active
from kopiena.floor.models import Notice, User
from kopiena.floor.outbox import Kind, Letter, Pointless

SIGN_IN_CODE = "sign_in_code"
OF_THE_ACCOUNT = "of_the_account"
VALID = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def owe(kind: str, email: str, details: dict[str, Any], now: datetime) -> None:
    """Owe this address a letter. It is about the account, or about nobody we know, and each one is its own."""
    user = User.objects.filter(email__iexact=email).first()
    about = f"user:{user.pk}" if user else f"nobody:{secrets.token_hex(8)}"
    revision = secrets.randbelow(2**31)  # says nothing of the code and is never the same again
    letter = outbox.Owed(about, kind, revision, recipient=email, language=language_or_active(), details=details)
    outbox.owe([letter], now)


def sign_in_code(notice: Notice, now: datetime) -> Letter:
    """The code, for as long as it opens anything; never in the subject, which a locked phone shows to all."""
    code = _secret(notice, "code")
    if not User.objects.filter(email__iexact=notice.recipient, is_active=True).exists():
        raise Pointless(Notice.Reason.NOT_SO)
    return Letter(
        subject=_("Your code to sign in"),
        greeting=_("Hello!"),
        paragraphs=[
            _("Your code to sign in: %(code)s") % {"code": code},
            _("Type it on the page you have open. Minutes it is valid: %(minutes)s.")
            % {"minutes": int(VALID.total_seconds() // 60)},
        ],
        afterwards=[_("If you did not ask for a code, you need not do anything. Tell it to nobody.")],
    )


def of_the_account(notice: Notice, now: datetime) -> Letter:
    """Whatever else the sign-in writes to somebody, as it was worded when it happened."""
    return Letter(subject=_secret(notice, "subject"), paragraphs=_secret(notice, "text").split("\n\n"))


def _secret(notice: Notice, name: str) -> str:
    """Raises Pointless where it is forgotten already: it went out once, and goes out no second time."""
    if name not in notice.details:
        raise Pointless(Notice.Reason.TOO_LATE)
    return str(notice.details[name])


KINDS = [
    Kind(
        SIGN_IN_CODE,
        gettext_lazy("code to sign in"),
        sign_in_code,
        outdates=frozenset({SIGN_IN_CODE}),
        is_first=True,
        is_secret=True,
        tried_for=VALID,
    ),
    Kind(
        OF_THE_ACCOUNT,
        gettext_lazy("about the account"),
        of_the_account,
        is_first=True,
        is_secret=True,
        tried_for=VALID,
    ),
]
