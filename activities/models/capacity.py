"""How many places there are and how many are taken: the row every sign-up locks."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from activities.models.occurrence import Occurrence


class Capacity(models.Model):
    """The places of one occurrence; born with it (by a trigger), in no form, written by the gate alone.

    A row apart from Occurrence, since any save of the occurrence in the admin would write an old count back.
    """

    occurrence = models.OneToOneField(
        Occurrence, on_delete=models.CASCADE, primary_key=True, related_name="capacity", verbose_name=_("date")
    )
    unit = models.CharField(_("a place is for"), max_length=10, choices=Activity.Unit.choices)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    held = models.PositiveIntegerField(_("kept for callers"), default=0)
    held_until = models.DateTimeField(_("kept until"), null=True, blank=True)
    for_groups = models.PositiveIntegerField(_("at most for groups"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)
    # In the database too: a trigger makes the row.
    taken_by_groups = models.PositiveIntegerField(_("taken by groups"), default=0, db_default=0)
    waiting = models.PositiveIntegerField(_("parties waiting"), default=0)
    last_queue_number = models.PositiveIntegerField(_("last queue number"), default=0)

    class Meta:
        verbose_name = _("places")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__in=["people", "children", "families"]),
                name="capacity_unit_is_known",
                violation_error_message=_("A place is for people, children or families."),
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(taken__lte=F("places")),
                name="capacity_never_overbooked",
                violation_error_message=_("More places would be taken than there are."),
            ),
            models.CheckConstraint(
                condition=Q(taken_by_groups__lte=F("taken")),
                name="capacity_groups_are_among_the_taken",
                violation_error_message=_("Groups cannot have more places than are taken."),
            ),
            models.CheckConstraint(
                condition=Q(for_groups__isnull=True) | Q(taken_by_groups__lte=F("for_groups")),
                name="capacity_groups_keep_to_their_limit",
                violation_error_message=_("Groups would have more places than are meant for them."),
            ),
            models.CheckConstraint(
                condition=Q(held=0) | Q(held_until__isnull=False),
                name="capacity_held_places_lapse",
                violation_error_message=_("Places kept for callers need a moment when they are given back."),
            ),
            models.CheckConstraint(
                condition=Q(waiting__lte=F("last_queue_number")),
                name="capacity_waiting_have_numbers",
                violation_error_message=_("Nobody waits without a number."),
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=False) | Q(waiting=0),
                name="capacity_without_limit_nobody_waits",
                violation_error_message=_("Where places have no limit nobody waits."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def held_left(self, now: datetime) -> int:
        """Places still kept for callers at this moment."""
        return self.held if self.held_until is not None and now < self.held_until else 0

    def free_for_web(self, now: datetime) -> int | None:
        """Places free for the web and the queue; None without a limit."""
        return self.free_beside(self.held_left(now))

    def free_for_groups(self) -> int | None:
        """How many of the places groups may still have; None where no limit is set for them."""
        return None if self.for_groups is None else self.for_groups - self.taken_by_groups

    @property
    def largest_group(self) -> int | None:
        """The most places one group could ever be given, were all others empty; None without any limit."""
        return min((limit for limit in (self.places, self.for_groups) if limit is not None), default=None)

    def free_for_coordinator(self) -> int | None:
        """Places free for the coordinator, the kept ones included; None without a limit."""
        return self.free_beside(0)

    def free_beside(self, held: int) -> int | None:
        """Places − taken − so many kept for callers: what all the others are made of; None without a limit."""
        return None if self.places is None else max(0, self.places - self.taken - held)
