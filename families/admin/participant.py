"""People in registrations, in the admin: only where the activity asked for them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activities.admin.filters import ActivityFilter
from families.models import Participant
from kopiena.floor.admin.office import ReadOnlyAdmin, seen_by
from kopiena.floor.said import in_language


class ActivityOfParticipantFilter(ActivityFilter):
    """By the activity they come to."""

    path = "registration__occurrence__activity"


@admin.register(Participant)
class ParticipantAdmin(ReadOnlyAdmin):
    """First name if given, and age on the day."""

    list_display = ["first_name", "kind", "age", "activity", "registration_status", "registration"]
    list_display_links = ["first_name", "kind"]
    list_filter = ["kind", "registration__status", ActivityOfParticipantFilter, "registration__sign_up__is_demo"]
    search_fields = ["first_name"]
    fields = ["registration", "kind", "first_name", "age"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participant]:
        rows = super().get_queryset(request).select_related("registration__occurrence__activity")
        return seen_by(rows, request, "registration__occurrence__activity__audience")

    @admin.display(description=_("activity"), ordering=in_language("registration__occurrence__activity__title", "lv"))
    def activity(self, participant: Participant) -> str:
        return str(participant.registration.occurrence.activity)

    @admin.display(description=_("status"), ordering="registration__status")
    def registration_status(self, participant: Participant) -> str:
        return participant.registration.get_status_display()
