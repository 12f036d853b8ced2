"""What one signs up to: one date, or a course of many meetings."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity

PROMOTE_BEFORE_START = timedelta(hours=18)


class SignUpState(Enum):
    """Whether one may sign up now, and why not."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NOT_NEEDED = "not_needed"
    UNDATED = "undated"


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """Occurrences in the office's words; each carries when it starts and ends."""

    def public(self) -> "OccurrenceQuerySet":
        return self.filter(activity__state=Activity.State.PUBLISHED, activity__audience=Activity.Audience.OPEN)

    def timed(self) -> "OccurrenceQuerySet":
        """With `starts_at` and `ends_at`, the bounds of the meetings; one called off counts only where all are."""
        held = Q(meetings__is_cancelled=False)
        return self.annotate(
            starts_at=Coalesce(Min("meetings__starts_at", filter=held), Min("meetings__starts_at")),
            ends_at=Coalesce(Max("meetings__ends_at", filter=held), Max("meetings__ends_at")),
        )

    def with_whole_days(self) -> "OccurrenceQuerySet":
        """With `is_whole_days`: whether the meeting at `starts_at` has no clock time."""
        meetings: Any = self.model._meta.get_field("meetings").related_model
        first = meetings.objects.filter(occurrence=OuterRef("pk")).order_by("is_cancelled", "starts_at", "pk")
        return self.annotate(is_whole_days=Coalesce(Subquery(first.values("is_all_day")[:1]), False))

    def with_meetings_held(self) -> "OccurrenceQuerySet":
        """With `meetings_held`: how many meetings are not called off."""
        return self.annotate(meetings_held=Count("meetings", filter=Q(meetings__is_cancelled=False)))

    def coming(self, now: datetime) -> "OccurrenceQuerySet":
        """Not over yet, the soonest first."""
        return self.timed().filter(ends_at__gt=now).order_by("starts_at", "id")  # type: ignore[misc]

    def past(self, now: datetime) -> "OccurrenceQuerySet":
        """Over, the latest first."""
        return self.timed().filter(ends_at__lte=now).order_by("-starts_at", "-id")  # type: ignore[misc]


class Occurrence(models.Model):
    """A one-off has one, a repeated event one for each date, a course one with many meetings."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("will not take place")

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="occurrences", verbose_name=_("activity")
    )
    name_lv = models.CharField(_("name, e.g. rehearsals (Latvian)"), max_length=120, blank=True)
    name_ru = models.CharField(_("name (Russian)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    is_sign_up_needed = models.BooleanField(_("sign-up needed"), default=True)
    sign_up_opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True)
    sign_up_closes_at = models.DateTimeField(
        _("sign-up closes"), null=True, blank=True, help_text=_("Empty: when the first meeting begins.")
    )
    promote_until = models.DateTimeField(
        _("freed places go to the queue until"),
        null=True,
        blank=True,
        help_text=_("Empty: 18 hours before the first meeting."),
    )
    decision_at = models.DateTimeField(_("decision on the weather"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    reason_lv = models.CharField(_("reason (Latvian)"), max_length=300, blank=True)
    reason_ru = models.CharField(_("reason (Russian)"), max_length=300, blank=True)
    reason_en = models.CharField(_("reason (English)"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    # Kept by a trigger, whoever writes the row.
    changed_at = models.DateTimeField(_("last changed"), db_default=Now(), editable=False)

    # With `timed()`.
    starts_at: datetime | None
    ends_at: datetime | None
    is_whole_days: bool  # with `with_whole_days()`
    # With `with_meetings_held()`.
    meetings_held: int

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        constraints = [
            models.CheckConstraint(
                condition=Q(sign_up_opens_at__isnull=True)
                | Q(sign_up_closes_at__isnull=True)
                | Q(sign_up_closes_at__gt=F("sign_up_opens_at")),
                name="occurrence_sign_up_closes_after_it_opens",
                violation_error_message=_("Sign-up must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]),
                name="occurrence_state_is_known",
                violation_error_message=_("A date is planned or will not take place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} #{self.pk}"

    def get_sign_up_url(self) -> str:
        return reverse("families:sign_up", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    def closes_at(self, starts_at: datetime) -> datetime:
        """When sign-up ends, given when the first meeting begins."""
        return min(self.sign_up_closes_at or starts_at, starts_at)

    def promotes_until(self, starts_at: datetime) -> datetime:
        """Until when freed places go to the queue by themselves, given when the first meeting begins."""
        return self.promote_until or starts_at - PROMOTE_BEFORE_START

    def sign_up_state(self, now: datetime, starts_at: datetime | None) -> SignUpState:
        """Whether one may sign up now, given when the first meeting begins (None: no date yet)."""
        if not self.is_sign_up_needed:
            return SignUpState.NOT_NEEDED
        if self.is_cancelled:
            return SignUpState.CANCELLED
        if starts_at is None:
            return SignUpState.UNDATED
        if now >= self.closes_at(starts_at):
            return SignUpState.CLOSED
        if self.sign_up_opens_at is not None and now < self.sign_up_opens_at:
            return SignUpState.NOT_YET
        return SignUpState.OPEN
