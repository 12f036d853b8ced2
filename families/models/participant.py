"""A person in a registration, kept only where the activity asks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.models.registration import Registration


class Participant(models.Model):
    """A first name if given, and the age on the day."""

    class Kind(models.TextChoices):
        ADULT = "adult", _("adult")
        CHILD = "child", _("child")
        CHILD_ALONG = "child_along", _("child coming along")

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="participants", verbose_name=_("registration")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    first_name = models.CharField(_("first name"), max_length=40, blank=True)
    age = models.PositiveSmallIntegerField(_("age on the day"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["adult", "child", "child_along"]),
                name="participant_kind_is_known",
                violation_error_message=_("A participant is an adult, a child, or a child coming along."),
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__lte=120),
                name="participant_age_is_human",
                violation_error_message=_("An age is at most 120 years."),
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(kind="adult") | Q(age__lte=17),
                name="participant_child_is_a_child",
                violation_error_message=_("A child is at most 17 years old."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
