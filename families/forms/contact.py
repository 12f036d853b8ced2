"""Name, phone and e-mail as people type them: checked alike on the web and on the phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor import phones
from kopiena.floor.typed import on_one_line


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
