"""Institutions and projects in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kopiena.floor.admin.addresses import AddressedForm
from kopiena.floor.admin.office import OfficeAdmin, TitledRows, other_languages, texts
from partners.join_admin import JoinRequestAdmin
from partners.models import Institution, Project
from partners.people_admin import MembershipInline, PeopleOfInstitution

__all__ = ["InstitutionAdmin", "JoinRequestAdmin", "ProjectAdmin"]


class InstitutionForm(AddressedForm):
    """An institution; its address is made of its short name."""

    address_from = "short_name_lv"


@admin.register(Institution)
class InstitutionAdmin(PeopleOfInstitution, OfficeAdmin):
    """The partners of the centre and others who organise."""

    form = InstitutionForm
    inlines = [MembershipInline]
    list_display = ["short_name_lv", "name_lv", "kind", "is_partner", "closed_on"]
    list_filter = ["kind", "is_partner", "is_demo"]
    search_fields = ["short_name_lv", "short_name_ru", "name_lv", "name_ru", "former_names"]
    prepopulated_fields = {"slug": ["short_name_lv"]}
    fieldsets = [
        (None, {"fields": ["short_name_lv", "name_lv", "kind", "is_partner", "about_lv", "own_partners_lv"]}),
        (_("Contact"), {"fields": ["address", "phone", "email", "website", "logo"]}),
        (_("Through the years"), {"fields": ["former_names", "joined_on", "closed_on"]}),
        *other_languages("short_name", "name", "about", "own_partners"),
        (_("On the site"), {"classes": ["collapse"], "fields": ["slug"]}),
    ]

    def view_on_site(self, obj: Institution) -> str | None:
        """Straight to the public page; one that has closed keeps it."""
        return obj.get_absolute_url()


@admin.register(Project)
class ProjectAdmin(TitledRows, OfficeAdmin):
    """What the institutions do together over a time."""

    form = AddressedForm
    list_display = ["title", "state", "begins_on", "ends_on"]
    list_filter = ["state", "institutions", "is_demo"]
    search_fields = ["title_lv", "title_ru", "title_en", "summary_lv"]
    date_hierarchy = "begins_on"
    autocomplete_fields = ["institutions"]
    prepopulated_fields = {"slug": ["title_lv"]}
    fieldsets = [
        (None, {"fields": ["title_lv", "summary_lv", "story_lv", "institutions", "state", "begins_on", "ends_on"]}),
        (_("Picture"), {"classes": ["collapse"], "fields": ["picture", *texts("lv", "picture_alt")]}),
        (_("Afterwards"), {"classes": ["collapse"], "fields": ["outcome_lv"]}),
        *other_languages("title", "summary", "story", "outcome", "picture_alt"),
        (_("On the site"), {"classes": ["collapse"], "fields": ["slug"]}),
    ]

    def view_on_site(self, obj: Project) -> str | None:
        """Straight to the public page, once there is one."""
        return obj.get_absolute_url() if obj.is_published else None
