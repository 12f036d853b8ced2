"""Find my registration: the code from the slip, and the contact it was sent with."""

import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy

from kopiena.floor import phones


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
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field("code"), Field("contact"))

    def clean_code(self) -> str:
        """The digits alone, however they were grouped."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
        if len(digits) != 8:
            raise forms.ValidationError(self.fields["code"].error_messages["max_length"])
        return digits

    def clean_contact(self) -> str:
        typed = self.cleaned_data["contact"].strip()
        return typed.lower() if "@" in typed else phones.normalise(typed) or ""
