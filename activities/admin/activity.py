"""Activities in the admin: texts, organisers, manners; their dates have pages of their own."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, F, Min, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.models import Activity, Need
from kopiena.floor.admin.addresses import AddressedForm
from kopiena.floor.admin.office import OfficeAdmin, TitledRows, at, other_languages, seen_by, texts

TEXTS = (
    "title",
    "summary",
    "description",
    "bring",
    "weather",
    "other_organisers",
    "led_by",
    "picture_alt",
    "outcome",
)


class NeedInline(admin.TabularInline):
    """Helpers and things wanted."""

    model = Need
    extra = 0
    fields = ["kind", "wanted", "taken", "title_lv", "title_ru", "title_en"]
    readonly_fields = ["taken"]


@admin.register(Activity)
class ActivityAdmin(TitledRows, OfficeAdmin):
    """What is offered, before any date."""

    form = AddressedForm
    inlines = [NeedInline]
    list_display = ["title", "state", "audience", "theme", "next_date", "date_count"]
    list_filter = ["state", "audience", "theme", "organisers", "project", "approximate_year", "is_demo"]
    search_fields = ["title_lv", "title_ru", "title_en", "summary_lv"]
    autocomplete_fields = ["organisers", "project", "made_for"]
    prepopulated_fields = {"slug": ["title_lv"]}
    readonly_fields = ["dates_link", "published_at"]
    actions = ["publish", "archive"]
    fieldsets = [
        (None, {"fields": ["title_lv", "summary_lv", "description_lv", "theme", "state", "audience", "dates_link"]}),
        (_("Who"), {"fields": ["organisers", *texts("lv", "other_organisers", "led_by"), "project", "made_for"]}),
        (_("When there is no date yet"), {"fields": ["approximate_year", "approximate_season"]}),
        (_("Places in new dates"), {"fields": ["unit", "usual_places", "is_companion_seated"]}),
        (
            _("Who may come"),
            {
                "fields": [
                    ("age_from", "age_to"),
                    "is_age_asked",
                    "is_adult_needed",
                    "is_sibling_welcome",
                    "is_for_helpers",
                    "is_free",
                    ("is_in_latvian", "is_in_russian", "is_in_english"),
                ]
            },
        ),
        (_("Good to know"), {"fields": texts("lv", "bring", "weather")}),
        (_("Picture"), {"classes": ["collapse"], "fields": ["picture", "picture_alt_lv"]}),
        (_("Afterwards"), {"classes": ["collapse"], "fields": ["outcome_lv"]}),
        *other_languages(*TEXTS),
        (_("On the site"), {"classes": ["collapse"], "fields": ["slug", "published_at", "returned_note"]}),
    ]

    def view_on_site(self, obj: Activity) -> str | None:
        """Straight to the public page; Django's own redirect asks no rights and is shut."""
        return obj.get_absolute_url() if obj.is_public else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        coming = Q(occurrences__meetings__ends_at__gt=timezone.now())
        return seen_by(super().get_queryset(request), request, "audience").annotate(
            dates=Count("occurrences", distinct=True),
            next_at=Min("occurrences__meetings__starts_at", filter=coming),
        )

    @admin.display(description=_("next date"), ordering=F("next_at").asc(nulls_last=True))
    def next_date(self, activity: Any) -> str:
        return at(activity.next_at) if activity.next_at else self.get_empty_value_display()

    @admin.display(description=_("dates"), ordering="dates")
    def date_count(self, activity: Any) -> int:
        return activity.dates

    @admin.display(description=_("dates"))
    def dates_link(self, activity: Any) -> str:
        """The way to the dates, and to a new one."""
        if activity.pk is None:
            return str(_("Save the activity first, then add its dates."))
        query = f"activity={activity.pk}"
        return format_html(
            '<a href="{}?{}">{}: {}</a> &nbsp; <a href="{}?{}">{}</a>',
            reverse("admin:activities_occurrence_changelist"),
            query,
            _("Dates"),
            activity.dates,
            reverse("admin:activities_occurrence_add"),
            query,
            _("Add a date"),
        )

    def save_model(self, request: HttpRequest, obj: Activity, form: Any, change: bool) -> None:
        """Published here, too, it remembers since when."""
        if obj.state == Activity.State.PUBLISHED:
            obj.publish(timezone.now())
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Publish the chosen activities"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Activity]) -> None:
        now = timezone.now()
        for activity in chosen:
            activity.publish(now)
            activity.save(update_fields=["state", "published_at"])
            self.log_change(request, activity, [{"changed": {"fields": [str(_("state"))]}}])
        self._say(
            request, ngettext("%(count)d activity published.", "%(count)d activities published.", len(chosen)), chosen
        )

    @admin.action(description=_("Archive the chosen activities"), permissions=["change"])
    def archive(self, request: HttpRequest, chosen: QuerySet[Activity]) -> None:
        for activity in chosen:
            activity.state = Activity.State.ARCHIVED
            activity.save(update_fields=["state"])
            self.log_change(request, activity, [{"changed": {"fields": [str(_("state"))]}}])
        self._say(
            request, ngettext("%(count)d activity archived.", "%(count)d activities archived.", len(chosen)), chosen
        )

    def _say(self, request: HttpRequest, words: str, chosen: QuerySet[Activity]) -> None:
        self.message_user(request, words % {"count": len(chosen)}, messages.SUCCESS)
