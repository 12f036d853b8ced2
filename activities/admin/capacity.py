"""The count of places in the admin: to look at, since the gate alone writes it."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activities.admin.filters import ActivityFilter
from activities.models import Capacity
from kopiena.floor.admin.office import ReadOnlyAdmin, seen_by
from kopiena.floor.said import in_language


class ActivityOfDateFilter(ActivityFilter):
    """By the activity of the date."""

    path = "occurrence__activity"


@admin.register(Capacity)
class CapacityAdmin(ReadOnlyAdmin):
    """Places of each date: how many there are, how many are taken, who waits."""

    list_display = ["date", "unit", "limit", "taken", "taken_by_groups", "held", "held_until", "waiting"]
    list_filter = ["unit", ActivityOfDateFilter, "occurrence__is_demo"]
    search_fields: ClassVar = [f"occurrence__activity__title_{code}" for code in ("lv", "ru", "en")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Capacity]:
        rows = super().get_queryset(request).select_related("occurrence__activity")
        return seen_by(rows, request, "occurrence__activity__audience")

    @admin.display(description=_("date"), ordering=in_language("occurrence__activity__title", "lv"))
    def date(self, capacity: Capacity) -> str:
        return str(capacity.occurrence)

    @admin.display(description=_("places"), ordering="places")
    def limit(self, capacity: Capacity) -> str:
        return str(_("no limit")) if capacity.places is None else str(capacity.places)
