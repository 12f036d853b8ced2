"""The centre in the admin: one row, opened at once."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kopiena.floor.admin.office import FORM_FIELDS, OfficeAdmin, other_languages, texts
from kopiena.floor.models import Centre, Supporter

TEXTS = ("name", "address", "about", "hours", "phone_hours", "announcement")


class SupporterInline(admin.StackedInline):
    """Who supports the centre."""

    model = Supporter
    extra = 0
    formfield_overrides = FORM_FIELDS
    fields = ["name", "logo", "sentence_lv", "sentence_ru", "sentence_en", "position"]


@admin.register(Centre)
class CentreAdmin(OfficeAdmin):
    """Name, address, hours, contact, announcement and supporters of the centre."""

    inlines = [SupporterInline]
    fieldsets = [
        (None, {"fields": texts("lv", "name", "address", "about", "hours")}),
        (_("Contact"), {"fields": ["phone", "email", "phone_hours_lv", "deputy"]}),
        (_("Announcement"), {"fields": ["announcement_lv", "announcement_from", "announcement_until"]}),
        *other_languages(*TEXTS),
    ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one centre, so no list of it: its page opens."""
        centre = self.get_queryset(request).first()
        if centre is None:
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:floor_centre_change", args=[centre.pk]))
