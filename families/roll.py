"""The roll of a meeting: a row for each party and for all others, in the one form by which who came is written down."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from activities.models import Meeting
from families import attending
from families.attending import Noted, Numbers, Whose
from families.door_list import Row
from families.forms.attendance import ROWS_AT_ONCE, Asked, AttendanceForm
from families.models import Registration
from families.refusals import Refused
from kopiena.floor.models import User

PAGE = "lapa"


@dataclass(frozen=True)
class Roll:
    """The parties shown at once (None: the list has closed itself), and the form with a row for each."""

    page: Page | None
    form: AttendanceForm


def roll(
    meeting: Meeting,
    rows: Sequence[Row] | None,
    groups: Mapping[int, str],
    known: Noted,
    *,
    data: Any = None,
    number: str | None = None,
) -> Roll:
    """Of the rows of the door list those of the page asked for; the first page also has who is not on the list.

    `groups` says what to call the own group of each organiser who may write here.
    """
    page = Paginator(rows, ROWS_AT_ONCE).get_page(number) if rows is not None else None
    is_first = page is None or page.number == 1
    shown = list(page.object_list) if page is not None else []
    here = {row.registration for row in shown}
    noted = {whose.registration for whose in known if whose.registration is not None}
    lost = noted - {row.registration for row in rows} if rows is not None and is_first else set()
    unlisted = lost | _sent(data or {}, meeting, besides=here | lost)
    asked = _asked_of(shown, meeting, known) + _unlisted_of(unlisted, meeting, known)
    asked += _rest_of(meeting, groups, known) if is_first else []
    return Roll(page, AttendanceForm(data, asked=asked))


def save(form: AttendanceForm, *, by: User, now: datetime) -> bool:
    """Write down what the form holds; what stands against it is said on the form."""
    if not form.is_valid():
        return False
    try:
        attending.note(form.typed, seen=form.noted, by=by, now=now)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    except attending.Changed as changed:
        form.tell(changed.theirs)
    return not form.errors


def _asked_of(rows: Iterable[Any], meeting: Meeting, known: Noted) -> list[Asked]:
    """A row for each party of the door list, with who signed up as what is proposed."""
    found = []
    for row in rows:
        whose = Whose(meeting.pk, registration=row.registration)
        proposed = Numbers(row.adults, row.children + row.along)
        found.append(Asked(whose, row.name, known.get(whose), proposed, more=row))
    return found


def _sent(data: Mapping[str, Any], meeting: Meeting, *, besides: set[int]) -> set[int]:
    """Registrations of this date in the form sent that stand on its page no more: somebody cancelled, the order has
    changed, the list has closed itself. What was typed of them is not lost."""
    name = re.compile(rf"adults_{meeting.pk}r([0-9]{{1,18}})", re.ASCII)
    typed = {int(found[1]) for each in data if (found := name.fullmatch(each))} - besides
    ours = Registration.objects.of(meeting.occurrence_id).filter(pk__in=typed) if typed else Registration.objects.none()
    return set(ours.values_list("pk", flat=True))


def _unlisted_of(registrations: set[int], meeting: Meeting, known: Noted) -> list[Asked]:
    """They go without their name: who cancelled is no business of the institution's any more."""
    label = _("A registration that is not on the list")
    keys = [Whose(meeting.pk, registration=pk) for pk in sorted(registrations)]
    return [Asked(whose, label, known.get(whose)) for whose in keys]


def _rest_of(meeting: Meeting, groups: Mapping[int, str], known: Noted) -> list[Asked]:
    """Rows of all who came without having signed up: organisers' own groups, and whoever just came."""
    rows = {Whose(meeting.pk, institution=pk): name for pk, name in groups.items()}
    rows[Whose(meeting.pk)] = _("All others who came")
    return [Asked(whose, name, known.get(whose)) for whose, name in rows.items()]
