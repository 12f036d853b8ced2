"""Every public page in its three languages, for search engines."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from activities.feeds import addresses
from activities.models import Activity, Meeting
from activities.models.meeting import RIGA
from kopiena.floor import dates
from partners.models import Institution, Project

MEDIA_TYPE = "application/xml; charset=utf-8"
PAGES_A_FILE = 4_000  # each in three languages: a third of what a sitemap may hold, and some megabytes
STANDING = (
    "families:home",
    "activities:list",
    "activities:institution_list",
    "activities:project_list",
    "floor:about",
    "partners:join",
    "floor:privacy",
    "floor:accessibility",
)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address in each language, and when it last changed where that is known."""

    addresses: tuple[str, ...]
    changed_at: datetime | None = None


def written(now: datetime, number: int | None = None) -> bytes | None:
    """The sitemap, or the index of its files where it is too long; with a number, that file, None where it is not."""
    pages = pages_of(now)
    files = -(-len(pages) // PAGES_A_FILE)
    if number is None and files == 1:
        return _urlset(pages)
    if number is None:
        return _index(range(1, files + 1))
    if files == 1 or not 1 <= number <= files:
        return None
    return _urlset(pages[(number - 1) * PAGES_A_FILE : number * PAGES_A_FILE])


def pages_of(now: datetime) -> list[Page]:
    """Everything anybody may see: four queries, however much it is."""
    year = dates.local_day(now).year
    months, venues = _used(now)
    return [
        *(_page(name) for name in STANDING),
        *_each("activities:calendar_month", ((f"{month:%Y-%m}", None) for month in months), "1111-11"),
        *_each("activities:plan", ((str(each), None) for each in (year, year + 1))),
        *_each("activities:institution", _slugs(Institution.objects.all())),
        *_each("activities:project", _slugs(Project.objects.published())),
        *_venues(venues),
        *_each("activities:activity", Activity.objects.public().order_by("pk").values_list("slug", "changed_at")),
    ]


def _used(now: datetime) -> tuple[list[date], list[str]]:
    """The months from this one on, and the venues, where something public is; of all others nobody hears."""
    meetings = Meeting.objects.public().annotate(month=TruncMonth("starts_at", tzinfo=RIGA))
    found = list(meetings.order_by().values_list("month", "venue__slug").distinct())
    first = dates.local_day(now).replace(day=1)
    months = {month.date() for month, _venue in found if first <= month.date() < first.replace(year=first.year + 1)}
    return sorted(months), sorted({venue for _month, venue in found if venue})


def _page(name: str) -> Page:
    return Page(tuple(_in_each(lambda: settings.SITE_URL + reverse(name))))


def _each(name: str, rows: Iterable[tuple[str, datetime | None]], mark: str = addresses.MARK) -> Iterator[Page]:
    """A page for each row."""
    patterns = list(_in_each(lambda: addresses.pattern(name, mark)))
    for slug, changed_at in rows:
        yield Page(tuple(pattern.of(slug) for pattern in patterns), changed_at)


def _in_each(ask: Callable[[], Found]) -> Iterator[Found]:
    """The answer in each language."""
    for code in dates.LANGUAGES:
        with translation.override(code):
            yield ask()


def _slugs(rows: QuerySet[Any]) -> Iterator[tuple[str, None]]:
    return ((slug, None) for slug in rows.order_by("pk").values_list("slug", flat=True))


def _venues(slugs: list[str]) -> Iterator[Page]:
    """Where venues have pages of their own."""
    try:
        reverse("activities:venue", args=[addresses.MARK])
    except NoReverseMatch:
        return
    yield from _each("activities:venue", ((slug, None) for slug in slugs))


def _urlset(pages: list[Page]) -> bytes:
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    return (head + "".join(map(_urls, pages)) + "</urlset>\n").encode()


def _urls(page: Page) -> str:
    found = [escape(address) for address in page.addresses]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in (*zip(dates.LANGUAGES, found, strict=True), ("x-default", found[0]))
    )
    day = f"<lastmod>{page.changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if page.changed_at else ""
    return "".join(f"<url><loc>{address}</loc>{day}{alternates}</url>\n" for address in found)


def _index(numbers: Iterable[int]) -> bytes:
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    )
    files = (settings.SITE_URL + reverse("sitemap_part", args=[number]) for number in numbers)
    listed = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in files)
    return (head + listed + "</sitemapindex>\n").encode()
