"""Venues and their rooms in the admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activities.models import Room, Venue
from kopiena.floor.admin.addresses import AddressedForm
from kopiena.floor.admin.office import OfficeAdmin, other_languages, texts


class VenueForm(AddressedForm):
    """A venue; its address on the site is made of its name."""

    address_from = "name_lv"


class RoomInline(admin.TabularInline):
    """The rooms of the venue."""

    model = Room
    extra = 0


@admin.register(Venue)
class VenueAdmin(OfficeAdmin):
    """Where activities take place."""

    form = VenueForm
    inlines = [RoomInline]
    list_display = ["name_lv", "address", "district_lv", "is_step_free", "has_toilet", "has_room_for_pushchairs"]
    list_filter = ["district_lv", "is_step_free", "has_toilet", "is_demo"]
    search_fields = ["name_lv", "name_ru", "name_en", "address"]
    prepopulated_fields = {"slug": ["name_lv"]}
    fieldsets = [
        (None, {"fields": ["name_lv", "address", *texts("lv", "district", "way_in")]}),
        (_("Conveniences"), {"fields": ["has_toilet", "is_step_free", "has_room_for_pushchairs"]}),
        *other_languages("name", "district", "way_in"),
        (_("On the site"), {"classes": ["collapse"], "fields": ["slug"]}),
    ]

    def view_on_site(self, obj: Venue) -> str | None:
        """Straight to the public page."""
        return obj.get_absolute_url()


@admin.register(Room)
class RoomAdmin(OfficeAdmin):
    """Only to be found from a meeting: rooms are kept on their venue's page."""

    search_fields = ["name_lv", "name_ru", "venue__name_lv"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        return super().get_queryset(request).select_related("venue")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
