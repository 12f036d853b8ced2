"""Pictures come in: rebuilt, kept under a random name, written down; what is none is refused in a sentence."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kopiena.floor.models import User
from kopiena.floor.pictures.sizes import kept
from kopiena.floor.pictures.storing import Unfit, remove, store
from partners.models import Institution, Picture

__all__ = ["Unfit", "key_of", "name_of", "own", "take_in"]


def take_in(file: Any, institution: Institution | None, *, by: User, now: datetime) -> Picture:
    """The picture in the uploaded file, for this institution; whoever calls this has asked for the declaration.

    Raises Unfit with a sentence for the person. Of the file itself nothing is kept.
    """
    today = Picture.objects.filter(institution=institution, uploaded_at__gt=now - timedelta(days=1))
    if institution is not None and today.count() >= settings.PICTURES_PER_DAY:
        raise Unfit(_("That is many pictures for one day. Please come back tomorrow."))
    made = store(file)
    try:
        return Picture.objects.create(
            key=made.key,
            institution=institution,
            width=made.width,
            height=made.height,
            declared_at=now,
            uploaded_at=now,
            uploaded_by=by,
        )
    except BaseException:
        remove(made.key)
        raise


def own(institution: Institution, key: str) -> Picture | None:
    """The institution's picture of this key; another's is as if it were not there."""
    return Picture.objects.filter(institution=institution, key=key).first() if _is_key(key) else None


def key_of(name: str) -> str:
    """What a draft calls the picture that stands on a page: its key, or the name of an older file as it is."""
    found = kept(name)
    return found.key if found else name


def name_of(key: str, institution: Institution, current: str = "") -> str:
    """What the image field is to hold for a draft's `picture`; "" for none.

    The institution's own pictures, and the one that stands there now (`current`), whoever took that in.
    """
    if key and key == key_of(current):
        return current
    picture = own(institution, key)
    return picture.name if picture else ""


def _is_key(key: object) -> bool:
    return isinstance(key, str) and len(key) == 32 and key.isascii() and key.isalnum()
