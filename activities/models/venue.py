"""Where activities take place: venues and the rooms in them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Venue(models.Model):
    """A place with an address, and how to get in."""

    slug = models.SlugField(_("address on the site"), unique=True)
    name_lv = models.CharField(_("name (Latvian)"), max_length=160)
    name_ru = models.CharField(_("name (Russian)"), max_length=160, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    district_lv = models.CharField(_("district (Latvian)"), max_length=60, blank=True)
    district_ru = models.CharField(_("district (Russian)"), max_length=60, blank=True)
    district_en = models.CharField(_("district (English)"), max_length=60, blank=True)
    way_in_lv = models.CharField(_("way in (Latvian)"), max_length=300, blank=True)
    way_in_ru = models.CharField(_("way in (Russian)"), max_length=300, blank=True)
    way_in_en = models.CharField(_("way in (English)"), max_length=300, blank=True)
    has_toilet = models.BooleanField(_("toilet"), null=True, blank=True)
    is_step_free = models.BooleanField(_("step-free"), null=True, blank=True)
    has_room_for_pushchairs = models.BooleanField(_("room for pushchairs"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name_lv"]

    def __str__(self) -> str:
        return self.name_lv

    def get_absolute_url(self) -> str:
        return reverse("activities:venue", args=[self.slug])


class Room(models.Model):
    """A room of a venue; it is never booked twice at a time unless a meeting shares it on purpose."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("venue"))
    name_lv = models.CharField(_("name (Latvian)"), max_length=80)
    name_ru = models.CharField(_("name (Russian)"), max_length=80, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue", "name_lv"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name_lv"],
                name="room_name_once_in_a_venue",
                violation_error_message=_("This venue already has a room of this name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue}, {self.name_lv}"
