"""The queue of a date in the admin: who waits, in order, to be rung up; and a party's places by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Occurrence
from activities.standing import Standing
from families import notices, registering
from families.admin import deeds
from families.admin.figures import figures, queue_rule
from families.admin.ways import OccurrencePages, address_of, sees_contacts, who_comes
from families.models import Registration
from kopiena.floor import counted
from kopiena.floor.admin import notice_words
from kopiena.floor.admin.office import at
from kopiena.floor.models import Notice


@dataclass(frozen=True)
class Waiting:
    """One row of the queue, each text in the active language."""

    number: int  # as the family sees it on its own page
    registration: Registration
    standing: Standing
    word: str  # the state of the word that no place came free; empty while none is owed

    @property
    def name(self) -> str:
        """The institution's for a group, then whom to ask for."""
        sign_up = self.registration.sign_up
        institution = str(sign_up.institution) if sign_up.institution else ""
        return " · ".join(filter(None, (institution, sign_up.contact_name))) or f"#{self.registration.pk}"

    @property
    def language(self) -> str:
        code = self.registration.sign_up.language
        return str(dict(settings.LANGUAGES).get(code, code))

    @property
    def party(self) -> str:
        return party_in_words(self.registration)

    @property
    def since(self) -> str:
        """When they signed up."""
        return at(self.registration.created_at)

    @property
    def fits(self) -> str:
        """Whether the places that are free now are enough for all of them, and which places those would be."""
        seats, capacity = self.registration.seats, self.standing.capacity
        for_groups = capacity.free_for_groups() if self.registration.is_group else None
        if for_groups is not None and seats > for_groups:
            return _("No, places free for groups: %(number)s") % {"number": for_groups}
        free, all_free = self.standing.free_for_web, self.standing.free_for_coordinator
        if free is None or seats <= free:
            return _("Yes")
        if all_free is not None and seats <= all_free:
            return _("Only with places kept for callers")
        return _("No, missing: %(number)s") % {"number": seats - (all_free or 0)}


def party_in_words(registration: Registration) -> str:
    """ "2 pieaugušie, 3 bērni, nāk līdzi: 1 bērns"."""
    words = []
    if registration.adults:
        words.append(counted.adults(registration.adults))
    if registration.children:
        words.append(counted.children(registration.children))
    if registration.children_along:
        words.append(_("along: %(children)s") % {"children": counted.children(registration.children_along)})
    return ", ".join(words)


def queue_of(standing: Standing) -> list[Waiting]:
    """Everybody who waits, the first in line first; two queries, however many they are."""
    parties = Registration.objects.of(standing.occurrence.pk).in_queue().with_overtaken()
    waiting = list(parties.select_related("sign_up__institution"))
    words = _words_sent(waiting)
    return [
        Waiting(number, registration, standing, words.get(registration.pk, ""))
        for number, registration in enumerate(waiting, start=1)
    ]


def _words_sent(waiting: Iterable[Registration]) -> dict[int, str]:
    """What became of the word that no place came free at this date, by registration; a letter and a call may both be.

    What was written while they waited for another date, or before they left the queue and came back, is not this word.
    """
    by_about = {notices.about(registration.pk): registration for registration in waiting}
    told = Notice.objects.filter(kind=notices.NO_PLACE, about__in=by_about).order_by("-channel", "revision", "pk")
    words: dict[int, dict[str, str]] = {}
    for notice in told:
        registration = by_about[notice.about]
        if notices.is_word_for(notice, registration):
            words.setdefault(registration.pk, {})[notice.channel] = notice_words.short(notice)
    return {pk: ", ".join(by_channel.values()) for pk, by_channel in words.items()}


class QueuePages(OccurrencePages):
    """The queue, and the page that asks before a party gets its places by hand."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_at("rinda/", self.queue_view, "queue"),
            self.page_at("rinda/<int:registration_id>/", self.place_view, "place"),
            *super().get_urls(),
        ]

    def queue_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """Who waits, in order, with phone numbers."""
        standing = self.standing(self._found_with_contacts(request, occurrence_id))
        rows = queue_of(standing)
        words = {"figures": figures(standing), "queue_rule": queue_rule(standing), "rows": rows}
        told = {"is_told": standing.has_stopped_promoting and bool(rows)}
        return self.show(request, "queue.html", _("Waiting list"), deeds.StaffForm(), standing, **words, **told)

    def place_view(self, request: HttpRequest, occurrence_id: int, registration_id: int) -> HttpResponse:
        """Give a waiting party its places: GET asks and says whom it passes over, POST does."""
        occurrence = self._found_with_contacts(request, occurrence_id)
        ours = Registration.objects.of(occurrence_id).select_related("sign_up__institution")
        registration = ours.filter(pk=registration_id).first()
        if registration is None:
            raise Http404
        back = address_of("queue", occurrence)
        form = deeds.StaffForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid() and deeds.is_done(lambda: _place(request, registration, form), form):
            self.message_user(request, _("The party has its places. Please tell them."), messages.SUCCESS)
            return HttpResponseRedirect(back)
        if not form.is_bound and not registration.is_waiting:
            status = {"status": registration.get_status_display()}
            self.message_user(request, _("This party no longer waits. %(status)s.") % status, messages.INFO)
            return HttpResponseRedirect(back)
        standing = self.standing(occurrence)
        row = Waiting(0, registration, standing, "")
        context = {"row": row, "back": back, "figures": figures(standing), **_foreseen(form, row)}
        context |= {"places": address_of("places", occurrence), "who_comes": who_comes(occurrence)}
        return self.show(request, "place.html", _("Places by hand"), form, standing, **context)

    def _found_with_contacts(self, request: HttpRequest, occurrence_id: int) -> Occurrence:
        occurrence = self.found(request, occurrence_id)
        if not sees_contacts(request):
            raise PermissionDenied
        return occurrence


def _place(request: HttpRequest, registration: Registration, form: deeds.StaffForm) -> None:
    registering.place_by_hand(registration.pk, staff=form.staff(request), now=timezone.now())


def _foreseen(form: deeds.StaffForm, row: Waiting) -> dict[str, Any]:
    """Why it cannot be, or whom it would pass over; what it would break is asked about at once."""
    try:
        foreseen = registering.foresee(row.registration, row.standing)
    except registering.Refused as refusal:
        return {"refusal": refusal.message}
    form.broken = form.broken or foreseen.broken
    return {"passed_over": [Waiting(0, passed, row.standing, "") for passed in foreseen.passed_over]}
