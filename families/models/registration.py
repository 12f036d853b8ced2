"""A party's place, or its place in the queue, at one occurrence."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Occurrence
from families.models.sign_up import SignUp
from partners.models import Institution


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations in the office's words."""

    def of(self, occurrence_id: int) -> "RegistrationQuerySet":
        return self.filter(occurrence_id=occurrence_id)

    def placed(self) -> "RegistrationQuerySet":
        return self.filter(status=Registration.Status.PLACED)

    def live(self) -> "RegistrationQuerySet":
        """Those who come or wait."""
        return self.exclude(status=Registration.Status.CANCELLED)

    def groups_of(self, institution: Institution) -> "RegistrationQuerySet":
        """Groups and classes of an institution; where only the invited come unseen it is told of none."""
        ours = self.filter(sign_up__institution=institution, is_group=True)
        return ours.exclude(occurrence__activity__audience=Activity.Audience.DISCREET)

    def in_queue(self) -> "RegistrationQuerySet":
        """Waiting parties, the first in line first."""
        return self.filter(status=Registration.Status.WAITING).order_by("queue_number")

    def with_number(self) -> "RegistrationQuerySet":
        """With `number_gathered`: how manieth in line each is now; nothing where nobody waits."""
        line = Registration.objects.filter(occurrence=OuterRef("occurrence"), status=Registration.Status.WAITING)
        ahead = line.filter(queue_number__lte=OuterRef("queue_number")).order_by().values("occurrence")
        return self.annotate(number_gathered=Subquery(ahead.annotate(number=Count("pk")).values("number")))

    def with_overtaken(self) -> "RegistrationQuerySet":
        """With `overtaken`: how many parties that came later have been given places meanwhile."""
        later = Registration.objects.filter(
            occurrence=OuterRef("occurrence"), queue_number__gt=OuterRef("queue_number"), placed_at__isnull=False
        )
        count = later.order_by().values("occurrence").annotate(count=Count("pk")).values("count")
        return self.annotate(overtaken=Coalesce(Subquery(count), 0, output_field=IntegerField()))

    def with_contact_of(self, sign_up: SignUp) -> "RegistrationQuerySet":
        """Registrations of other sent forms with the same phone or e-mail."""
        same = Q(pk__in=[])
        if sign_up.email:
            same |= Q(sign_up__email=sign_up.email)
        if sign_up.phone:
            same |= Q(sign_up__phone=sign_up.phone)
        return self.filter(same).exclude(sign_up=sign_up)

    def with_same_contact(self) -> "RegistrationQuerySet":
        """With `same_contact_id`: another live registration for the same date with the same phone or e-mail."""
        phone = Q(sign_up__phone=OuterRef("sign_up__phone")) & ~Q(sign_up__phone="")
        email = Q(sign_up__email=OuterRef("sign_up__email")) & ~Q(sign_up__email="")
        others = Registration.objects.live().filter(phone | email, occurrence=OuterRef("occurrence"), is_group=False)
        others = others.exclude(sign_up=OuterRef("sign_up")).order_by("pk")
        return self.annotate(same_contact_id=Subquery(others.values("pk")[:1]))


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

    class CancelledFor(models.TextChoices):
        NOTHING = "", _("no reason of ours")
        MERGED = "merged", _("joined with another registration")
        JUNK = "junk", _("junk")

    class Override(models.TextChoices):
        """What a person of the staff may let pass, with a reason; never the number of places."""

        AGE = "age", _("age")
        WINDOW = "window", _("time of sign-up")
        HELD = "held", _("places kept for callers")
        ORDER = "order", _("order of the queue")

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
    cancelled_for = models.CharField(
        _("cancelled for"), max_length=10, choices=CancelledFor.choices, blank=True, default=CancelledFor.NOTHING
    )
    is_group = models.BooleanField(_("group of an institution"), default=False)
    overrides = ArrayField(
        models.CharField(max_length=10, choices=Override.choices), verbose_name=_("let pass"), default=list, blank=True
    )
    override_reason = models.CharField(_("reason for letting it pass"), max_length=200, blank=True)
    is_first_time = models.BooleanField(_("for the first time"), null=True, blank=True)
    children_under_7 = models.PositiveIntegerField(_("children under 7"), null=True, blank=True)
    children_7_to_12 = models.PositiveIntegerField(_("children of 7 to 12"), null=True, blank=True)
    children_over_12 = models.PositiveIntegerField(_("children over 12"), null=True, blank=True)

    # With `with_number()`.
    number_gathered: int | None
    # With `with_overtaken()`.
    overtaken: int
    # With `with_same_contact()`.
    same_contact_id: int | None

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
                condition=Q(cancelled_for="")
                | Q(cancelled_for__in=["merged", "junk"], status="cancelled", cancelled_by="centre"),
                name="registration_only_the_centre_merges_or_clears",
                violation_error_message=_("Only the centre joins registrations or clears junk, and that cancels them."),
            ),
            models.CheckConstraint(
                condition=Q(overrides__contained_by=["age", "window", "held", "order"]),
                name="registration_override_is_known",
                violation_error_message=_("Only age, time, kept places and the queue's order can be let pass."),
            ),
            models.CheckConstraint(
                condition=Q(override_reason="") | ~Q(overrides=[]),
                name="registration_reason_is_for_something",
                violation_error_message=_("A reason says why something was let pass."),
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
    def number_in_queue(self) -> int | None:
        """How manieth in line now, as the family sees it; None for who does not wait. One query, or `with_number()`."""
        if not self.is_waiting:
            return None
        if "number_gathered" in vars(self):
            return self.number_gathered
        line = Registration.objects.of(self.occurrence_id).in_queue()
        return line.filter(queue_number__lte=self.queue_number).count()

    @property
    def people(self) -> int:
        """Everybody who comes."""
        return self.adults + self.children + self.children_along
