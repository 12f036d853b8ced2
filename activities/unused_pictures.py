"""Pictures that nothing shows are thrown away with their files, and what was never finished is tidied up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models

from activities.models import Proposal
from kopiena.floor.pictures.sizes import kept
from kopiena.floor.pictures.storing import folder, remove
from partners.models import Picture

UNFINISHED = timedelta(days=1)  # so long a form may still be open whose picture has no row, or no page yet


def throw_away(now: datetime) -> int:
    """How many pictures went: without a use for 30 days, files without a row or a use, rows without files."""
    used = used_keys()
    long_ago = now - timedelta(days=settings.UNUSED_PICTURE_DAYS)
    there = {each.name: each for each in folder().iterdir()} if folder().is_dir() else {}
    gone = 0
    rows = dict(Picture.objects.values_list("key", "uploaded_at"))
    for key, uploaded_at in rows.items():
        is_without_files = key not in there and uploaded_at < now - UNFINISHED
        if key not in used and (uploaded_at < long_ago or is_without_files):
            Picture.objects.filter(key=key).delete()
            remove(key)
            gone += 1
    for name, files in there.items():
        if name in rows or name in used:
            continue
        if files.stat().st_mtime < (now - UNFINISHED).timestamp():
            remove(name)
            gone += 1
    return gone


def used_keys() -> set[str]:
    """The pictures that a page shows, or a proposal of any state names."""
    found = {
        str(key) for key in Proposal.objects.values_list("content__picture", flat=True) if isinstance(key, str) and key
    }
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ImageField):
                found |= _keys(model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    return found


def _keys(names: Iterable[str]) -> set[str]:
    return {found.key for name in names if name and (found := kept(name))}
