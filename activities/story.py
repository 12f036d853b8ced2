"""Everything the page of one activity tells, in the order a family asks: what, for whom, when and where."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from activities.cards import about_when, further
from activities.models import Activity, Need, Venue
from activities.offer import Offer, offers_of, venues_of
from activities.sharing.words import Words, words_of
from activities.today import Word
from activities.today import words_of as words_of_today
from kopiena.floor import counted, dates
from kopiena.floor.said import said

NEAREST = 6


@dataclass(frozen=True)
class Story:
    """An activity at a given moment; every text is in the active language."""

    activity: Activity
    made_by: list[Activity]  # the activities in which something is made for this one
    now: datetime

    @cached_property
    def offers(self) -> list[Offer]:
        return offers_of(self.activity, self.now)

    @cached_property
    def shared(self) -> Words:
        """What stands beside a link to it where people send it to each other."""
        return words_of(self.activity, self.offers, self.now)

    @property
    def coming(self) -> list[Offer]:
        return [offer for offer in self.offers if not offer.is_over]

    @property
    def today(self) -> list[Word]:
        """What is said first: not today, or when it is decided."""
        return words_of_today(self.offers)

    @property
    def nearest(self) -> list[Offer]:
        """A weekly event would fill the page: its further dates stand folded under these."""
        return self.coming[:NEAREST]

    @property
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

    @property
    def past(self) -> list[Offer]:
        """The latest first."""
        return [offer for offer in reversed(self.offers) if offer.is_over]

    @property
    def main(self) -> Offer | None:
        """The date whose button is the filled one: the first with places, else the first with a waiting list."""
        opened = [offer for offer in self.coming if offer.is_open]
        return next((offer for offer in opened if not offer.is_full), next(iter(opened), None))

    @property
    def is_any_full(self) -> bool:
        return any(offer.is_full for offer in self.coming)

    @property
    def is_past(self) -> bool:
        return bool(self.past) and not self.coming

    @property
    def is_gone(self) -> bool:
        """Nothing of it is to come: its dates are over, or it was planned for a year that is."""
        year = self.activity.approximate_year
        return self.is_past or (not self.offers and year is not None and year < dates.local_day(self.now).year)

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
    def who_comes(self) -> list[str]:
        """With whom a child comes, in plain sentences."""
        if self.activity.is_for_helpers:
            return [_("Helpers are awaited: come and lend a hand.")]
        with_adult = self.activity.is_adult_needed
        sentences = [
            _("Children come together with an adult.") if with_adult else _("Children may stay without an adult.")
        ]
        if self.activity.is_sibling_welcome and self.has_age_limit:
            sentences.append(_("Brothers and sisters of another age may come along."))
        return sentences

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
    def venues(self) -> list[Venue]:
        return venues_of(tuple(meeting for offer in self.coming for meeting in offer.meetings))

    @property
    def ways_in(self) -> list[tuple[Venue, list[str]]]:
        """Venues of which something helpful is known, and what."""
        known = [(venue, _comforts(venue)) for venue in self.venues]
        return [(venue, comforts) for venue, comforts in known if comforts or said(venue, "way_in")]

    @property
    def needs(self) -> list[tuple[Need, str]]:
        """What is still wanted, with how many."""
        wanted = [(need, need.wanted - need.taken) for need in self.activity.needs.all()]
        return [(need, _still_wanted(count)) for need, count in wanted if count > 0]


def _still_wanted(count: int) -> str:
    return _("still needed: %(count)d") % {"count": count}


def _comforts(venue: Venue) -> list[str]:
    """What is known of the venue; of what is not known nothing is said."""
    known = [
        (venue.is_step_free, _("You can get in without steps."), _("There are steps at the entrance.")),
        (venue.has_toilet, _("There is a toilet."), _("There is no toilet.")),
        (venue.has_room_for_pushchairs, _("There is room for pushchairs."), _("There is no room for pushchairs.")),
    ]
    return [yes if fact else no for fact, yes, no in known if fact is not None]
