"""A partner institution, and who may act for it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Institutions in the office's words."""

    def open_on(self, day: date) -> "InstitutionQuerySet":
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Institution(models.Model):
    """A kindergarten, school or centre that offers activities; it may be renamed and closed with the years."""

    class Kind(models.TextChoices):
        PRESCHOOL = "preschool", _("preschool")
        BASIC_SCHOOL = "basic_school", _("basic school")
        SECONDARY_SCHOOL = "secondary_school", _("secondary school")
        YOUTH_CENTRE = "youth_centre", _("children's and youth centre")
        ORGANISER = "organiser", _("organisation above the centre")
        OTHER = "other", _("other organisation")

    slug = models.SlugField(_("address on the site"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    short_name_lv = models.CharField(_("short name (Latvian)"), max_length=60)
    short_name_ru = models.CharField(_("short name (Russian)"), max_length=60, blank=True)
    short_name_en = models.CharField(_("short name (English)"), max_length=60, blank=True)
    name_lv = models.CharField(_("full name (Latvian)"), max_length=200)
    name_ru = models.CharField(_("full name (Russian)"), max_length=200, blank=True)
    name_en = models.CharField(_("full name (English)"), max_length=200, blank=True)
    former_names = models.TextField(_("former names"), blank=True, help_text=_("One on each line."))
    about_lv = models.TextField(_("about (Latvian)"), blank=True)
    about_ru = models.TextField(_("about (Russian)"), blank=True)
    about_en = models.TextField(_("about (English)"), blank=True)
    own_partners_lv = models.TextField(_("its own partners (Latvian)"), blank=True)
    own_partners_ru = models.TextField(_("its own partners (Russian)"), blank=True)
    own_partners_en = models.TextField(_("its own partners (English)"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="institutions/", blank=True)
    joined_on = models.DateField(_("partner since"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    is_partner = models.BooleanField(_("partner of the centre"), default=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name_lv"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["preschool", "basic_school", "secondary_school", "youth_centre", "organiser", "other"]
                ),
                name="institution_kind_is_known",
                violation_error_message=_("Choose a kind from the list."),
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=models.F("joined_on")),
                name="institution_closes_after_it_joins",
                violation_error_message=_("An institution cannot close before it became a partner."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name_lv

    def get_absolute_url(self) -> str:
        return reverse("activities:institution", args=[self.slug])

    def is_closed(self, day: date) -> bool:
        """Whether it no longer works on that day."""
        return self.closed_on is not None and self.closed_on <= day


class Membership(models.Model):
    """Who may act for an institution, and as what."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("editor")
        MANAGER = "manager", _("manager")

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("institution")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.EDITOR)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "user"],
                name="membership_once",
                violation_error_message=_("This person already acts for this institution."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["editor", "manager"]),
                name="membership_role_is_known",
                violation_error_message=_("The role is editor or manager."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
