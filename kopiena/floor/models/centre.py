"""The centre itself: one row, edited in the admin."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Centre(models.Model):
    """Name, address, hours, contact and announcement of the centre."""

    name_lv = models.CharField(_("name (Latvian)"), max_length=120)
    name_ru = models.CharField(_("name (Russian)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    address_lv = models.CharField(_("address (Latvian)"), max_length=200, blank=True)
    address_ru = models.CharField(_("address (Russian)"), max_length=200, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=200, blank=True)
    about_lv = models.TextField(_("about the centre (Latvian)"), blank=True)
    about_ru = models.TextField(_("about the centre (Russian)"), blank=True)
    about_en = models.TextField(_("about the centre (English)"), blank=True)
    hours_lv = models.CharField(_("opening hours (Latvian)"), max_length=200, blank=True)
    hours_ru = models.CharField(_("opening hours (Russian)"), max_length=200, blank=True)
    hours_en = models.CharField(_("opening hours (English)"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone_hours_lv = models.CharField(_("phone hours (Latvian)"), max_length=200, blank=True)
    phone_hours_ru = models.CharField(_("phone hours (Russian)"), max_length=200, blank=True)
    phone_hours_en = models.CharField(_("phone hours (English)"), max_length=200, blank=True)
    deputy = models.CharField(
        _("deputy"),
        max_length=120,
        blank=True,
        help_text=_("Whom to ask when the coordinator is away; shown to staff."),
    )
    announcement_lv = models.CharField(_("announcement (Latvian)"), max_length=300, blank=True)
    announcement_ru = models.CharField(_("announcement (Russian)"), max_length=300, blank=True)
    announcement_en = models.CharField(_("announcement (English)"), max_length=300, blank=True)
    announcement_from = models.DateTimeField(_("announcement from"), null=True, blank=True)
    announcement_until = models.DateTimeField(_("announcement until"), null=True, blank=True)

    class Meta:
        verbose_name = _("the centre")
        verbose_name_plural = _("the centre")
        permissions = [("coordinate", "Plans and runs the centre's work")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1), name="centre_is_one", violation_error_message=_("There is one centre only.")
            ),
            models.CheckConstraint(
                condition=Q(announcement_from__isnull=True)
                | Q(announcement_until__isnull=True)
                | Q(announcement_until__gt=F("announcement_from")),
                name="centre_announcement_ends_after_it_begins",
                violation_error_message=_("The announcement must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_lv

    @property
    def has_contact(self) -> bool:
        """Whether pages may say "call us" or "write to us"."""
        return bool(self.phone or self.email)

    def is_announcing(self, now: datetime) -> bool:
        """Whether the announcement is to be shown at this moment."""
        return bool(
            self.announcement_lv
            and (self.announcement_from is None or self.announcement_from <= now)
            and (self.announcement_until is None or now < self.announcement_until)
        )


class Supporter(models.Model):
    """Who supports the centre: a name, a logo and a sentence."""

    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, related_name="supporters", verbose_name=_("the centre")
    )
    name = models.CharField(pgettext_lazy("organisation", "name"), max_length=120)
    logo = models.ImageField(_("logo"), upload_to="supporters/", blank=True)
    sentence_lv = models.CharField(_("sentence (Latvian)"), max_length=300, blank=True)
    sentence_ru = models.CharField(_("sentence (Russian)"), max_length=300, blank=True)
    sentence_en = models.CharField(_("sentence (English)"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("supporter")
        verbose_name_plural = _("supporters")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
