"""Brings the catalogue from the database: four queries, once after each change of what is on offer."""

import threading
import time
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import slugify

from activities.finder import near
from activities.finder.catalogue import Ages, Bits, Catalogue, Days, Name, Stay, bits_of
from activities.finder.near import Row, is_held
from activities.models import Activity, Meeting, Need
from activities.models.meeting import RIGA
from kopiena.floor import dates, stamps
from kopiena.floor.said import in_language
from partners.models import Institution, Project
from partners.shown import in_order

SEASONS_IN_ORDER = ("winter", "spring", "summer", "autumn")
NO_LIMIT = 1000  # years: nobody is older
ASCII = str.maketrans("āčēģīķļņšūž", "acegiklnsuz")
LANGUAGES = {"is_in_latvian": "lv", "is_in_russian": "ru", "is_in_english": "en"}


@dataclass(frozen=True)
class _Loaded:
    catalogue: Catalogue
    offer: int  # the stamp
    until: float  # on the steady clock


_last: _Loaded | None = None
_loading = threading.Lock()


def current(now: datetime) -> Catalogue:
    """The catalogue of this moment, made anew after a change, when a meeting ends, and when a day begins."""
    global _last
    look = stamps.look() if settings.PAGES_KEPT else None
    if look is None:
        return load(now)
    known = _last
    if known is not None and known.offer == look.stamp.offer and time.monotonic() < known.until:
        return known.catalogue
    with _loading:  # the second thread takes what the first has made meanwhile
        known = _last
        if known is None or known.offer != look.stamp.offer or time.monotonic() >= known.until:
            made = load(now)
            seconds = (made.good_until - now).total_seconds() if look.is_settled else settings.STAMP_READ_SECONDS
            known = _last = _Loaded(made, look.stamp.offer, time.monotonic() + seconds)
        return known.catalogue


def load(now: datetime) -> Catalogue:
    """Everything public that is still to come at `now`: the next one first, then what has no date yet."""
    meetings = _meetings(now)
    next_at: dict[int, datetime] = {}
    for row in meetings:
        next_at.setdefault(row.occurrence__activity_id, row.starts_at)
    rows = sorted(_activities(now), key=lambda row: _order(row, next_at))
    places = {row.pk: place for place, row in enumerate(rows)}
    institutions = in_order(Institution.objects.all())
    projects = list(Project.objects.published().by_title())
    sets = _Sets(len(rows))
    slugs = {each.pk: each.slug for each in institutions}
    project_slugs = {each.pk: each.slug for each in projects}
    for place, row in enumerate(rows):
        sets.add("theme", row.theme, place)
        sets.add("undated", None if row.pk in next_at else "1", place)
        sets.add("project", project_slugs.get(row.project_id), place)
        for organiser in row.organiser_ids:
            sets.add("institution", slugs.get(organiser), place)
        for name, language in LANGUAGES.items():
            sets.add("language", language if getattr(row, name) else None, place)
        sets.add("helpers", "1" if row.is_for_helpers or row.is_help_wanted else None, place)
    districts = _add_venues(sets, meetings, places)
    midnight = datetime.combine(dates.local_day(now) + timedelta(days=1), datetime.min.time(), RIGA)
    return Catalogue(
        good_until=min([midnight, *(row.ends_at for row in meetings)]),
        ids=array("q", [row.pk for row in rows]),
        days=Days(_stays(meetings, places)),
        ages=[_ages(row.age_from, row.age_to, row.is_sibling_welcome) for row in rows],
        sets=sets.as_bits(),
        districts=districts,
        week=near.week(meetings, places, now),
        newest=near.newest(rows, now),
        today=near.today(meetings, places, now),
        institutions={each.slug: _name(each, "short_name") for each in institutions},
        partners=[each.slug for each in institutions if each.is_partner and not each.is_closed(dates.local_day(now))],
        projects={each.slug: _name(each, "title") for each in projects},
    )


@dataclass
class _Sets:
    """Collects which places suit which choice."""

    count: int
    of: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, choice: str | None, place: int) -> None:
        if choice:
            self.of[name, choice].append(place)

    def as_bits(self) -> dict[str, dict[str, Bits]]:
        made: dict[str, dict[str, Bits]] = defaultdict(dict)
        for (name, choice), places in self.of.items():
            made[name][choice] = bits_of(places, self.count)
        return dict(made)


def _activities(now: datetime) -> Iterable[Row]:
    meetings = Meeting.objects.filter(occurrence__activity=OuterRef("pk"))
    organisers = Activity.organisers.through.objects.filter(activity=OuterRef("pk")).order_by("pk")
    wanted = Need.objects.filter(activity=OuterRef("pk"), kind=Need.Kind.HELPERS, wanted__gt=F("taken"))
    still_planned = Q(approximate_year__isnull=True) | Q(approximate_year__gte=dates.local_day(now).year)
    on_offer = Exists(meetings.filter(ends_at__gt=now)) | (~Exists(meetings) & still_planned)
    return (
        Activity.objects.public()
        .filter(on_offer)
        .order_by()
        .annotate(
            organiser_ids=ArraySubquery(organisers.values("institution_id")),
            is_help_wanted=Exists(wanted),
            title=in_language("title", "lv"),
        )
        .values_list(
            *("pk", "title", "theme", "project_id", "age_from", "age_to", "is_sibling_welcome", "is_for_helpers"),
            "published_at",
            *("is_in_latvian", "is_in_russian", "is_in_english", "approximate_year", "approximate_season"),
            *("organiser_ids", "is_help_wanted"),
            named=True,
        )
    )


def _meetings(now: datetime) -> list[Row]:
    """All that are not over, the soonest first; those called off count for the order, not for the choice of days."""
    return list(
        Meeting.objects.public()
        .filter(ends_at__gt=now)
        .order_by("starts_at", "pk")
        .values_list(
            *("starts_at", "ends_at", "is_cancelled"),
            *("venue__district_lv", "venue__district_ru", "venue__district_en"),
            *("venue__is_step_free", "venue__has_room_for_pushchairs"),
            *("occurrence_id", "occurrence__activity_id", "occurrence__is_sign_up_needed"),
            *("occurrence__decision_at", "occurrence__state"),
            named=True,
        )
    )


def _order(row: Row, next_at: dict[int, datetime]) -> tuple[Any, ...]:
    year, season = row.approximate_year, row.approximate_season
    place = SEASONS_IN_ORDER.index(season) if season in SEASONS_IN_ORDER else len(SEASONS_IN_ORDER)
    begins = next_at.get(row.pk)
    far = datetime.max.replace(tzinfo=RIGA)
    return begins or far, 9999 if year is None else year, place, row.title, row.pk


def _stays(meetings: Iterable[Row], places: dict[int, int]) -> Iterator[Stay]:
    """A party until two in the night belongs to its evening."""
    for meeting in meetings:
        if not is_held(meeting) or meeting.occurrence__activity_id not in places:
            continue
        first = meeting.starts_at.astimezone(RIGA).date()
        last = (meeting.ends_at - timedelta(microseconds=1)).astimezone(RIGA).date()
        is_night = meeting.ends_at - meeting.starts_at < timedelta(hours=12)
        place, last = places[meeting.occurrence__activity_id], first if is_night else last
        yield first.toordinal(), last.toordinal(), place, meeting.occurrence_id


def _add_venues(sets: _Sets, meetings: Iterable[Row], places: dict[int, int]) -> dict[str, Name]:
    """What is known of where an activity still takes place; the districts that come up, by their key in addresses."""
    districts: dict[str, Name] = {}
    for meeting in meetings:
        place = places.get(meeting.occurrence__activity_id)
        if place is None or not is_held(meeting):
            continue
        name = meeting.venue__district_lv or ""
        key = district_key(name)
        facts = {
            ("district", key),
            ("step_free", "1" if meeting.venue__is_step_free else ""),
            ("pushchair", "1" if meeting.venue__has_room_for_pushchairs else ""),
            ("no_sign_up", "" if meeting.occurrence__is_sign_up_needed else "1"),
        }
        for fact, choice in facts:
            sets.add(fact, choice, place)
        if key:
            languages = ("venue__district_ru", "venue__district_en")
            districts.setdefault(key, Name(name, *(getattr(meeting, language) or "" for language in languages)))
    return districts


@lru_cache(maxsize=1000)
def _ages(lowest: int | None, highest: int | None, takes_others_along: bool) -> Ages:
    """One for all activities of the same ages."""
    return Ages(lowest or 0, NO_LIMIT if highest is None else highest, takes_others_along)


@lru_cache(maxsize=200)
def district_key(name: str) -> str:
    """As a district stands in an address: "kimija"."""
    return slugify(name.lower().translate(ASCII))


def _name(row: object, name: str) -> Name:
    return Name(*(getattr(row, f"{name}_{language}") for language in ("lv", "ru", "en")))
