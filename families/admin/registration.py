"""Registrations in the admin: to look at, with the ways to all that is done with them through the gate."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.admin.filters import ActivityFilter
from activities.models import Meeting
from families.admin.calls import Calls
from families.admin.cancelling import Cancelling
from families.admin.changing import Changing
from families.admin.clearing import Clearing
from families.admin.finding import FoundByNumber
from families.admin.merging import Merging, others_with_contact_of
from families.admin.moving import Moving
from families.admin.one import contact_of
from families.admin.told import may_see_told, told_at
from families.models import Participant, Registration
from families.models.registration import RegistrationQuerySet
from families.photos import Photo
from kopiena.floor import phones
from kopiena.floor.access import is_coordinator
from kopiena.floor.admin.office import ReadOnlyAdmin, at, seen_by
from kopiena.floor.said import in_language

CONTACT: list[Any] = ["phone", "safe_to_call", "email", "code"]
GROUP: list[Any] = ["is_group", "institution"]
OVERTAKEN: list[Any] = ["overtaken_by"]
LET_PASS: list[Any] = ["let_pass", "override_reason"]
CANCELLED: list[Any] = ["cancelled_at", "cancelled_by", "cancelled_for"]


class ActivityOfRegistrationFilter(ActivityFilter):
    """By the activity they come to."""

    path = "occurrence__activity"


class SameContactFilter(admin.SimpleListFilter):
    """Families that are there twice for one date."""

    title = gettext_lazy("same contact for the same date")
    parameter_name = "same_contact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", gettext_lazy("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(same_contact_id__isnull=False, is_group=False).live()  # type: ignore[attr-defined]


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
class RegistrationAdmin(Calls, Cancelling, Changing, Moving, Merging, Clearing, FoundByNumber, ReadOnlyAdmin):
    """Who comes, in what number, with what status."""

    inlines = [ParticipantInline]
    list_display = ["contact", "status", "party", "activity", "when", "seats", "queue_number", "created_at"]
    list_display_links = ["contact"]
    list_filter = ["status", ActivityOfRegistrationFilter, "sign_up__channel", "is_first_time", "sign_up__is_demo"]
    date_hierarchy = "occurrence__meetings__starts_at"
    fieldsets = [
        (None, {"fields": ["activity", "when", "status", "queue_number", "contact"]}),
        (gettext_lazy("Overtaken"), {"fields": OVERTAKEN}),
        (gettext_lazy("Cancelled"), {"fields": CANCELLED}),
        (gettext_lazy("Group of an institution"), {"fields": GROUP}),
        (gettext_lazy("Contact"), {"fields": CONTACT}),
        (
            gettext_lazy("Who comes"),
            {"fields": ["adults", "children", "children_along", "seats", "is_first_time", "photo", "needs_answer"]},
        ),
        (gettext_lazy("Let pass by the staff"), {"fields": LET_PASS}),
        (gettext_lazy("When"), {"fields": ["created_at", "placed_at", "channel"]}),
    ]

    class Media:
        css: ClassVar = {"all": ["css/office/notices.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        first = Meeting.objects.filter(occurrence=OuterRef("occurrence")).order_by("starts_at", "pk")
        rows: RegistrationQuerySet = super().get_queryset(request)  # type: ignore[assignment]
        rows = rows.select_related("sign_up__institution", "occurrence__activity", "occurrence__capacity")
        rows = rows.with_same_contact().annotate(
            starts_at=Subquery(first.values("starts_at")[:1]), is_whole_day=Subquery(first.values("is_all_day")[:1])
        )
        return seen_by(rows, request, "occurrence__activity__audience")

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Who may not see a contact cannot find by it either."""
        names = ["sign_up__contact_name", *(f"occurrence__activity__title_{code}" for code in ("lv", "ru", "en"))]
        contact = ["sign_up__phone", "sign_up__email", "sign_up__code"]
        return names + contact if request.user.has_perm("families.view_signup") else names

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What one may not see cannot be found out by filtering either."""
        is_hidden = lookup.startswith("override") and not request.user.has_perm("families.view_signup")
        return not is_hidden and super().lookup_allowed(lookup, value, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Phone, e-mail and what was let pass are for those who may see the sent form; nothing empty is shown."""
        hidden: list[Any] = []
        if not request.user.has_perm("families.view_signup"):
            hidden += [CONTACT, LET_PASS]
        if obj is None or not obj.overrides:
            hidden.append(LET_PASS)
        if obj is None or not obj.is_cancelled:
            hidden.append(CANCELLED)
        if obj is None or not obj.is_group:
            hidden.append(GROUP)
        if obj is None or not obj.is_waiting:
            hidden.append(OVERTAKEN)
        # By identity: two groups of fields may be alike.
        return [group for group in self.fieldsets if not any(group[1]["fields"] is each for each in hidden)]

    def get_list_display(self, request: HttpRequest) -> Any:
        """Whose contact is whose is for coordinators."""
        shown = super().get_list_display(request)
        return [*shown[:2], "same_contact", *shown[2:]] if is_coordinator(request.user) else shown

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = super().get_list_filter(request)
        return [*filters[:1], SameContactFilter, *filters[1:]] if is_coordinator(request.user) else filters

    @admin.display(description=gettext_lazy("contact name"), ordering="sign_up__contact_name")
    def contact(self, registration: Registration) -> str:
        return contact_of(registration)

    @admin.display(description=gettext_lazy("phone"))
    def phone(self, registration: Registration) -> str:
        return (
            phones.shown(registration.sign_up.phone) if registration.sign_up.phone else self.get_empty_value_display()
        )

    @admin.display(description=gettext_lazy("when it is safe to call"))
    def safe_to_call(self, registration: Registration) -> str:
        return registration.sign_up.safe_to_call or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("e-mail"))
    def email(self, registration: Registration) -> str:
        return registration.sign_up.email or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("channel"))
    def channel(self, registration: Registration) -> str:
        return registration.sign_up.get_channel_display()

    @admin.display(description=gettext_lazy("code"))
    def code(self, registration: Registration) -> str:
        return registration.sign_up.code_in_groups

    @admin.display(description=gettext_lazy("Photographs"))
    def photo(self, registration: Registration) -> str:
        """In words, since of a group some may and some may not."""
        return Photo.of(registration.sign_up).at_the_door

    @admin.display(description=gettext_lazy("activity"), ordering=in_language("occurrence__activity__title", "lv"))
    def activity(self, registration: Registration) -> str:
        return str(registration.occurrence.activity)

    @admin.display(description=gettext_lazy("begins"), ordering="starts_at")
    def when(self, registration: Any) -> str:
        return at(registration.starts_at, is_whole_day=registration.is_whole_day)

    @admin.display(description=gettext_lazy("people"))
    def party(self, registration: Registration) -> int:
        return registration.people

    @admin.display(description=gettext_lazy("institution"))
    def institution(self, registration: Registration) -> str:
        return str(registration.sign_up.institution or self.get_empty_value_display())

    @admin.display(description=gettext_lazy("let pass"))
    def let_pass(self, registration: Registration) -> str:
        """Each rule in a word, as the reason below it explains."""
        return ", ".join(str(Registration.Override(name).label) for name in registration.overrides)

    @admin.display(description=gettext_lazy("parties that came later and have places"))
    def overtaken_by(self, registration: Registration) -> int:
        return Registration.objects.with_overtaken().get(pk=registration.pk).overtaken

    @admin.display(description=gettext_lazy("same contact"))
    def same_contact(self, registration: Any) -> str:
        """In a word, and the way to joining the two."""
        other = registration.same_contact_id
        if other is None or registration.is_cancelled or registration.is_group:
            return ""
        address = reverse("admin:families_registration_merge", args=[registration.pk, other])
        return format_html('<a href="{}">{}</a>', address, _("Same contact: #%(number)s") % {"number": other})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With the way to a burst of junk."""
        ways = {"may_clear": is_coordinator(request.user)}
        return super().changelist_view(request, {**ways, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the ways to the deeds, for those who may."""
        registration = self.get_object(request, object_id) if is_coordinator(request.user) else None
        ways: dict[str, Any] = {"may_act": registration is not None and not registration.is_cancelled}
        if registration is not None:
            ways["same_contact"] = [(each, contact_of(each)) for each in others_with_contact_of(registration)]
            ways["notices"] = told_at(registration) if may_see_told(request) else None
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **ways})
