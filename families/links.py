"""The private link and the form's token: derived or random, never readable in the database."""

import base64
import binascii
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from families.models import SignUp

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
    sign_up = SignUp.objects.filter(link_id=raw[:ID_BYTES].hex()).first()
    if sign_up is None or not constant_time_compare(raw[ID_BYTES:], _proof(sign_up)):
        return None
    return sign_up


def _proof(sign_up: SignUp) -> bytes:
    value = f"{sign_up.link_id}:{sign_up.link_version}"
    return salted_hmac(PURPOSE, value, algorithm="sha256").digest()[:MAC_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def new_form_token(occurrence_id: int, now: datetime) -> str:
    """What makes a rendered form one form: random, and signed with its occurrence and the moment it was shown."""
    return signing.dumps([secrets.token_hex(16), occurrence_id, int(now.timestamp())], salt="families.form")


def form_token(signed: str, occurrence_id: int, now: datetime) -> str | None:
    """The random part of a form's token, or None where it is not ours, not for this date, or too old."""
    try:
        token, of, shown = signing.loads(signed, salt="families.form")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    age = timedelta(seconds=now.timestamp() - shown)
    return token if of == occurrence_id and age < timedelta(days=settings.FORM_LIFETIME_DAYS) else None
