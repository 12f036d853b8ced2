"""A party's place, or its place in the queue, at one occurrence."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Occurrence
from families.models.sign_up import SignUp


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations in the office's words."""

    def of(self, occurrence_id: int) -> "RegistrationQuerySet":
        return self.filter(occurrence_id=occurrence_id)

    def placed(self) -> "RegistrationQuerySet":
        return self.filter(status=Registration.Status.PLACED)

    def in_queue(self) -> "RegistrationQuerySet":
        """Waiting parties, the first in line first."""
        return self.filter(status=Registration.Status.WAITING).order_by("queue_number")


class Registration(models.Model):
    """A sign-up for one occurrence: placed, waiting or cancelled. Written by the gate alone."""

    class Status(models.TextChoices):
        PLACED = "placed", _("Confirmed")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    class CancelledBy(models.TextChoices):
        NOBODY = "", _("not cancelled")
        FAMILY = "family", _("the family")
        CENTRE = "centre", _("the centre")

    sign_up = models.ForeignKey(
        SignUp, on_delete=models.CASCADE, related_name="registrations", verbose_name=_("sent form")
    )
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="+", verbose_name=_("date"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    adults = models.PositiveIntegerField(_("adults"))
    children = models.PositiveIntegerField(_("children taking part"))
    children_along = models.PositiveIntegerField(_("children coming along"), default=0)
    seats = models.PositiveIntegerField(_("places"))
    queue_number = models.PositiveIntegerField(_("number in the order of coming"))
    revision = models.PositiveIntegerField(_("revision"), default=0)
    needs_answer = models.TextField(_("what we should know"), blank=True, max_length=500)
    created_at = models.DateTimeField(_("signed up"))
    placed_at = models.DateTimeField(_("placed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.CharField(
        _("cancelled by"), max_length=10, choices=CancelledBy.choices, blank=True, default=CancelledBy.NOBODY
    )
    is_first_time = models.BooleanField(_("for the first time"), null=True, blank=True)
    children_under_7 = models.PositiveIntegerField(_("children under 7"), null=True, blank=True)
    children_7_to_12 = models.PositiveIntegerField(_("children of 7 to 12"), null=True, blank=True)
    children_over_12 = models.PositiveIntegerField(_("children over 12"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["occurrence", "status", "queue_number"], name="registration_queue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sign_up", "occurrence"],
                name="registration_once_for_each_form",
                violation_error_message=_("This form already holds a registration for this date."),
            ),
            models.UniqueConstraint(
                fields=["occurrence", "queue_number"],
                name="registration_number_once",
                violation_error_message=_("This number in the order is taken."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["placed", "waiting", "cancelled"]),
                name="registration_status_is_known",
                violation_error_message=_("A registration is confirmed, waiting or cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(adults__gte=1) | Q(children__gte=1) | Q(children_along__gte=1),
                name="registration_has_somebody",
                violation_error_message=_("At least one person must come."),
            ),
            models.CheckConstraint(
                condition=Q(adults__lte=1000, children__lte=1000, children_along__lte=1000),
                name="registration_party_is_human",
                violation_error_message=_("That many people do not come at once."),
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1) & Q(seats__lte=F("adults") + F("children") + F("children_along")),
                name="registration_seats_suit_the_party",
                violation_error_message=_("A party takes at least one place and at most one a head."),
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False, cancelled_by__in=["family", "centre"])
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True, cancelled_by="")),
                name="registration_cancelled_says_when_and_by_whom",
                violation_error_message=_("A cancelled registration says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status="placed") | Q(placed_at__isnull=False),
                name="registration_placed_says_when",
                violation_error_message=_("A confirmed registration says since when."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_placed(self) -> bool:
        return self.status == self.Status.PLACED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def people(self) -> int:
        """Everybody who comes."""
        return self.adults + self.children + self.children_along
