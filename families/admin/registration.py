"""Registrations in the admin: to look at, and to cancel through the gate."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.admin.filters import ActivityFilter
from activities.models import Meeting
from families import registering
from families.admin import deeds
from families.admin.finding import FoundByNumber
from families.models import Participant, Registration
from kopiena.floor import phones
from kopiena.floor.access import is_coordinator
from kopiena.floor.admin.office import ReadOnlyAdmin, at, seen_by

CONTACT: list[Any] = ["phone", "email", "code"]


class ActivityOfRegistrationFilter(ActivityFilter):
    """By the activity they come to."""

    path = "occurrence__activity"


class ParticipantInline(admin.TabularInline):
    """Who is in the party, where the activity asked."""

    model = Participant
    fields = ["kind", "first_name", "age"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Registration)
class RegistrationAdmin(FoundByNumber, ReadOnlyAdmin):
    """Who comes, in what number, with what status."""

    inlines = [ParticipantInline]
    list_display = ["contact", "status", "party", "activity", "when", "seats", "queue_number", "created_at"]
    list_display_links = ["contact"]
    list_filter = ["status", ActivityOfRegistrationFilter, "sign_up__channel", "is_first_time", "sign_up__is_demo"]
    date_hierarchy = "occurrence__meetings__starts_at"
    fieldsets = [
        (None, {"fields": ["activity", "when", "status", "queue_number", "contact"]}),
        (gettext_lazy("Contact"), {"fields": CONTACT}),
        (
            gettext_lazy("Who comes"),
            {"fields": ["adults", "children", "children_along", "seats", "is_first_time", "photo", "needs_answer"]},
        ),
        (gettext_lazy("When"), {"fields": ["created_at", "placed_at", "cancelled_at", "cancelled_by"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        first = Meeting.objects.filter(occurrence=OuterRef("occurrence")).order_by("starts_at").values("starts_at")[:1]
        rows = super().get_queryset(request).select_related("sign_up", "occurrence__activity")
        return seen_by(rows.annotate(starts_at=Subquery(first)), request, "occurrence__activity__audience")

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Who may not see a contact cannot find by it either."""
        names = ["sign_up__contact_name", "occurrence__activity__title_lv"]
        contact = ["sign_up__phone", "sign_up__email", "sign_up__code"]
        return names + contact if request.user.has_perm("families.view_signup") else names

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Phone and e-mail are for those who may see the sent form."""
        sees_contact = request.user.has_perm("families.view_signup")
        return [group for group in self.fieldsets if sees_contact or group[1]["fields"] is not CONTACT]

    @admin.display(description=gettext_lazy("contact name"), ordering="sign_up__contact_name")
    def contact(self, registration: Registration) -> str:
        return registration.sign_up.contact_name or f"#{registration.pk}"

    @admin.display(description=gettext_lazy("phone"))
    def phone(self, registration: Registration) -> str:
        return (
            phones.shown(registration.sign_up.phone) if registration.sign_up.phone else self.get_empty_value_display()
        )

    @admin.display(description=gettext_lazy("e-mail"))
    def email(self, registration: Registration) -> str:
        return registration.sign_up.email or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("code"))
    def code(self, registration: Registration) -> str:
        return registration.sign_up.code_in_groups

    @admin.display(description=gettext_lazy("may be photographed"), boolean=True)
    def photo(self, registration: Registration) -> bool | None:
        return registration.sign_up.may_be_photographed

    @admin.display(description=gettext_lazy("activity"), ordering="occurrence__activity__title_lv")
    def activity(self, registration: Registration) -> str:
        return str(registration.occurrence.activity)

    @admin.display(description=gettext_lazy("begins"), ordering="starts_at")
    def when(self, registration: Any) -> str:
        return at(registration.starts_at)

    @admin.display(description=gettext_lazy("people"))
    def party(self, registration: Registration) -> int:
        return registration.people

    def get_urls(self) -> list[URLPattern]:
        cancel = self.admin_site.admin_view(self.cancel_view)
        return [
            path("<int:registration_id>/atcelt/", cancel, name="families_registration_cancel"),
            *super().get_urls(),
        ]

    def cancel_view(self, request: HttpRequest, registration_id: int) -> HttpResponse:
        """Cancel for the centre: GET asks, POST does. No transaction around it: the gate makes its own."""
        registration = self.get_object(request, str(registration_id))
        if registration is None:
            raise Http404
        if not (is_coordinator(request.user) and self.has_view_permission(request, registration)):
            raise PermissionDenied
        back = reverse("admin:families_registration_change", args=[registration.pk])
        if registration.is_cancelled:
            return HttpResponseRedirect(back)
        form = forms.Form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and deeds.is_done(lambda: self._cancel(request, registration), form):
            self.message_user(request, _("The registration is cancelled."), messages.SUCCESS)
            return HttpResponseRedirect(back)
        context = {"title": _("Cancel the registration"), "registration": registration, "back": back}
        context |= {"when": self.when(registration), "contact": self.contact(registration)}
        return deeds.page(self, request, "admin/families/registration/cancel.html", form, **context)

    @staticmethod
    def _cancel(request: HttpRequest, registration: Registration) -> None:
        registering.cancel(registration.pk, by=deeds.staff(request), now=timezone.now())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the way to cancelling, for those who may."""
        ways = {"may_cancel": is_coordinator(request.user)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **ways})
