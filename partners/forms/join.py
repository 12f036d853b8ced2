"""I represent an institution: who asks, and what they would like to do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy

from kopiena.floor.form_layout import DrawnOnce
from kopiena.floor.sent_once import SentOnce
from kopiena.floor.typed import on_one_line, seen
from partners.joining import Asked

NOT_AN_ADDRESS = gettext_lazy("This does not look like an e-mail address. For example: anna@example.lv")
LONG_ADDRESS = gettext_lazy("An e-mail address has at most 254 letters.")


class JoinForm(SentOnce, forms.Form):
    """Three answers and a wish."""

    salt, about = "partners.join", 0

    institution_name = forms.CharField(
        label=gettext_lazy("Your institution"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={
            "required": gettext_lazy("Write the name of your institution."),
            "max_length": gettext_lazy("Please write it in at most 200 letters."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Your name and surname"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": gettext_lazy("Write how to address you."),
            "max_length": gettext_lazy("A name has at most 80 letters."),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail at work"),
        help_text=gettext_lazy("The invitation will come to this address."),
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail, so that the centre can answer you."),
            "invalid": NOT_AN_ADDRESS,
            "max_length": LONG_ADDRESS,
        },
    )
    words = forms.CharField(
        label=gettext_lazy("What would you like to do?"),
        required=False,
        validators=[MaxLengthValidator(1000)],  # a browser told of it would cut in silence
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Please write it in at most 1000 letters.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: datetime, **also: Any) -> None:
        self.now = now
        super().__init__(data, **also)
        self.helper = DrawnOnce("institution_name", "name", "email", "words")
        self.renew_token(keep=True)

    def clean_institution_name(self) -> str:
        return self._written("institution_name")

    def clean_name(self) -> str:
        return self._written("name")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_words(self) -> str:
        return seen(self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if refusal := self.what_looks_like_junk():
            raise forms.ValidationError(refusal)
        return cleaned

    def _written(self, name: str) -> str:
        """On one line; marks that nobody can see are no name."""
        written = on_one_line(self.cleaned_data[name])
        if not written:
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        return written

    def asked(self, language: str) -> Asked:
        """What was asked for, from a valid form."""
        names = ("institution_name", "name", "email", "words")
        return Asked(**{name: self.cleaned_data[name] for name in names}, language=language)
