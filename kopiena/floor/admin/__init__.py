"""The floor in the admin: the centre, those who can sign in, and what became of every notice."""

import allauth.account.admin  # noqa: F401 registers its list, so that it can be taken out below
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

# Importing them registers them.
from kopiena.floor.admin import front
from kopiena.floor.admin.centre import CentreAdmin
from kopiena.floor.admin.notice import NoticeAdmin
from kopiena.floor.admin.users import UserAdmin

__all__ = ["CentreAdmin", "NoticeAdmin", "UserAdmin"]

admin.site.site_header = "Kopiena"
admin.site.site_title = "Kopiena"
admin.site.index_title = _("The office")
admin.site.index = front.with_undelivered(admin.site.index)  # type: ignore[assignment, method-assign]

admin.site.unregister(Group)  # what a group may do is data of the code (kopiena/roles.py), not of a form
admin.site.unregister(EmailAddress)  # one person, one e-mail: it stands on the user
