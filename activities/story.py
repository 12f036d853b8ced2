"""Everything the page of one activity tells, in the order a family asks: what, for whom, when and where."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from activities.cards import about_when, further
from activities.feeds.add import AddLinks, add_links
from activities.models import Activity, Need
from activities.offer import Offer, venues_of
from activities.outward import Sharing
from activities.sharing.words import Words, words_of
from activities.today import Word
from activities.today import words_of as words_of_today
from activities.way_in import WayIn, ways_in
from kopiena.floor import counted, dates
from kopiena.floor.said import said
from partners.models import Institution

NEAREST = 6
RECENT = 12
GROWN_UP = 18


@dataclass(frozen=True)
class Story:
    """An activity at a given moment; every text is in the active language."""

    activity: Activity
    offers: list[Offer]  # its dates, the soonest first
    now: datetime
    organisers: list[Institution] = field(default_factory=list)
    all_needs: list[Need] = field(default_factory=list)
    made_by: list[Activity] = field(default_factory=list)  # in which something is made for this one

    @cached_property
    def shared(self) -> Words:
        """What stands beside a link to it where people send it to each other."""
        return words_of(self.activity, self.offers, self.now)

    @cached_property
    def coming(self) -> list[Offer]:
        return [offer for offer in self.offers if not offer.is_over]

    @property
    def today(self) -> list[Word]:
        """What is said first: not today, or when it is decided."""
        return words_of_today(self.offers)

    @property
    def nearest(self) -> list[Offer]:
        """A weekly event would fill the page: its further dates stand folded under these, a line each."""
        return self.coming[:NEAREST]

    @cached_property
    def later(self) -> list[Offer]:
        return self.coming[NEAREST:]

    @property
    def later_words(self) -> str:
        return further(len(self.later))

    @property
    def is_main_later(self) -> bool:
        return self.main in self.later

    @property
    def is_example_without_button(self) -> bool:
        """Where a button stands, it says so itself."""
        is_example = self.activity.is_demo or any(offer.is_demo for offer in self.coming)
        return is_example and not any(offer.is_open for offer in self.coming)

    @cached_property
    def past(self) -> list[Offer]:
        """The latest first."""
        return [offer for offer in reversed(self.offers) if offer.is_over]

    @property
    def recent(self) -> list[Offer]:
        """What an event of many years shows unfolded."""
        return self.past[:RECENT]

    @cached_property
    def older(self) -> list[Offer]:
        return self.past[RECENT:]

    @property
    def older_words(self) -> str:
        return further(len(self.older))

    @property
    def has_earlier(self) -> bool:
        """Whether dates gone by are worth a list: the only date of what is past stands in the head already."""
        return bool(self.past) and (not self.is_past or len(self.past) > 1)

    @cached_property
    def main(self) -> Offer | None:
        """The date whose button is the filled one: the first with places, else the first with a waiting list."""
        opened = [offer for offer in self.coming if offer.is_open]
        return next((offer for offer in opened if not offer.is_full), next(iter(opened), None))

    @property
    def is_any_full(self) -> bool:
        return any(offer.is_full for offer in self.coming)

    @cached_property
    def is_past(self) -> bool:
        return bool(self.past) and not self.coming

    @cached_property
    def is_gone(self) -> bool:
        """Nothing of it is to come: its dates are over, or it was planned for a year that is."""
        year = self.activity.approximate_year
        return self.is_past or (not self.offers and year is not None and year < dates.local_day(self.now).year)

    @property
    def add_links(self) -> AddLinks | None:
        """The ways to put the next date that takes place into one's own calendar."""
        return next((links for links in map(add_links, self.coming) if links is not None), None)

    @property
    def sharing(self) -> Sharing:
        """The page's address and the ways to pass it on."""
        return Sharing(said(self.activity, "title").text, self.activity.get_absolute_url())

    @property
    def about_when(self) -> str:
        """In place of a date, where there is none yet."""
        return "" if self.offers else about_when(self.activity, dates.local_day(self.now))

    @property
    def ages(self) -> str:
        """ "4–7 gadi"."""
        return counted.age_range(self.activity.age_from, self.activity.age_to)

    @property
    def languages(self) -> list[str]:
        """What will be spoken."""
        spoken = [
            (self.activity.is_in_latvian, _("in Latvian")),
            (self.activity.is_in_russian, _("in Russian")),
            (self.activity.is_in_english, _("in English")),
        ]
        return [words for is_spoken, words in spoken if is_spoken]

    @property
    def stays_alone(self) -> str:
        """Whether a child may stay without an adult, in so many words; nothing where no child is meant."""
        if self.activity.is_for_helpers or (self.activity.age_from or 0) >= GROWN_UP:
            return ""
        if self.activity.is_adult_needed:
            return _("No, children come together with an adult.")
        return _("Yes, children may stay without an adult.")

    @property
    def siblings(self) -> str:
        """Whether children of another age may come along, where the age is limited at all."""
        if self.activity.is_for_helpers or not (self.activity.is_sibling_welcome and self.has_age_limit):
            return ""
        return _("Brothers and sisters of another age may come along.")

    @property
    def has_age_limit(self) -> bool:
        return bool(self.activity.age_from) or self.activity.age_to is not None

    @property
    def a_place_is(self) -> str:
        """Whom a place is for, where it is not simply each person."""
        return {
            Activity.Unit.CHILDREN: _("Places are for children; adults take none."),
            Activity.Unit.FAMILIES: _("One place is for a whole family."),
        }.get(Activity.Unit(self.main.occurrence.capacity.unit if self.main else self.activity.unit), "")

    @property
    def ways_in(self) -> list[WayIn]:
        """How to get to each venue of the dates to come and into it, where anything of that is known."""
        return ways_in(venues_of(tuple(meeting for offer in self.coming for meeting in offer.meetings)))

    @cached_property
    def needs(self) -> list[tuple[Need, str]]:
        """What is still wanted, with how many."""
        wanted = [(need, need.wanted - need.taken) for need in self.all_needs]
        return [(need, _still_wanted(count)) for need, count in wanted if count > 0]


def _still_wanted(count: int) -> str:
    return _("still needed: %(count)d") % {"count": count}
