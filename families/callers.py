"""What the coordinator needs while somebody is on the phone: the dates to offer, and who of them called before."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence
from activities.models.occurrence import SignUpState
from activities.standing import Standing
from families.models import Registration, SignUp
from kopiena.floor.admin.office import at
from kopiena.floor.said import said

ENOUGH = 4  # digits or letters, before anything is looked for
MOST_SHOWN = 5
MOST_READ = 40


def coming_dates(now: datetime) -> list[Standing]:
    """Dates of every audience that one can still be signed up for, the soonest first."""
    takes_place = Meeting.objects.filter(occurrence=OuterRef("pk"), is_cancelled=False)
    dates = (
        Occurrence.objects.coming(now)
        .with_whole_days()
        .filter(Exists(takes_place), activity__state=Activity.State.PUBLISHED)
        .filter(is_sign_up_needed=True, state=Occurrence.State.PLANNED)
        .select_related("activity", "capacity")
    )
    return [Standing(date, date.capacity, date.starts_at, False, now) for date in dates]


def title_of(date: Standing) -> str:
    """The activity, and what this date of it is called."""
    name = said(date.occurrence, "name")
    return f"{said(date.activity, 'title')} – {name}" if name else str(said(date.activity, "title"))


def places_of(date: Standing) -> str:
    """ "brīvas: 5 · no tām pa tālruni: 2 · rindā: 3": what the coordinator may give, and who waits for it."""
    free, for_groups = date.free_for_coordinator, date.capacity.free_for_groups()
    parts = [_("no limit") if free is None else _("free: %(number)s") % {"number": free}]
    if date.held_left:
        parts.append(_("of them for callers: %(number)s") % {"number": date.held_left})
    if for_groups is not None:
        parts.append(_("for groups: %(number)s") % {"number": for_groups})
    if date.capacity.waiting:
        parts.append(_("waiting: %(number)s") % {"number": date.capacity.waiting})
    if date.state is SignUpState.CLOSED:
        parts.append(_("sign-up is closed"))
    elif date.state is SignUpState.NOT_YET:
        parts.append(_("sign-up is not open yet"))
    return " · ".join(parts)


def label_of(date: Standing) -> str:
    """One date in one line, as it stands in the list to choose from."""
    words = [at(date.starts_at, is_whole_day=date.occurrence.is_whole_days), title_of(date), places_of(date)]
    if date.activity.audience != Activity.Audience.OPEN:
        words.append(date.activity.get_audience_display())
    return " · ".join(words)


@dataclass(frozen=True)
class Known:
    """A contact that signed up before, when last, and what stands of it for the chosen date."""

    sign_up: SignUp
    here: Registration | None

    @property
    def language(self) -> str:
        return {"lv": _("Latvian"), "ru": _("Russian"), "en": _("English")}.get(self.sign_up.language, "")


def known(phone: str, email: str, name: str, occurrence_id: int | None) -> list[Known]:
    """Earlier sign-ups with a like contact, the same phone or e-mail first; nothing for fewer than four signs."""
    same, like = _like_contact(phone, email), _like_name(name)
    if same is None and like is None:
        return []
    nearest = Case(When(same, then=Value(0)), default=Value(1)) if same is not None else Value(0)
    junk = Registration.objects.filter(sign_up=OuterRef("pk"), cancelled_for=Registration.CancelledFor.JUNK)
    found = SignUp.objects.filter(
        (same or Q(pk__in=[])) | (like or Q(pk__in=[])), ~Exists(junk), erased_at__isnull=True
    ).order_by(nearest, "-created_at", "-pk")
    contacts: dict[tuple[str, str, str], SignUp] = {}
    for sign_up in found[:MOST_READ]:
        contacts.setdefault((sign_up.contact_name.casefold(), sign_up.phone, sign_up.email), sign_up)
    shown = list(contacts.values())[:MOST_SHOWN]
    here = _here(shown, occurrence_id) if occurrence_id and shown else []
    return [Known(sign_up, next((row for row in here if _is_of(row, sign_up)), None)) for sign_up in shown]


def twins_of(registration: Registration) -> list[Registration]:
    """Other live registrations of the same contact for the same date."""
    others = Registration.objects.of(registration.occurrence_id).with_contact_of(registration.sign_up)
    return list(others.exclude(status=Registration.Status.CANCELLED))


def _like_contact(phone: str, email: str) -> Q | None:
    digits = "".join(re.findall("[0-9]", phone)).removeprefix("00")
    found = None
    if len(digits) >= ENOUGH:
        found = Q(phone__contains=digits)
    if len(email) >= ENOUGH:
        found = (found or Q(pk__in=[])) | Q(email__icontains=email)
    return found


def _like_name(name: str) -> Q | None:
    return Q(contact_name__icontains=name) if sum(map(str.isalpha, name)) >= ENOUGH else None


def _here(sign_ups: list[SignUp], occurrence_id: int) -> list[Registration]:
    same = Q(sign_up__in=sign_ups)
    same |= Q(sign_up__phone__in=[sign_up.phone for sign_up in sign_ups if sign_up.phone])
    same |= Q(sign_up__email__in=[sign_up.email for sign_up in sign_ups if sign_up.email])
    rows = Registration.objects.of(occurrence_id).exclude(status=Registration.Status.CANCELLED).filter(same)
    return list(rows.select_related("sign_up").order_by("queue_number"))


def _is_of(registration: Registration, sign_up: SignUp) -> bool:
    theirs = registration.sign_up
    has_same_contact = (theirs.phone and theirs.phone == sign_up.phone) or (
        theirs.email and theirs.email == sign_up.email
    )
    return bool(theirs.pk == sign_up.pk or has_same_contact)
