"""What was published last, for feed readers: Atom, RFC 4287."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.cards import Card
from activities.models import Activity
from activities.models.meeting import RIGA
from activities.offer import with_dates
from kopiena.floor import dates
from kopiena.floor.said import Said, said

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
NEWEST = 50
NEVER = datetime(2020, 1, 1, tzinfo=UTC)  # when an empty feed was last updated
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML may hold it


@dataclass(frozen=True)
class Entry:
    """One activity."""

    id: str
    title: Said
    url: str
    published_at: datetime
    updated_at: datetime
    when: str
    text: Said
    category: tuple[str, str]  # its code and its word


@dataclass(frozen=True)
class AtomFeed:
    """The newest first; every text is in `language` unless it bears its own."""

    id: str
    title: str
    address: str
    page: str
    language: str
    entries: tuple[Entry, ...]

    @property
    def updated_at(self) -> datetime:
        return max((entry.updated_at for entry in self.entries), default=NEVER)

    def written(self) -> bytes:
        """The document."""
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{self.language}">',
            f"<id>{_text(self.id)}</id><title>{_text(self.title)}</title>",
            f"<updated>{_moment(self.updated_at)}</updated><author><name>Kopiena</name></author>",
            f'<link rel="self" type="application/atom+xml" href={_value(self.address)}/>',
            f'<link rel="alternate" type="text/html" hreflang="{self.language}" href={_value(self.page)}/>',
            *map(_entry, self.entries),
            "</feed>\n",
        ]
        return "\n".join(lines).encode()


def feed(now: datetime) -> AtomFeed:
    """The newest activities that anybody may see, in the active language: three queries."""
    language = dates.language_or_active()
    host = urlsplit(settings.SITE_URL).hostname
    # What is said of time is as of this morning: until midnight the same facts are the same bytes.
    day = datetime.combine(dates.local_day(now), time.min, RIGA)
    newest = Activity.objects.public().filter(published_at__lte=now).order_by("-published_at", "-pk")
    return AtomFeed(
        id=f"tag:{host},2020:activities/{language}",
        title=_("Kopiena: new activities"),
        address=settings.SITE_URL + reverse("activities:atom"),
        page=settings.SITE_URL + reverse("activities:list"),
        language=language,
        entries=tuple(_of(activity, day, f"tag:{host},2020:activity") for activity in with_dates(newest)[:NEWEST]),
    )


def _of(activity: Activity, now: datetime, tag: str) -> Entry:
    """In each language it is an entry of its own: a reader with two of the feeds sees both."""
    card, published_at = Card(activity, now), activity.published_at or NEVER
    return Entry(
        id=f"{tag}/{activity.pk}/{dates.language_or_active()}",
        title=said(activity, "title"),
        url=settings.SITE_URL + activity.get_absolute_url(),
        published_at=published_at,
        updated_at=max(published_at, activity.changed_at),
        when=" · ".join(filter(None, [_("Example") if card.is_demo else "", card.when])),
        text=said(activity, "summary") or said(activity, "description"),
        category=(activity.theme, activity.get_theme_display()),
    )


def _entry(entry: Entry) -> str:
    term, word = entry.category
    return (
        f"<entry><id>{_text(entry.id)}</id>{_construct('title', entry.title)}"
        f'<link rel="alternate" type="text/html" href={_value(entry.url)}/>'
        f"<published>{_moment(entry.published_at)}</published><updated>{_moment(entry.updated_at)}</updated>"
        f"<category term={_value(term)} label={_value(word)}/>"
        f"<summary>{_text(entry.when)}</summary>{_construct('content', entry.text)}</entry>"
    )


def _construct(name: str, words: Said) -> str:
    language = f' xml:lang="{words.language}"' if words.is_fallback else ""
    return f"<{name}{language}>{_text(words.text)}</{name}>"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(value: str) -> str:
    return escape(UNWRITABLE.sub("", value))


def _value(value: str) -> str:
    return quoteattr(UNWRITABLE.sub("", value))
