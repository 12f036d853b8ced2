"""Dates in the admin: what one signs up to, with its meetings."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.admin.filters import ActivityFilter, TimeFilter
from activities.admin.meetings import MeetingInline
from activities.models import Capacity, Occurrence
from kopiena.floor.admin.office import OfficeAdmin, at, other_languages, seen_by

REASONS: list[Any] = ["reason_lv", "reason_ru", "reason_en"]
# Shown once more, hidden, with what the page opened with: see `save_model`.
WINDOW = ("sign_up_opens_at", "sign_up_closes_at", "promote_until", "decision_at")


@admin.register(Occurrence)
class OccurrenceAdmin(OfficeAdmin):
    """One date, or a course of many meetings."""

    inlines = [MeetingInline]
    list_display = ["activity", "when", "places", "kept", "waiting", "state", "name_lv"]
    list_display_links = ["activity", "when"]
    list_filter = [TimeFilter, "state", "is_sign_up_needed", "activity__theme", ActivityFilter, "is_demo"]
    search_fields = ["activity__title_lv", "activity__title_ru", "activity__title_en", "name_lv"]
    date_hierarchy = "meetings__starts_at"
    autocomplete_fields = ["activity"]
    # What steers the places is changed on pages of its own, through the gate.
    readonly_fields = ["places_now", "state", *REASONS]
    fieldsets = [
        (None, {"fields": ["activity", "name_lv", "is_sign_up_needed", "places_now", "state"]}),
        # Folded, since the usual date leaves them empty and the meetings below are what she came for.
        (
            _("Sign-up"),
            {
                "classes": ["collapse"],
                "fields": ["sign_up_opens_at", "sign_up_closes_at", "promote_until", "decision_at"],
            },
        ),
        (_("Why it will not take place"), {"fields": REASONS}),
        *other_languages("name"),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The activity named in the address, if it is a number at all."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if name != "activity" or str(value).isdecimal()}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Occurrence]:
        rows = Occurrence.objects.timed().with_whole_days().select_related("activity", "capacity")
        return seen_by(rows, request, "activity__audience").order_by(F("starts_at").desc(nulls_last=True), "-pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A date stays with its activity: those who signed up did so for that."""
        fixed = ["activity"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The reason stands there where there is one; a new date has no state to look at."""
        is_off = obj is not None and obj.is_cancelled
        groups = [group for group in self.fieldsets if group[1]["fields"] is not REASONS or is_off]
        if obj is not None:
            return groups
        (name, first), *rest = groups
        return [(name, {**first, "fields": [field for field in first["fields"] if field != "state"]}), *rest]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in WINDOW and field is not None:
            field.show_hidden_initial = True
        return field

    def save_model(self, request: HttpRequest, obj: Occurrence, form: Any, change: bool) -> None:
        """Write only what was changed on the page.

        Sign-up may have been closed, or the date called off, since it was opened: that must not be written back.
        """
        if not change:
            super().save_model(request, obj, form, change)
        elif changed := [name for name in form.changed_data if name in form.cleaned_data]:
            obj.save(update_fields=changed)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The row of places goes with its date; that nobody may delete it by itself is no obstacle."""
        names, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        perms_needed.discard(Capacity._meta.verbose_name)
        return names, counts, perms_needed, protected

    @admin.display(description=_("begins"), ordering="starts_at")
    def when(self, occurrence: Occurrence) -> str:
        return at(occurrence.starts_at, is_whole_day=occurrence.is_whole_days)

    @admin.display(description=_("places"))
    def places(self, occurrence: Occurrence) -> str:
        """Taken of how many: "12 / 20"."""
        capacity = occurrence.capacity
        limit = _("no limit") if capacity.places is None else capacity.places
        return f"{capacity.taken} / {limit}"

    @admin.display(description=_("kept for callers"), ordering="capacity__held")
    def kept(self, occurrence: Occurrence) -> int:
        return occurrence.capacity.held_left(timezone.now())

    @admin.display(description=_("parties waiting"), ordering="capacity__waiting")
    def waiting(self, occurrence: Occurrence) -> int:
        return occurrence.capacity.waiting

    @admin.display(description=_("places"))
    def places_now(self, occurrence: Occurrence) -> str:
        """What steers the places is changed on a page of its own."""
        if occurrence.pk is None:
            return str(_("As the activity says; they can be changed once the date is saved."))
        return f"{self.places(occurrence)} ({occurrence.capacity.get_unit_display()})"
