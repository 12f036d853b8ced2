"""What an institution itself says on its page: about it and its own partners, in one language, and how to reach it."""

from datetime import datetime
from hashlib import blake2b
from typing import Any

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.proposing.typed import readable
from kopiena.floor import phones
from kopiena.floor.admin.office import WebAddress
from kopiena.floor.form_layout import DrawnOnce
from kopiena.floor.models import User
from partners.models import Institution

TEXTS = ("about", "own_partners")
CONTACTS = ("phone", "email", "website")
LONGEST_TEXT = 10_000
TOO_LONG = gettext_lazy("Please write it in at most %(limit_value)d letters. Now: %(show_value)d.")


class Changed(Exception):
    """Somebody saved the page meanwhile; nothing of this was written."""


def _text_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],  # a browser told of it would cut in silence
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": TOO_LONG},
    )


class OwnPageForm(forms.Form):
    """The parts of an institution's page that are its own; nothing of it need be filled in."""

    about = _text_field(gettext_lazy("About us"), gettext_lazy("Who you are, and what families can come to you for."))
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("This does not look like an e-mail address. For example: anna@example.lv"),
            "max_length": gettext_lazy("An e-mail address has at most 254 letters."),
        },
    )
    website = WebAddress(
        label=gettext_lazy("Website"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("This does not look like the address of a page. For example: example.lv"),
            "max_length": TOO_LONG,
        },
    )
    own_partners = _text_field(gettext_lazy("Our own partners"), gettext_lazy("One on each line."))

    def __init__(self, data: Any = None, *, institution: Institution, language: str) -> None:
        self.language = language
        super().__init__(data, initial=values_of(institution, language))
        self.helper = DrawnOnce(*self.fields)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        phone = phones.normalise(typed)
        if typed and (phone is None or len(phone) > 20):
            raise forms.ValidationError(_("A phone number has 8 digits, for example 2000 0000."))
        return phone or ""

    def shown(self) -> list[tuple[str, str, str]]:
        """Each field with its label and what was typed in it."""
        return [(name, str(field.label), str(self[name].value() or "")) for name, field in self.fields.items()]


def values_of(institution: Institution, language: str) -> dict[str, str]:
    """What stands there now."""
    texts = {name: getattr(institution, f"{name}_{language}") for name in TEXTS}
    shown = {**texts, **{name: getattr(institution, name) for name in CONTACTS}}
    return {name: text.replace("\r\n", "\n").strip() for name, text in shown.items()}


def stand_of(institution: Institution, language: str) -> str:
    """A mark of what stands there now: another once anything of it is changed."""
    return blake2b(repr(sorted(values_of(institution, language).items())).encode(), digest_size=12).hexdigest()


def save(pk: int, form: OwnPageForm, stand: str, *, by: User, now: datetime) -> bool:
    """Write what the form says and note in the admin's log who did; False where nothing changes.

    Raises Changed where it is not as it was when the page was made (`stand`).
    """
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=pk)
        there = values_of(institution, form.language)
        given = {name: readable(str(form.cleaned_data[name])).strip() for name in form.fields}
        changed = [name for name in given if given[name] != there[name]]
        if not changed:
            return False
        if stand != stand_of(institution, form.language):
            raise Changed
        fields = [f"{name}_{form.language}" if name in TEXTS else name for name in changed]
        for name, field in zip(changed, fields, strict=True):
            setattr(institution, field, given[name])
        institution.save(update_fields=fields)
        _log(institution, fields, by, now)
        return True


def _log(institution: Institution, fields: list[str], by: User, now: datetime) -> None:
    """The fields by their names in the source: the log translates them when it is read."""
    with translation.override(None):
        names = [str(Institution._meta.get_field(field).verbose_name) for field in fields]  # type: ignore[union-attr]
    entry = LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[institution],
        action_flag=CHANGE,
        change_message=[{"changed": {"fields": names}}],
        single_object=True,
    )
    LogEntry.objects.filter(pk=entry.pk).update(action_time=now)
