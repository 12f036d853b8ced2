"""Find my registration: by the code from the slip and the contact, by a letter to the e-mail, or by a call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from families.forms.contact import ContactForm, SafeToCall
from kopiena.floor import phones
from kopiena.floor.codes import digits_of
from kopiena.floor.form_layout import DrawnOnce


class FindForm(forms.Form):
    """An 8-digit code, useless without the contact."""

    code = forms.CharField(
        label=gettext_lazy("Registration code"),
        help_text=gettext_lazy("8 digits, for example 4829 1375."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write the 8 digits of the code."),
            "max_length": gettext_lazy("A code has 8 digits, for example 4829 1375."),
        },
    )
    contact = forms.CharField(
        label=gettext_lazy("Phone or e-mail you signed up with"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "text"}),
        error_messages={
            "required": gettext_lazy("Write the phone or the e-mail you signed up with."),
            "max_length": gettext_lazy("Write the phone or the e-mail you signed up with."),
        },
    )

    def __init__(self, *args: Any, **also: Any) -> None:
        super().__init__(*args, **also)
        self.helper = DrawnOnce("code", "contact")

    def clean_code(self) -> str:
        """The digits alone, however they were grouped."""
        digits = digits_of(self.cleaned_data["code"])
        if len(digits) != 8:
            raise forms.ValidationError(self.fields["code"].error_messages["max_length"])
        return digits

    def clean_contact(self) -> str:
        typed = self.cleaned_data["contact"].strip()
        return typed.lower() if "@" in typed else phones.normalise(typed) or ""


class LinkForm(ContactForm):
    """Where to send the links once more."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail you signed up with"),
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write the e-mail you signed up with."),
            "invalid": gettext_lazy("This does not look like an e-mail address. For example: anna@example.lv"),
            "max_length": gettext_lazy("An e-mail address has at most 254 letters."),
        },
    )

    def __init__(self, *args: Any, **also: Any) -> None:
        super().__init__(*args, **also)
        self.helper = DrawnOnce("email")


class CallForm(ContactForm, SafeToCall):
    """Whom to ring up, and when nobody else answers."""

    phone = forms.CharField(
        label=gettext_lazy("Your phone"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Write the phone we should call.")},
    )
    field_order = ("phone", "safe_to_call")

    def __init__(self, *args: Any, **also: Any) -> None:
        super().__init__(*args, **also)
        self.helper = DrawnOnce("phone", "safe_to_call")
