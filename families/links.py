"""The private link and the form's token: derived or random, never readable in the database."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from families.models import SignUp
from kopiena.floor.composed import Composed

_BY_LINK = Composed(lambda link_id: SignUp.objects.filter(link_id=link_id))
PURPOSE = "families.private-link"
ID_BYTES = 16
MAC_BYTES = 16


def link_of(sign_up: SignUp) -> str:
    """The part of the private address that opens this sign-up: its random id and a proof only we can make.

    The proof is not stored, so a leaked database holds no working link; raising `link_version` kills old links.
    """
    return _text(bytes.fromhex(sign_up.link_id) + _proof(sign_up))


def sign_up_of(link: str) -> SignUp | None:
    """The sign-up a link opens, or None."""
    try:
        raw = base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))
    except (ValueError, binascii.Error):
        return None
    if len(raw) != ID_BYTES + MAC_BYTES or _text(raw) != link:
        return None
    sign_up = _BY_LINK.one(raw[:ID_BYTES].hex())
    if sign_up is None or not constant_time_compare(raw[ID_BYTES:], _proof(sign_up)):
        return None
    return sign_up


def _proof(sign_up: SignUp) -> bytes:
    value = f"{sign_up.link_id}:{sign_up.link_version}"
    return salted_hmac(PURPOSE, value, algorithm="sha256").digest()[:MAC_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(frozen=True)
class FormToken:
    """What makes a rendered form one form: a random part, and signed with it the date and the moment it was shown."""

    random: str
    occurrence_id: int
    shown_at: datetime

    def is_good_for(self, occurrence_id: int, now: datetime) -> bool:
        """Whether a form of this date may still be sent with it."""
        lifetime = timedelta(days=settings.FORM_LIFETIME_DAYS)
        return self.occurrence_id == occurrence_id and now - self.shown_at < lifetime

    def is_too_young(self, now: datetime) -> bool:
        """Whether nobody could have filled the form in since it was shown."""
        return now - self.shown_at < timedelta(seconds=settings.MINIMUM_FILLING_SECONDS)


def new_form_token(occurrence_id: int, now: datetime, *, instead_of: FormToken | None = None) -> str:
    """A token for a form that is shown now, signed.

    `instead_of` an earlier one of ours the same person goes on with the same form and does not wait a second time, so
    that moment is carried on: as far as it makes the form old enough to be sent, no further, for the form's lifetime
    of days begins anew.
    """
    shown_at = now
    if instead_of is not None:
        shown_at = max(instead_of.shown_at, now - timedelta(seconds=settings.MINIMUM_FILLING_SECONDS))
    return signing.dumps([secrets.token_hex(16), occurrence_id, shown_at.timestamp()], salt="families.form")


def form_token(signed: str) -> FormToken | None:
    """The token as it was signed, for whatever date and however old; None where it is not ours."""
    try:
        random, of, shown = signing.loads(signed, salt="families.form")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return FormToken(random, of, datetime.fromtimestamp(shown, UTC))
