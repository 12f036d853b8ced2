"""Letters to whoever acts for an institution: how many signed up, and what takes place tomorrow. Counts, no names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Meeting, Occurrence
from activities.whereabouts import place
from families.desk import daily
from families.desk.daily import DeskDay
from families.models import Registration
from kopiena.floor import counted, dates
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Kind, Letter, Pointless, Way
from kopiena.floor.said import said
from partners.addressees import acting_for
from partners.models import Institution

Fact = tuple[str, str]
PEOPLE = Sum(F("adults") + F("children") + F("children_along"))
MOST_LISTED = 20  # dates in one letter; the list at the desk has all


@dataclass(frozen=True)
class Desk:
    """Whom the letter is for, as they stand when it goes out."""

    at: DeskDay
    institution: Institution
    now: datetime

    @classmethod
    def of(cls, notice: Notice, now: datetime) -> Self:
        """Raises Pointless where they no longer act for the institution under this address."""
        at = DeskDay.of(notice.about)
        people = acting_for([at.institution_id]).filter(user=at.user_id, user__email=notice.recipient)
        if (here := people.first()) is None:
            raise Pointless(Notice.Reason.NOT_SO)
        return cls(at, here.institution, now)

    @property
    def name(self) -> str:
        """For those who act for several."""
        return said(self.institution, "short_name").text

    @property
    def list_page(self) -> Way:
        """Who comes, at the desk: behind the sign-in."""
        page = reverse("families:desk_coming", args=[self.institution.slug])
        return Way(_("See who comes"), settings.SITE_URL + page)


def new_sign_ups(notice: Notice, now: datetime) -> Letter:
    """How many new registrations each date has."""
    desk = Desk.of(notice, now)
    if "since" not in notice.details:
        raise Pointless(Notice.Reason.TOO_LATE)
    since = datetime.fromisoformat(notice.details["since"])
    until = daily.clock(desk.at.day, daily.NEW_SIGN_UPS_AT)
    coming = daily.own_dates(now).filter(activity__organisers=desk.institution).select_related("activity")
    came = Registration.objects.live().filter(created_at__gt=since, created_at__lte=until)
    rows = came.filter(occurrence__in=[each.pk for each in coming]).order_by().values("occurrence")
    counts: dict[int, Any] = {row["occurrence"]: row for row in rows.annotate(forms=Count("pk"), heads=PEOPLE)}
    if not counts:
        raise Pointless(Notice.Reason.NOT_SO)
    here = [each for each in coming if each.pk in counts]
    listed = here[:MOST_LISTED]
    whole = Meeting.objects.filter(occurrence__in=listed, is_all_day=True).values_list("occurrence", "starts_at")
    facts = [_new_at(each, counts[each.pk], whole=set(whole), now=now) for each in listed]
    return Letter(
        subject=_("New registrations: %(number)s") % {"number": sum(row["forms"] for row in counts.values())},
        greeting=_("Hello!"),
        paragraphs=[
            _("There are new registrations for what your institution (%(institution)s) offers.")
            % {"institution": desk.name}
        ],
        facts=facts,
        ways=[desk.list_page],
        afterwards=[*_others(len(here)), _no_names()],
    )


def _new_at(date: Occurrence, found: dict[str, int], *, whole: set[tuple[int, datetime]], now: datetime) -> Fact:
    """The day it begins; below it the title, the time and how many are new."""
    assert date.starts_at is not None
    clock = "" if (date.pk, date.starts_at) in whole else dates.clock(date.starts_at)
    new = f"{counted.registrations(found['forms'])} ({counted.people(found['heads'])})"
    told = ": ".join(filter(None, [clock, new]))
    return dates.plain_day(date.starts_at, today=dates.local_day(now)), f"{said(date.activity, 'title').text}\n{told}"


def tomorrow(notice: Notice, now: datetime) -> Letter:
    """What takes place tomorrow, and how many come; no more once tomorrow has begun."""
    desk = Desk.of(notice, now)
    if dates.local_day(now) != desk.at.day - timedelta(days=1):
        raise Pointless(Notice.Reason.TOO_LATE)
    found = daily.meetings_on(desk.at.day).filter(occurrence__activity__organisers=desk.institution)
    meetings = list(found.select_related("occurrence__activity", "venue", "room").order_by("starts_at", "pk"))
    if not meetings:
        raise Pointless(Notice.Reason.NOT_SO)
    people = _people_of(meetings)
    titles = list(dict.fromkeys(said(each.occurrence.activity, "title").text for each in meetings))
    what = titles[0] if len(titles) == 1 else counted.activities(len(titles))
    facts = [(_clock(each), _told(each, people)) for each in meetings[:MOST_LISTED]]
    has_list = any(each.occurrence.is_sign_up_needed for each in meetings)
    return Letter(
        subject=_("Tomorrow: %(what)s") % {"what": what},
        greeting=_("Hello!"),
        paragraphs=[
            _("Tomorrow, %(day)s, your institution (%(institution)s) has:")
            % {"day": dates.day(desk.at.day, today=dates.local_day(now)), "institution": desk.name}
        ],
        facts=facts,
        ways=[desk.list_page],
        afterwards=[*_others(len(meetings)), *([_no_names()] if has_list else [])],
    )


def _people_of(meetings: list[Meeting]) -> dict[int, int]:
    """How many people have their places at each date."""
    placed = Registration.objects.placed().filter(occurrence__in={each.occurrence_id for each in meetings})
    return dict(placed.order_by().values_list("occurrence").annotate(heads=PEOPLE))


def _clock(meeting: Meeting) -> str:
    """When it begins; a span would not fit beside it on a phone."""
    return _("Whole day") if meeting.is_all_day else dates.bare_clock(meeting.starts_at)


def _told(meeting: Meeting, people: dict[int, int]) -> str:
    """The title, the place, how many come: a line each."""
    lines = [said(meeting.occurrence.activity, "title").text, said(meeting, "name").text, place(meeting)]
    if meeting.occurrence.is_sign_up_needed:
        lines.append(_("Signed up: %(people)s") % {"people": counted.people(people.get(meeting.occurrence_id, 0))})
    return "\n".join(filter(None, lines))


def _others(number: int) -> list[str]:
    return [_("The list has the others, too.")] if number > MOST_LISTED else []


def _no_names() -> str:
    return _("We send no names by e-mail: they are in the list, which only your institution's people can open.")


KINDS = [
    Kind(daily.NEW_SIGN_UPS, gettext_lazy("to an institution: new registrations"), new_sign_ups),
    Kind(daily.TOMORROW, gettext_lazy("to an institution: tomorrow"), tomorrow),
]
