"""Groups and classes that institutions bring: those of one institution, and the dates that are open to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence
from activities.models.occurrence import OccurrenceQuerySet
from activities.offer import FEW_PLACES, Offer, in_time
from families import parties
from families.models import Registration
from families.models.registration import RegistrationQuerySet
from families.photos import Photo
from kopiena.floor import counted
from partners.models import Institution

MOST_PAST = 100  # listed, the latest


@dataclass(frozen=True)
class Group:
    """One group that an institution has signed up, as it stands at a moment."""

    registration: Registration
    offer: Offer

    @classmethod
    def of(cls, registration: Registration, now: datetime) -> "Group":
        """Of a registration with its date, activity, places and meetings at hand."""
        occurrence = registration.occurrence
        return cls(registration, Offer(occurrence, tuple(occurrence.meetings.all()), now))

    @property
    def slug(self) -> str:
        """Of its institution, whose desk signs it up; empty where that is no more."""
        institution = self.registration.sign_up.institution
        return institution.slug if institution is not None else ""

    @property
    def is_coming(self) -> bool:
        """Whether it is still to come, or still on: neither over nor cancelled."""
        return not self.offer.is_over and not self.registration.is_cancelled

    @property
    def may_change(self) -> bool:
        """Until it begins, and while it takes place."""
        return not (self.registration.is_cancelled or self.offer.is_cancelled or self.offer.standing.has_begun)

    @property
    def people(self) -> str:
        """ "20 bērni, 2 pieaugušie"."""
        ours = self.registration
        children = ours.children + ours.children_along
        words = [counted.children(children) if children else "", counted.adults(ours.adults) if ours.adults else ""]
        return ", ".join(filter(None, words))

    @property
    def status(self) -> str:
        """How it stands, in the words families know."""
        ours = self.registration
        if ours.is_cancelled:
            is_by_centre = ours.cancelled_by == Registration.CancelledBy.CENTRE
            return _("The centre has cancelled this registration") if is_by_centre else _("Registration cancelled")
        if self.offer.is_cancelled or (self.offer.is_over and ours.is_placed):
            return self.offer.words
        if ours.is_waiting:
            if self.offer.is_over:
                return _("No place came free")
            return _("On the waiting list. Your number: %(number)s") % {"number": ours.number_in_queue}
        return _("Registration confirmed")

    @property
    def mark(self) -> str:
        """confirmed, waiting or cancelled: the tint beside the words."""
        if self.registration.is_cancelled or self.offer.is_cancelled:
            return "cancelled"
        return "waiting" if self.registration.is_waiting else "confirmed"

    @property
    def photo(self) -> str:
        return Photo.of(self.registration.sign_up).of_the_group

    @cached_property
    def warning(self) -> str:
        """What to say where it waits and could not have its places were all others empty."""
        if not self.registration.is_waiting or not self.is_coming:
            return ""
        return parties.too_large(self.offer.occurrence.capacity, self.registration.seats)


@dataclass(frozen=True)
class OpenDate:
    """A date that a group can be signed up for."""

    offer: Offer

    @property
    def free(self) -> int | None:
        """Places a group may have now; None without a limit. What waiting parties would fit into is theirs."""
        standing, free = self.offer.standing, self.offer.standing.free_for_groups
        is_the_queues = standing.capacity.waiting > 0 and not standing.promotes
        return 0 if is_the_queues and free is not None else free

    @property
    def places(self) -> str:
        """In words: "Grupām brīvas: 12 vietas"."""
        if self.free is None:
            return _("No limit of places")
        if not self.free:
            can_wait = self.offer.occurrence.capacity.places is not None
            return _("No places left for groups; a group can wait") if can_wait else _("No places left for groups")
        return _("Free for groups: %(places)s") % {"places": counted.places(self.free)}

    @property
    def places_mark(self) -> str:
        if self.free is None or self.free > FEW_PLACES:
            return "free"
        return "few" if self.free else "none"


def groups_of(institution: Institution) -> RegistrationQuerySet:
    """Its groups with all that a page says of them; two queries, however many there are."""
    meetings = Prefetch("occurrence__meetings", _in_order())
    found = Registration.objects.groups_of(institution).with_number().prefetch_related(meetings)
    return found.select_related("sign_up__institution", "occurrence__activity", "occurrence__capacity")


def open_groups(institution: Institution, now: datetime) -> list[Group]:
    """Those that come or wait, and whose date is not over; the soonest first."""
    undated_too = ~Exists(Meeting.objects.filter(occurrence=OuterRef("occurrence")))
    to_come = Exists(Meeting.objects.filter(occurrence=OuterRef("occurrence"), ends_at__gt=now))
    found = _groups(groups_of(institution).live().filter(to_come | undated_too), now)
    in_order = {offer.occurrence.pk: place for place, offer in enumerate(in_time((g.offer for g in found), now))}
    found.sort(key=lambda group: (in_order[group.offer.occurrence.pk], group.registration.pk))
    return [group for group in found if group.is_coming]


def past_groups(institution: Institution, now: datetime) -> list[Group]:
    """Those that came, waited in vain or were cancelled; the latest first, a hundred of them."""
    to_come = Exists(Meeting.objects.filter(occurrence=OuterRef("occurrence"), ends_at__gt=now, is_cancelled=False))
    gone = Q(status=Registration.Status.CANCELLED) | ~to_come
    last = Meeting.objects.filter(occurrence=OuterRef("occurrence")).order_by("-starts_at").values("starts_at")[:1]
    found = (
        groups_of(institution).filter(gone).annotate(last_at=last).order_by(F("last_at").desc(nulls_last=True), "-pk")
    )
    return [group for group in _groups(found[:MOST_PAST], now) if not group.is_coming]


def open_dates(now: datetime) -> OccurrenceQuerySet:
    """Public dates that groups can be signed up for now, the soonest first; none where places are families'."""
    held = Exists(Meeting.objects.filter(occurrence=OuterRef("pk"), is_cancelled=False))
    is_open = Q(sign_up_opens_at__isnull=True) | Q(sign_up_opens_at__lte=now)
    is_not_closed = Q(sign_up_closes_at__isnull=True) | Q(sign_up_closes_at__gt=now)
    return (
        Occurrence.objects.public()
        .coming(now)
        .filter(held, is_open, is_not_closed, state=Occurrence.State.PLANNED, is_sign_up_needed=True)
        .filter(Q(capacity__for_groups__isnull=True) | Q(capacity__for_groups__gt=0), starts_at__gt=now)  # type: ignore[misc]
        .exclude(capacity__unit=Activity.Unit.FAMILIES)
        .select_related("activity", "capacity")
        .prefetch_related(Prefetch("meetings", _in_order()))
    )


def as_open_dates(occurrences: Iterable[Occurrence], now: datetime) -> Iterator[OpenDate]:
    """Dates fetched with `open_dates`, as pages show them."""
    for occurrence in occurrences:
        yield OpenDate(Offer(occurrence, tuple(occurrence.meetings.all()), now))


def _groups(found: Iterable[Registration], now: datetime) -> list[Group]:
    return [Group.of(registration, now) for registration in found]


def _in_order() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("venue", "room").order_by("starts_at", "pk")
