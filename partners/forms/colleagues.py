"""Whom to invite, as what a colleague acts, and in which language we write to somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kopiena.floor.context import OWN_NAMES
from kopiena.floor.form_layout import DrawnOnce
from partners.forms.join import LONG_ADDRESS, NOT_AN_ADDRESS
from partners.models import Membership

# What each may do, in the words of whoever chooses.
ROLES = [
    (Membership.Role.EDITOR, gettext_lazy("Editor: projects, activities, groups and lists")),
    (Membership.Role.MANAGER, gettext_lazy("Manager: the same, and invites and removes colleagues")),
]
ONE_OF_THESE = gettext_lazy("Choose one of these.")
CHOOSE = {"required": ONE_OF_THESE, "invalid_choice": ONE_OF_THESE}


class RoleForm(forms.Form):
    """Editor or manager."""

    role = forms.ChoiceField(
        label=gettext_lazy("As what"), choices=ROLES, widget=forms.RadioSelect, error_messages=CHOOSE
    )

    def __init__(self, *args: Any, **also: Any) -> None:
        super().__init__(*args, **also)
        self.helper = DrawnOnce("role")


class LettersForm(forms.Form):
    """In which language the centre's letters come."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letters"),
        choices=list(OWN_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, **also: Any) -> None:
        super().__init__(*args, **also)
        self.helper = DrawnOnce("language")


class InviteForm(RoleForm, LettersForm):
    """A colleague to come."""

    email = forms.EmailField(
        label=gettext_lazy("Colleague's e-mail at work"),
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write the e-mail to invite."),
            "invalid": NOT_AN_ADDRESS,
            "max_length": LONG_ADDRESS,
        },
    )
    field_order = ("email", "role", "language")

    def __init__(self, *args: Any, **also: Any) -> None:
        super().__init__(*args, **also)
        self.helper = DrawnOnce("email", "role", "language")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
