"""A draft of an activity in words: the label of each question and the answer, always in one order."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from activities.models import Activity, Proposal
from activities.proposing import where
from activities.proposing.activity_content import COURSE, EACH, FLAGS, TEXTS, Content, whole
from activities.proposing.activity_dates import ROW, is_repeat_asked, read, rows_of
from activities.proposing.activity_fields import SIGN_UP_TO, WEEKS, ActivityFields
from activities.proposing.kinds import Fact
from activities.proposing.own_projects import PROPOSED, PUBLISHED
from activities.proposing.typed import Unreadable, day_of, hour_of
from kopiena.floor import dates
from kopiena.floor.said import said
from partners.models import Project

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)  # nothing read at this moment has passed
ORDER = (
    *("title", "summary", "theme", "description", "project"),
    *("where", "place", "online_link", "age_from", "age_to", "is_adult_needed", "is_sibling_welcome", "is_age_asked"),
    *("is_sign_up_needed", "unit", "places", "languages", "bring", "weather", "led_by"),
)
Words = Callable[[Content], str]


def facts(content: Mapping[str, Any], language: str) -> list[Fact]:
    """Each question in words; the dates one by one, as they would be published."""
    kept = whole(content)
    with override(language):
        told = [(_label(name), WORDS[name](kept)) for name in ORDER]
        when = [
            (_("Dates"), "\n".join(_all_dates(kept, language))),
            (_("It repeats"), _repeat(kept)),
            (_("Without these days"), "\n".join(_left_out(kept))),
            (_("To what one signs up"), _sign_up_to(kept)),
            (_("About when"), _about(kept)),
        ]
        picture = [(_("Picture"), _yes(bool(kept["picture"]))), (_("What the picture shows"), kept["picture_alt"])]
        return [*told[:5], *when, *told[5:], *picture]


def _label(name: str) -> str:
    return str(ActivityFields.base_fields[name].label)


def _all_dates(content: Content, language: str) -> list[str]:
    found = read(content, LONG_AGO)
    unread = [" ".join(str(row[name]) for name in ROW if row[name]) for row in rows_of(content)]
    lines = [each.told(language) for each in found.dates]
    return lines or [words for words in unread if words]


def _repeat(content: Content) -> str:
    if not is_repeat_asked(content):
        return ""
    names = dates.weekday_names()
    days = [names[int(day)] for day in content["repeat_weekdays"] if day in list("0123456")]
    weeks = next((str(words) for number, words in WEEKS.items() if str(number) == content["repeat_every"]), "")
    return "; ".join(filter(None, (weeks, ", ".join(days), _hours(content), _span(content))))


def _hours(content: Content) -> str:
    typed = content["repeat_from"], content["repeat_until"]
    begins, ends = (_readable(hour_of, each) for each in typed)
    return dates.clock_range(begins, ends) if begins and ends else "–".join(filter(None, typed))


def _span(content: Content) -> str:
    typed = content["repeat_first"], content["repeat_last"]
    first, last = (_readable(day_of, each) for each in typed)
    return dates.span(first, last) if first and last else " – ".join(filter(None, typed))


def _left_out(content: Content) -> list[str]:
    return [dates.day(day) for day in sorted(read(content, LONG_AGO).left_out)]


def _sign_up_to(content: Content) -> str:
    is_several = len(read(content, LONG_AGO).dates) > 1
    return str(SIGN_UP_TO[COURSE if content["sign_up_to"] == COURSE else EACH]) if is_several else ""


def _about(content: Content) -> str:
    year = content["about_year"]
    if year.isascii() and year.isdigit() and len(year) == 4:
        return dates.season(int(year), content["about_season"] or "year")
    return " ".join(filter(None, (year, content["about_season"])))


def _project(content: Content) -> str:
    chosen = str(content["project"])
    key = int(chosen[1:]) if chosen[1:].isascii() and chosen[1:].isdigit() and len(chosen) < 10 else 0
    if chosen[:1] == PUBLISHED:
        project = Project.objects.published().filter(pk=key).first()
        return said(project, "title").text if project else ""
    if chosen[:1] == PROPOSED:
        # By its number alone, and the title only where it is public: this is shown to whoever wrote the number.
        draft = Proposal.objects.filter(pk=key, kind=Proposal.Kind.PROJECT).select_related("project").first()
        if draft and draft.project and draft.project.is_published:
            return said(draft.project, "title").text
        return _("a project that is not approved yet")
    return ""


def _where(content: Content) -> str:
    chosen = content["where"]
    if venue := where.venue_of(chosen):
        return ", ".join(filter(None, (said(venue, "name").text, venue.address)))
    return str(dict(where.OTHERS).get(chosen, ""))


def _languages(content: Content) -> str:
    names = {"lv": _("in Latvian"), "ru": _("in Russian"), "en": _("in English")}
    return ", ".join(names[code] for code in content["languages"] if code in names)


def _readable(reader: Callable[[str], Any], typed: str) -> Any:
    """The day or hour typed; None where it is none."""
    try:
        return reader(typed)
    except Unreadable:
        return None


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def _of_list(name: str, choices: Any) -> Words:
    return lambda content: str(dict(choices).get(content[name], ""))


def _as_written(name: str) -> Words:
    return lambda content: str(content[name])


def _flag(name: str) -> Words:
    return lambda content: _yes(bool(content[name]))


WORDS: dict[str, Words] = {
    **{name: _as_written(name) for name in (*TEXTS, "place", "online_link", "age_from", "age_to")},
    **{name: _flag(name) for name in FLAGS},
    "theme": _of_list("theme", Activity.Theme.choices),
    "unit": _of_list("unit", Activity.Unit.choices),
    "project": _project,
    "where": _where,
    "places": lambda content: str(content["places"] or _("No limit of places")),
    "languages": _languages,
}
