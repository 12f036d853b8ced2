"""Name, phone and e-mail as people type them: checked alike on the web and on the phone."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor import phones

# Marks that turn the direction of writing or cannot be seen: they only deceive whoever reads the list at the door.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")


def seen(typed: str) -> str:
    """What was typed without marks that cannot be seen, and without spaces around it."""
    return UNSEEN.sub("", typed).strip()


def on_one_line(typed: str) -> str:
    """The same with single spaces: a name."""
    return " ".join(seen(typed).split())


class SafeToCall(forms.Form):
    """For forms that ask at which days and hours one may be rung up, in one's own words."""

    safe_to_call = forms.CharField(
        label=gettext_lazy("When may we safely call you?"),
        help_text=gettext_lazy("For example: on weekdays from 10 to 12."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        error_messages={"max_length": gettext_lazy("Please write it in at most 80 letters.")},
    )

    def clean_safe_to_call(self) -> str:
        return on_one_line(self.cleaned_data["safe_to_call"])


class ContactForm(forms.Form):
    """For forms with any of `contact_name`, `phone` and `email`."""

    cleaned_data: dict[str, Any]

    def clean_contact_name(self) -> str:
        return on_one_line(self.cleaned_data["contact_name"])

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        phone = phones.normalise(typed)
        if typed and phone is None:
            raise forms.ValidationError(_("A phone number has 8 digits, for example 2000 0000."))
        return phone or ""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()
