"""A link that opens one page to whoever holds it: derived, never stored, each purpose with a proof of its own."""

import base64
import binascii

from django.utils.crypto import constant_time_compare, salted_hmac

ID_BYTES = 16
MAC_BYTES = 16


def link(purpose: str, link_id: str, value: str) -> str:
    """The random id of the row (32 hexadecimal digits) and a proof over `value` that only we can make.

    The proof is not stored, so a leaked database holds no working link; a link of one purpose opens no other.
    """
    return _text(bytes.fromhex(link_id) + _proof(purpose, value))


def id_in(link: str) -> str | None:
    """The id of the row this link is about; None where it is no link at all."""
    try:
        raw = base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))
    except (ValueError, binascii.Error):
        return None
    if len(raw) != ID_BYTES + MAC_BYTES or _text(raw) != link:
        return None
    return raw[:ID_BYTES].hex()


def is_proven(given: str, purpose: str, link_id: str, value: str) -> bool:
    """Whether this very link was made by us."""
    return constant_time_compare(given, link(purpose, link_id, value))


def _proof(purpose: str, value: str) -> bytes:
    return salted_hmac(purpose, value, algorithm="sha256").digest()[:MAC_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
