"""What makes a rendered form one form, however often it is sent; never readable or forged from outside."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing


@dataclass(frozen=True)
class FormToken:
    """A random part, and signed with it what the form is about and the moment it was shown."""

    random: str
    about: int
    shown_at: datetime

    def is_good_for(self, about: int, now: datetime) -> bool:
        """Whether a form about this may still be sent with it."""
        lifetime = timedelta(days=settings.FORM_LIFETIME_DAYS)
        return self.about == about and now - self.shown_at < lifetime

    def is_too_young(self, now: datetime) -> bool:
        """Whether nobody could have filled the form in since it was shown."""
        return now - self.shown_at < timedelta(seconds=settings.MINIMUM_FILLING_SECONDS)


def new_token(salt: str, about: int, now: datetime, *, instead_of: FormToken | None = None) -> str:
    """A token for a form that is shown now, signed.

    `instead_of` an earlier one of ours the same person goes on with the same form and does not wait a second time, so
    that moment is carried on: as far as it makes the form old enough to be sent, no further, for the form's lifetime
    of days begins anew.
    """
    shown_at = now
    if instead_of is not None:
        shown_at = max(instead_of.shown_at, now - timedelta(seconds=settings.MINIMUM_FILLING_SECONDS))
    return signing.dumps([secrets.token_hex(16), about, shown_at.timestamp()], salt=salt)


def read_token(salt: str, signed: str) -> FormToken | None:
    """The token as it was signed, for whatever and however old; None where it is not ours."""
    try:
        random, about, shown = signing.loads(signed, salt=salt)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return FormToken(random, about, datetime.fromtimestamp(shown, UTC))
