"""Sent forms in the admin: whom to tell, and how the form came; never its private link."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from families.admin.finding import FoundByNumber
from families.models import SignUp
from kopiena.floor import phones
from kopiena.floor.admin.office import ReadOnlyAdmin, seen_by

PAGE = "admin:families_registration_change"


@admin.register(SignUp)
class SignUpAdmin(FoundByNumber, ReadOnlyAdmin):
    """One row for each sent form."""

    list_display = ["code_shown", "contact_name", "phone_shown", "email", "language", "channel", "created_at"]
    list_filter = ["channel", "language", "may_be_photographed", "is_demo"]
    search_fields = ["contact_name", "email", "phone", "code"]
    date_hierarchy = "created_at"
    fieldsets = [
        (None, {"fields": ["contact_name", "phone_shown", "email", "language", "code_shown", "registrations_shown"]}),
        (_("Agreed to"), {"fields": ["may_be_photographed", "declared_at"]}),
        (_("How it came"), {"fields": ["channel", "institution", "created_at", "erased_at", "is_demo"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignUp]:
        return seen_by(super().get_queryset(request), request, "registrations__occurrence__activity__audience")

    @admin.display(description=_("code"), ordering="code")
    def code_shown(self, sign_up: SignUp) -> str:
        return sign_up.code_in_groups

    @admin.display(description=_("phone"), ordering="phone")
    def phone_shown(self, sign_up: SignUp) -> str:
        return phones.shown(sign_up.phone) if sign_up.phone else self.get_empty_value_display()

    @admin.display(description=_("registrations"))
    def registrations_shown(self, sign_up: SignUp) -> Any:
        links = [
            (reverse(PAGE, args=[row.pk]), row.occurrence.activity, row.get_status_display())
            for row in sign_up.registrations.select_related("occurrence__activity")
        ]
        return format_html_join(mark_safe("<br>"), '<a href="{}">{} · {}</a>', links)
