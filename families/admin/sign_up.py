"""Sent forms in the admin: whom to tell, and how the form came; never its private link."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from families.admin.by_phone import WithPhone
from families.admin.finding import FoundByNumber
from families.admin.told import may_see_told, told_to
from families.models import Registration, SignUp
from families.photos import Photo
from kopiena.floor import phones
from kopiena.floor.admin.office import ReadOnlyAdmin, seen_by

PAGE = "admin:families_registration_change"
CONTACT = ("contact_name", "phone_shown", "safe_to_call", "email", "language", "code_shown", "registrations_shown")


@admin.register(SignUp)
class SignUpAdmin(WithPhone, FoundByNumber, ReadOnlyAdmin):
    """One row for each sent form."""

    list_display = ["code_shown", "contact_name", "phone_shown", "email", "language", "channel", "created_at"]
    list_filter = ["channel", "registrations__is_group", "language", "may_be_photographed", "is_demo"]
    search_fields = ["contact_name", "email", "phone", "code"]
    date_hierarchy = "created_at"
    fieldsets = [
        (None, {"fields": CONTACT}),
        (_("Agreed to"), {"fields": ["photo", "declared_at"]}),
        (_("How it came"), {"fields": ["channel", "institution", "created_at", "erased_at", "is_demo"]}),
        (_("Let pass by the staff"), {"fields": ["overrides_shown", "override_reason"]}),
    ]

    class Media:
        css: ClassVar = {"all": ["css/office/notices.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignUp]:
        return seen_by(super().get_queryset(request), request, "registrations__occurrence__activity__audience")

    @admin.display(description=_("code"), ordering="code")
    def code_shown(self, sign_up: SignUp) -> str:
        return sign_up.code_in_groups

    @admin.display(description=_("phone"), ordering="phone")
    def phone_shown(self, sign_up: SignUp) -> str:
        return phones.shown(sign_up.phone) if sign_up.phone else self.get_empty_value_display()

    @admin.display(description=_("Photographs"))
    def photo(self, sign_up: SignUp) -> str:
        """In words, since of a group some may and some may not."""
        return Photo.of(sign_up).at_the_door

    @admin.display(description=_("registrations"))
    def registrations_shown(self, sign_up: SignUp) -> Any:
        links = [
            (reverse(PAGE, args=[row.pk]), row.occurrence.activity, " · ".join(_state(row)))
            for row in sign_up.registrations.select_related("occurrence__activity")
        ]
        return format_html_join(mark_safe("<br>"), '<a href="{}">{} · {}</a>', links)

    @admin.display(description=_("let pass"))
    def overrides_shown(self, sign_up: SignUp) -> str:
        names = {name for row in sign_up.registrations.all() for name in row.overrides}
        words = [str(rule.label) for rule in Registration.Override if rule.value in names]
        return ", ".join(words) or self.get_empty_value_display()

    @admin.display(description=_("reason for letting it pass"))
    def override_reason(self, sign_up: SignUp) -> str:
        reasons = [row.override_reason for row in sign_up.registrations.all() if row.override_reason]
        return "; ".join(reasons) or self.get_empty_value_display()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what the family was told."""
        sign_up = self.get_object(request, object_id) if may_see_told(request) else None
        told = {"notices": told_to(sign_up)} if sign_up is not None else {}
        return super().change_view(request, object_id, form_url, {**told, **(extra_context or {})})


def _state(registration: Registration) -> list[str]:
    """Status, whether it is a group, and what it was cancelled for where the centre did it for a reason of its own."""
    words = [registration.get_status_display()]
    if registration.is_group:
        words.append(str(_("group of an institution")))
    if registration.cancelled_for:
        words.append(registration.get_cancelled_for_display())
    return words
