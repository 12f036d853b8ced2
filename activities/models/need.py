"""What is wanted: helpers or things."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from kopiena.floor.said import said


class Need(models.Model):
    """So many helpers, so many rakes; `taken` is kept by the gate."""

    class Kind(models.TextChoices):
        HELPERS = "helpers", _("helpers")
        THINGS = "things", _("things")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="needs", verbose_name=_("activity"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title_lv = models.CharField(_("what (Latvian)"), max_length=120)
    title_ru = models.CharField(_("what (Russian)"), max_length=120, blank=True)
    title_en = models.CharField(_("what (English)"), max_length=120, blank=True)
    wanted = models.PositiveSmallIntegerField(_("how many"), default=1)
    taken = models.PositiveIntegerField(_("promised"), default=0, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["helpers", "things"]),
                name="need_kind_is_known",
                violation_error_message=_("Helpers or things are wanted."),
            ),
            models.CheckConstraint(
                condition=Q(wanted__gte=1),
                name="need_wants_something",
                violation_error_message=_("At least one is wanted."),
            ),
        ]

    def __str__(self) -> str:
        return str(said(self, "title", "lv"))
