"""Filters of the office's lists."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from kopiena.floor.admin.office import seen_by
from kopiena.floor.said import in_language


class ActivityFilter(admin.SimpleListFilter):
    """By activity, naming only those the asker may know of."""

    title = _("activity")
    parameter_name = "activity"
    path = "activity"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        dated = Activity.objects.filter(occurrences__isnull=False).distinct()
        titled = seen_by(dated, request, "audience").annotate(title=in_language("title", "lv"))
        return list(titled.order_by("title", "pk").values_list("pk", "title"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(**{self.path: int(value)}) if value.isdecimal() and len(value) < 12 else queryset.none()


class TimeFilter(admin.SimpleListFilter):
    """Coming, past or without a date; for dates that know when they end (`timed()`)."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("coming", _("coming")), ("past", _("past")), ("undated", _("without a date"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        match self.value():
            case "coming":
                return queryset.filter(ends_at__gt=now)
            case "past":
                return queryset.filter(ends_at__lte=now)
            case "undated":
                return queryset.filter(ends_at__isnull=True)
        return queryset
