"""What the picture of an activity says; the same words describe it to those who do not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.cards import about_when
from activities.models import Activity, Meeting
from activities.offer import Offer, elsewhere, lasts_days, venues_of
from kopiena.floor import dates
from kopiena.floor.said import said


@dataclass(frozen=True)
class Words:
    """Every word of a picture, in the active language."""

    slug: str  # of the activity; empty for the site as a whole
    title: str
    theme: str  # which drawing and which colours
    theme_word: str
    when: str  # "Sestdien, 27. martā, plkst. 14.00", "Notika 27. martā", "Laiks tiks precizēts: …"
    where: str  # "Mezgls, Smilšu iela 92"
    off: str = ""  # "Nenotiks"
    is_past: bool = False

    @property
    def summary(self) -> str:
        """All but the title, in one line."""
        return ". ".join(part for part in (self.off, self.when, self.where) if part)


def words_of(activity: Activity, offers: Sequence[Offer], now: datetime) -> Words:
    """The words about an activity with its dates, as `offers_of` gives them; nothing is queried."""
    coming = [offer for offer in offers if offer.is_dated and not offer.is_over]
    over = [offer for offer in offers if offer.is_over]
    when = where = off = ""
    if coming:
        offer = min(coming, key=lambda each: (each.is_cancelled, _begins(each)))
        when, where, off = _when(offer), _where(offer), offer.words if offer.is_cancelled else ""
    elif over:
        offer = over[-1]
        day = dates.plain_day(offer.meetings[0].first_day, today=offer.today)
        when, off = (day, offer.words) if offer.is_cancelled else (offer.words, "")
        where = _where(offer)
    elif offers and all(offer.is_cancelled for offer in offers):
        off = offers[0].words
    else:
        when = about_when(activity, dates.local_day(now))
    return Words(
        slug=activity.slug,
        title=said(activity, "title").text,
        theme=activity.theme,
        theme_word=activity.get_theme_display(),
        when=capfirst(when),
        where=where,
        off=off,
        is_past=_is_past(activity, offers, now),
    )


def _is_past(activity: Activity, offers: Sequence[Offer], now: datetime) -> bool:
    """All its dates are over, or it was planned for a year that is."""
    if any(offer.is_dated for offer in offers):
        return all(offer.is_over for offer in offers if offer.is_dated)
    year = activity.approximate_year
    return year is not None and year < dates.local_day(now).year


def _begins(offer: Offer) -> datetime:
    return offer.next_meeting.starts_at if offer.next_meeting else offer.now


def _when(offer: Offer) -> str:
    """When the next meeting begins; of a campaign its days."""
    meeting = offer.next_meeting
    if meeting is None:
        return ""
    if meeting.is_all_day or lasts_days(meeting):
        return offer.begins
    return dates.moment(meeting.starts_at, today=offer.today)


def _where(offer: Offer) -> str:
    """The one venue with its address, else the first with how many more there are."""
    at = offer.next_meeting
    here: tuple[Meeting, ...] = tuple(each for each in offer.meetings if at and each.starts_at == at.starts_at)
    venues = venues_of(here)
    if not venues:
        return ", ".join(elsewhere(here))
    name = said(venues[0], "name").text
    if len(venues) == 1:
        return f"{name}, {venues[0].address}" if venues[0].address else name
    more = len(venues) - 1
    others = ngettext("and %(count)d more place", "and %(count)d more places", more) % {"count": more}
    return f"{name} {others}"


def words_of_the_site() -> Words:
    """What the picture of all other pages says."""
    return Words(
        slug="",
        title=_("What we do together in Ķīmija"),
        theme="cleanup",
        theme_word="",
        when="",
        where=_("Daugavpils Community Resource Centre"),
    )
