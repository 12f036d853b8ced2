"""An activity as an institution writes it; what is not complete is kept all the same."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from activities.models import Proposal
from activities.proposing import activity_content, own_projects, where
from activities.proposing.activity_content import Content
from activities.proposing.activity_dates import When, is_repeat_asked, read, season_fault
from activities.proposing.activity_fields import ActivityFields, day, hour, yes
from activities.proposing.activity_layout import laid_out
from activities.proposing.kinds import DraftForm
from activities.proposing.published_dates import PublishedDates
from activities.proposing.typed import Unreadable, number_of
from kopiena.floor import dates
from kopiena.floor.models import User
from partners.forms.picture import PictureFields

OLDEST = 120
MOST_PLACES = 10_000
LATEST_YEAR = 2100
# What people have signed up by already; to change it one calls the centre.
SETTLED = ("is_sign_up_needed", "unit", "places", "about_year", "about_season")


class ActivityForm(ActivityFields, DraftForm, PictureFields):
    """The fields, a row for each single date, and what they make together: dates by the clock of Riga."""

    date_rows = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, files: Any = None, *, proposal: Proposal, now: datetime, by: User | None = None
    ) -> None:
        before = {**proposal.content, "project": own_projects.chosen_in(proposal)}
        self.published = PublishedDates.of(proposal.activity, now)
        self.kept = activity_content.whole(before)
        if data is not None:
            self.kept = activity_content.sent(data, before, self._asked())
            data = {**activity_content.flat(self.kept), **_of_the_picture(data)}
        self.proposal, self.now, self.by = proposal, now, by
        current = proposal.activity.picture.name if proposal.activity else ""
        # Without a person no file comes, so nobody is asked who brought it.
        by_whom: Any = by
        PictureFields.__init__(
            self, data, files, institution=proposal.institution, by=by_whom, now=now, current=current or ""
        )
        self.initial = activity_content.flat(self.kept)
        for name in set(ActivityFields.base_fields) - self._asked():
            del self.fields[name]
        for number in range(1, self.initial["date_rows"] + 1):
            self._add_row(number)
        # The summary of errors names the fields in the order they stand on the page.
        rows = [name for name in self.fields if name.startswith("date_")]
        self.order_fields(["title", "summary", "theme", "description", "project", *rows])
        self._offer_choices()
        self.helper = laid_out(self)

    @classmethod
    def of_content(cls, proposal: Proposal, now: datetime) -> "ActivityForm":
        content = {**proposal.content, "project": own_projects.chosen_in(proposal)}
        return cls(activity_content.flat(activity_content.whole(content)), {}, proposal=proposal, now=now)

    def content(self) -> Content:
        """Whatever was typed, valid or not."""
        return {**self.kept, **self.picture_content()} if self.is_bound else self.kept

    @cached_property
    def when(self) -> When:
        """The dates it makes, as far as they can be read."""
        return read(self.kept, self.now, known=self.published.beginnings)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, message in self.when.faults:
            self.add_error(name if name in self.fields else None, message)
        self._check_that_there_is_a_time()
        self._check_place()
        ages = [self._number(name, OLDEST) for name in ("age_from", "age_to")]
        if ages[0] is not None and ages[1] is not None and ages[0] > ages[1]:
            self.add_error("age_to", _("The upper age cannot be below the lower one."))
        if "places" in self.fields and self._number("places", MOST_PLACES) == 0:
            self.add_error("places", _("Write how many places there are, or leave it empty: no limit."))
        return cleaned

    def _check_that_there_is_a_time(self) -> None:
        if "about_year" in self.fields:
            year = self._number("about_year", LATEST_YEAR)
            if year is None and self.kept["about_season"] and "about_year" not in self.errors:
                self.add_error("about_year", _("A season needs its year."))
            if year is not None and (fault := self._season_fault(year)):
                self.add_error("about_year", fault)
        has_about = self.kept["about_year"] or self.kept["about_season"]
        has_any = self.when.dates or self.when.faults or self.published.is_any or has_about
        if not has_any and not is_repeat_asked(self.kept):
            words = _("Write a date, or about when it will be.")
            self.add_error("date_1_day", ValidationError(words, code="required"))

    def _season_fault(self, year: int) -> str:
        today = dates.local_day(self.now)
        return season_fault(year, str(self.kept["about_season"]), today)

    def _check_place(self) -> None:
        chosen = self.kept["where"]
        if chosen == where.ELSEWHERE and not self.kept["place"]:
            self.add_error("place", _("Write which place it is."))
        link = self.kept["online_link"]
        if chosen == where.ONLINE and link:
            try:
                URLValidator(schemes=["https", "http"])(link)
            except ValidationError:
                self.add_error("online_link", _("A link begins with https://"))

    def _number(self, name: str, most: int) -> int | None:
        try:
            return number_of(self.kept[name], most)
        except Unreadable as unreadable:
            self.add_error(name, unreadable.message)
            return None

    @property
    def settled(self) -> frozenset[str]:
        """What is not asked, and never written."""
        return frozenset(SETTLED if self.published.is_any else ())

    def _asked(self) -> frozenset[str]:
        return frozenset(ActivityFields.base_fields) - self.settled

    def _add_row(self, number: int) -> None:
        row = {
            "day": day(_("Day")),
            "from": hour(_("From")),
            "until": hour(_("Until")),
            "whole": yes(_("The whole day")),
            "last": day(_("Last day"), _("Only if it lasts several days.")),
        }
        for name, field in row.items():
            self.fields[f"date_{number}_{name}"] = field

    def _offer_choices(self) -> None:
        fields: Any = self.fields
        own = own_projects.choices(self.proposal, self.kept["project"])
        fields["project"].choices = [("", _("In no project")), *own]
        fields["where"].choices = [("", _("Choose")), *where.choices()]
        fields["repeat_weekdays"].choices = [(str(n), name) for n, name in enumerate(dates.weekday_names())]
        today = dates.local_day(self.now)
        repeated = [(each.day.isoformat(), each.told(today=today)) for each in self.when.repeated]
        if repeated:
            fields["repeat_without"].choices = repeated
        else:
            del fields["repeat_without"]


def _of_the_picture(data: Any) -> dict[str, Any]:
    """What the picture's part of the form asks."""
    return {name: data.get(name) for name in data if name.startswith("picture")}
