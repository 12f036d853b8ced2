"""When and where people meet; the calendar shows meetings."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.db.models.fields.generated import GeneratedField
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activities.models.occurrence import Occurrence
from activities.models.venue import Room, Venue

RIGA = ZoneInfo("Europe/Riga")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings in the office's words."""

    def public(self) -> "MeetingQuerySet":
        return self.filter(occurrence__activity__state="published", occurrence__activity__audience="open")

    def between(self, start: datetime, end: datetime) -> "MeetingQuerySet":
        """Those that touch the half-open span, the soonest first; an index of spans finds them among however many."""
        span = Func(start, end, Value("[)"), function="tstzrange", output_field=DateTimeRangeField())
        return self.filter(during__overlap=span).order_by("starts_at", "id")


class Meeting(models.Model):
    """Start and end, or a span of whole days; at a venue, at home or online."""

    class Where(models.TextChoices):
        VENUE = "venue", _("at a venue")
        HOME = "home", _("at home")
        ONLINE = "online", _("online")

    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.CASCADE, related_name="meetings", verbose_name=_("date")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), help_text=_("For whole days: midnight after the last day."))
    is_all_day = models.BooleanField(_("whole days"), default=False)
    where = models.CharField(_("where"), max_length=10, choices=Where.choices, default=Where.VENUE)
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue")
    )
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    holds_room = models.BooleanField(
        _("has the room to itself"), default=True, help_text=_("Off: the room is shared on purpose.")
    )
    is_cancelled = models.BooleanField(_("will not take place"), default=False)
    name_lv = models.CharField(_("name, e.g. of a workshop (Latvian)"), max_length=120, blank=True)
    name_ru = models.CharField(_("name (Russian)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    online_link = models.URLField(_("link for those signed up"), blank=True)
    moved_from = models.DateTimeField(_("began first, before it was moved"), null=True, blank=True, editable=False)
    # Kept by a trigger, whoever writes the row.
    changed_at = models.DateTimeField(_("last changed"), db_default=Now(), editable=False)
    during = GeneratedField(
        expression=Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["ends_at", "starts_at"], name="meeting_by_time"),
            GistIndex(fields=["during"], name="meeting_by_span"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message=_("A meeting must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(where__in=["venue", "home", "online"]),
                name="meeting_where_is_known",
                violation_error_message=_("A meeting is at a venue, at home or online."),
            ),
            models.CheckConstraint(
                condition=Q(where="venue", venue__isnull=False) | (~Q(where="venue") & Q(venue__isnull=True)),
                name="meeting_has_a_venue_when_at_a_venue",
                violation_error_message=_("Choose the venue; a meeting at home or online has none."),
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=True) | Q(venue__isnull=False),
                name="meeting_room_needs_its_venue",
                violation_error_message=_("A room needs its venue."),
            ),
            # Nothing is said of order: a meeting is moved to a later or a sooner time.
            models.CheckConstraint(
                condition=Q(moved_from__isnull=True) | ~Q(moved_from=F("starts_at")),
                name="meeting_is_moved_to_another_start",
                violation_error_message=_("A meeting that begins as at first has not been moved."),
            ),
            ExclusionConstraint(
                name="meeting_room_never_booked_twice",
                expressions=[
                    # Without btree_gist a number is compared as a range of one.
                    (Func(F("room"), F("room"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(room__isnull=False, holds_room=True, is_cancelled=False),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("The room is taken at that time. Choose another, or tick that it is shared."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if self.room_id and self.venue_id and self.room is not None and self.room.venue_id != self.venue_id:
            errors["room"] = _("This room belongs to another venue.")
        if self.is_all_day and self.starts_at and self.ends_at:
            for field in ("starts_at", "ends_at"):
                if getattr(self, field).astimezone(RIGA).time().replace(tzinfo=None) != datetime.min.time():
                    errors[field] = _("Whole days begin and end at midnight.")
        if errors:
            raise ValidationError(errors)

    def move(self, starts_at: datetime, ends_at: datetime) -> None:
        """Another time for what people may know of already: it remembers when it was to begin at first.

        Moved back to that, it was not moved.
        """
        first = self.moved_from or self.starts_at
        self.starts_at, self.ends_at = starts_at, ends_at
        self.moved_from = None if first == starts_at else first

    @property
    def first_day(self) -> date:
        """The day it begins, in Riga."""
        return self.starts_at.astimezone(RIGA).date()

    @property
    def last_day(self) -> date:
        """The last day it touches, in Riga."""
        return (self.ends_at - timedelta(microseconds=1)).astimezone(RIGA).date()

    @property
    def is_campaign(self) -> bool:
        """Whether it spans several days, shown as a bar."""
        return self.first_day != self.last_day
