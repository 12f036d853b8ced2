"""The list of one meeting for the door: who comes, by first name, to tick on paper."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from activities.models import Meeting
from activities.offer import when
from families.models import Participant, Registration
from families.own_meetings import title_of
from families.photos import Photo, do_not_photograph
from kopiena.floor import counted, dates, phones
from kopiena.floor.alphabet import in_alphabet
from kopiena.floor.said import said
from partners.models import Institution

BLANK_LINES = range(10)  # for those who come without having signed up


@dataclass(frozen=True)
class Row:
    """One party that has its places."""

    registration: int
    name: str
    is_group: bool
    institution: str
    people: tuple[str, ...]
    adults: int
    children: int
    along: int
    answer: Photo
    needs: str
    phone: str

    @property
    def photo(self) -> str:
        """In words, since a sign is overlooked at the door."""
        return self.answer.at_the_door

    @property
    def is_not_to_be_photographed(self) -> bool:
        """All of it, or some of its children."""
        return self.answer.is_no_for_somebody


@dataclass(frozen=True)
class DoorList:
    """A meeting and the parties that come to it, in the order of their names."""

    title: str
    when: str
    where: str
    is_called_off: bool
    rows: tuple[Row, ...]
    has_phones: bool

    blank_lines = BLANK_LINES

    @property
    def adults(self) -> int:
        return sum(row.adults for row in self.rows)

    @property
    def children(self) -> int:
        return sum(row.children for row in self.rows)

    @property
    def along(self) -> int:
        return sum(row.along for row in self.rows)

    @property
    def people(self) -> int:
        return self.adults + self.children + self.along

    @property
    def not_to_be_photographed(self) -> int:
        """How many parties said no."""
        return sum(row.answer.is_yes is False for row in self.rows)

    @property
    def not_to_be_photographed_of_groups(self) -> str:
        """How many children of groups that else may be: "3 bērnus nefotografēt"; nothing where there is none."""
        count = sum(row.answer.not_for for row in self.rows)
        return do_not_photograph(count) if count else ""


def door_list(meeting: Meeting, *, with_phones: bool, now: datetime, with_codes: bool = True) -> DoorList:
    """The list of a meeting (with its date, activity, venue and room at hand); two queries, however many come.

    Of what only the invited know there is no name and no phone on paper: the code stands for the family. Without codes,
    which open a registration to whoever knows the phone, who gave no name is only said to have given none.
    """
    activity = meeting.occurrence.activity
    placed = (
        Registration.objects.of(meeting.occurrence_id)
        .placed()
        .select_related("sign_up__institution")
        .prefetch_related("participants")
    )
    has_phones = with_phones and not activity.is_discreet
    names = _names(placed, is_discreet=activity.is_discreet, with_codes=with_codes)
    rows = [
        _row(row, names[row.pk], is_discreet=activity.is_discreet, with_phone=has_phones)
        for row in sorted(placed, key=lambda row: (in_alphabet(names[row.pk]), row.queue_number))
    ]
    return DoorList(
        title=title_of(meeting),
        when=when(meeting, dates.local_day(now)),
        where=where_of(meeting),
        is_called_off=meeting.is_cancelled or meeting.occurrence.is_cancelled,
        rows=tuple(rows),
        has_phones=has_phones,
    )


def where_of(meeting: Meeting) -> str:
    """The venue with its room and address, or that it is at home or online."""
    if meeting.venue is None:
        return _("At home") if meeting.where == Meeting.Where.HOME else _("Online")
    room = str(said(meeting.room, "name")) if meeting.room is not None else ""
    return ", ".join(filter(None, [str(said(meeting.venue, "name")), room, meeting.venue.address]))


def _names(registrations: Iterable[Registration], *, is_discreet: bool, with_codes: bool) -> dict[int, str]:
    """First names; of two alike the letter that tells them apart too. Who gave none goes by the code."""
    first = {row.pk: row.sign_up.contact_name.split()[:1] for row in registrations}
    alike = Counter(" ".join(name).casefold() for name in first.values())
    names = {}
    for row in registrations:
        words = row.sign_up.contact_name.split()
        if is_discreet or not words:
            names[row.pk] = row.sign_up.code_in_groups if with_codes else _("No name given")
        elif len(words) > 1 and alike[words[0].casefold()] > 1:
            names[row.pk] = f"{words[0]} {words[1][0]}."
        else:
            names[row.pk] = words[0]
    return names


def _row(registration: Registration, name: str, *, is_discreet: bool, with_phone: bool) -> Row:
    sign_up = registration.sign_up
    return Row(
        registration=registration.pk,
        name=name,
        is_group=registration.is_group,
        institution=_short(sign_up.institution) if sign_up.institution else "",
        people=tuple(_person(person, is_discreet=is_discreet) for person in registration.participants.all()),
        adults=registration.adults,
        children=registration.children,
        along=registration.children_along,
        answer=Photo.of(sign_up),
        needs=registration.needs_answer,
        phone=phones.shown(sign_up.phone) if with_phone and sign_up.phone else "",
    )


def _short(institution: Institution) -> str:
    return str(said(institution, "short_name") or said(institution, "name"))


def _person(person: Participant, *, is_discreet: bool) -> str:
    known = ["" if is_discreet else person.first_name, "" if person.age is None else counted.age(person.age)]
    words = ", ".join(filter(None, known)) or person.get_kind_display()
    return f"{words} – {_('comes along')}" if person.kind == Participant.Kind.CHILD_ALONG else words
