"""Every public page in its three languages, for search engines."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from activities.feeds import addresses
from activities.models import Activity, Meeting, Venue
from kopiena.floor import dates
from partners.models import Institution, Project

MEDIA_TYPE = "application/xml; charset=utf-8"
PAGES_A_FILE = 4_000  # each in three languages: a third of what a sitemap may hold, and some megabytes
MONTHS = 12
STANDING = (
    "families:home",
    "activities:list",
    "activities:institution_list",
    "activities:project_list",
    "floor:about",
    "floor:join",
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
    """Everything anybody may see: at most four queries, however much it is."""
    today = dates.local_day(now)
    months = (divmod(today.year * 12 + today.month - 1 + ahead, 12) for ahead in range(MONTHS))
    return [
        *(_page(name) for name in STANDING),
        *_each("activities:calendar_month", ((f"{year}-{month + 1:02}", None) for year, month in months), "1111-11"),
        *_each("activities:plan", ((str(year), None) for year in (today.year, today.year + 1))),
        *_each("activities:institution", _slugs(Institution.objects.all())),
        *_each("activities:project", _slugs(Project.objects.published())),
        *_venues(),
        *_each("activities:activity", Activity.objects.public().order_by("pk").values_list("slug", "changed_at")),
    ]


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


def _venues() -> Iterator[Page]:
    """Where venues have pages of their own; of those where nothing public takes place nobody hears."""
    try:
        reverse("activities:venue", args=[addresses.MARK])
    except NoReverseMatch:
        return
    known = Exists(Meeting.objects.public().filter(venue=OuterRef("pk")))
    yield from _each("activities:venue", _slugs(Venue.objects.filter(known)))


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
