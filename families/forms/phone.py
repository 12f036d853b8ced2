"""The form the coordinator fills in while somebody calls: a family, or a group of an institution."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.standing import Standing
from families import callers, links
from families.forms.contact import ContactForm, SafeToCall
from families.forms.party import NUMBER, OLDEST_CHILD
from families.parties import Child, Party
from families.registering import Sender
from families.registering.rules import LARGEST_PARTY
from kopiena.floor.typed import seen
from partners.models import Institution

ANY_DATE = 0  # the token is of the form, not of a date: the date is chosen in it
LET_PASS = "families.let-pass"
BETWEEN_AGES = re.compile(r"[\s,;/]+")
LANGUAGES = [("lv", gettext_lazy("Latvian")), ("ru", gettext_lazy("Russian")), ("en", gettext_lazy("English"))]
PHOTO = [("", gettext_lazy("not asked")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


def _number(label: Any, *, help_text: Any = "") -> forms.IntegerField:
    """A number of people; empty is nobody. Text, since a browser throws away what it cannot read as a number."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=LARGEST_PARTY,
        help_text=help_text,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={"invalid": gettext_lazy("Write a whole number, for example 2.")},
    )


class DateSelect(forms.Select):
    """The coming dates; each tells the page's script which fields its activity has a use for."""

    dates: Mapping[str, Standing] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if date := self.dates.get(str(value)):
            option["attrs"]["data-along"] = "1" if date.activity.is_sibling_welcome else ""
            option["attrs"]["data-ages"] = "1" if date.activity.is_age_asked else ""
        return option


class PhoneForm(ContactForm, SafeToCall):
    """Which date, who calls, who comes, and what was agreed; no contact at all is allowed."""

    occurrence = forms.ChoiceField(
        label=gettext_lazy("Which date"),
        widget=DateSelect,
        error_messages={
            "required": gettext_lazy("Choose a date."),
            "invalid_choice": gettext_lazy("This date is no longer here. Please choose another in the list."),
        },
    )
    contact_name = forms.CharField(label=gettext_lazy("Name (how to address them)"), required=False, max_length=80)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    safe_to_call = forms.CharField(
        label=gettext_lazy("When it is safe to call, if they say so"), required=False, max_length=80
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    adults = _number(gettext_lazy("How many adults?"))
    children = _number(gettext_lazy("How many children?"))
    children_along = _number(gettext_lazy("Children who come along, but don't take part"))
    ages = forms.CharField(
        label=gettext_lazy("Children's ages on the day, if known"),
        help_text=gettext_lazy("For example: 4, 7. Of all the children, those who come along too; or of none."),
        required=False,
        max_length=200,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=LANGUAGES, initial="lv", widget=forms.RadioSelect
    )
    photo = forms.ChoiceField(
        label=gettext_lazy("May be photographed"), choices=PHOTO, required=False, initial="", widget=forms.RadioSelect
    )
    parents_know = forms.BooleanField(label=gettext_lazy("The children's parents know"), required=False)
    needs = forms.CharField(
        label=gettext_lazy("What we should know"),
        help_text=gettext_lazy("Erased 7 days after the activity."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    institution = forms.ChoiceField(
        label=gettext_lazy("Group of an institution"),
        help_text=gettext_lazy("Only for a group or class: then just the numbers and a contact, no children's names."),
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Why it is let pass"), required=False, max_length=200)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        dates: Sequence[Standing],
        institutions: Sequence[Institution],
        now: datetime,
        **also: Any,
    ) -> None:
        self.now = now
        self.dates = {str(date.occurrence.pk): date for date in dates}
        self.institutions = {str(row.pk): row for row in institutions}
        self.broken: dict[str, str] = {}
        super().__init__(data, auto_id="phone-%s", **also)
        occurrence: Any = self.fields["occurrence"]
        occurrence.choices = [("", _("Choose a date")), *((key, callers.label_of(d)) for key, d in self.dates.items())]
        occurrence.widget.dates = self.dates
        institution: Any = self.fields["institution"]
        institution.choices = [("", _("no, a family")), *((key, str(row)) for key, row in self.institutions.items())]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")  # it would offer the coordinator's own contact
        self.renew_token(keep=True)

    @property
    def typed(self) -> Mapping[str, Any]:
        return self.data if self.is_bound else self.initial

    @property
    def date(self) -> Standing | None:
        """The chosen date as it stands, in whatever state the form is."""
        return self.dates.get(str(self.typed.get("occurrence", "")))

    @property
    def group_of(self) -> Institution | None:
        return self.institutions.get(str(self.typed.get("institution", "")))

    def renew_token(self, *, keep: bool) -> None:
        """Give the form a fresh token, unless the one that came with it may be kept."""
        given = str(self.typed.get("token", ""))
        token = links.form_token(given) if keep else None
        self.random = token.random if token is not None and token.is_good_for(ANY_DATE, self.now) else ""
        self.shown_token = given if self.random else links.new_form_token(ANY_DATE, self.now)

    # What was let pass is signed together with what it was said of: a rule never shown is never let pass.

    @property
    def shown_let_pass(self) -> str:
        rules = sorted(self.broken) if self.broken else sorted(self.lets_pass)
        return signing.dumps([rules, self._said_of()], salt=LET_PASS) if rules else ""

    @property
    def lets_pass(self) -> frozenset[str]:
        """The rules that were shown broken for just this date and party."""
        try:
            rules, said_of = signing.loads(str(self.typed.get("let_pass", "")), salt=LET_PASS)
        except (signing.BadSignature, ValueError, TypeError):
            return frozenset()
        return frozenset(rules) if said_of == self._said_of() else frozenset()

    def _said_of(self) -> list[str]:
        names = ("occurrence", "adults", "children", "children_along", "ages", "institution")
        return [str(self.typed.get(name, "")).strip() for name in names]

    def clean_ages(self) -> tuple[int, ...]:
        """ "4, 7" as numbers."""
        parts = [part for part in BETWEEN_AGES.split(self.cleaned_data["ages"]) if part]
        if not all(re.fullmatch("[0-9]{1,3}", part) for part in parts):
            raise forms.ValidationError(_("Write the ages as numbers, for example: 4, 7."))
        ages = tuple(map(int, parts))
        if any(age > OLDEST_CHILD for age in ages):
            raise forms.ValidationError(_("A child is 0 to 17 years old. Whoever is older counts as an adult."))
        return ages

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"ages", "children", "children_along"} & set(self.errors):
            return cleaned
        ages, along = cleaned["ages"], cleaned["children_along"] or 0
        if ages and cleaned["children"] is None:
            cleaned["children"] = max(0, len(ages) - along)
        children = (cleaned["children"] or 0) + along
        if ages and self.keeps_ages and len(ages) != children:
            said = {"ages": len(ages), "children": children}
            self.add_error("ages", _("Ages written: %(ages)s, children: %(children)s. Write all or none.") % said)
        if not self.errors and not self.random:
            raise forms.ValidationError(
                _("This page was open for a long time. What you wrote is kept: please press the button once more.")
            )
        return cleaned

    @property
    def keeps_ages(self) -> bool:
        """Ages are kept only where the activity asks for them, and never of a group."""
        return self.date is not None and self.date.activity.is_age_asked and self.group_of is None

    def party(self) -> Party:
        """Who comes, from a valid form."""
        given = self.cleaned_data
        along = given["children_along"] or 0
        people = self._children(given["ages"], along) if self.keeps_ages else ()
        return Party(given["adults"] or 0, given["children"] or 0, along, people)

    def _children(self, ages: tuple[int, ...], along: int) -> tuple[Child, ...]:
        """Of so many who come along: first whoever does not suit the activity by age, then those named last."""
        assert self.date is not None
        activity = self.date.activity
        by_turn = sorted(range(len(ages)), key=lambda n: (activity.fits_age(ages[n]), -n))
        are_along = set(by_turn[:along])
        return tuple(Child(age, is_along=n in are_along, row=n + 1) for n, age in enumerate(ages))

    def sender(self) -> Sender:
        """Who calls, from a valid form; nobody is photographed where only the invited come unseen."""
        given, date = self.cleaned_data, self.date
        asked = "" if date is not None and date.activity.is_discreet else given["photo"]
        return Sender(
            name=given["contact_name"],
            language=given["language"],
            email=given["email"],
            phone=given["phone"],
            safe_to_call=given["safe_to_call"],
            may_be_photographed={"yes": True, "no": False}.get(asked),
            has_declared=given["parents_know"],
            needs_answer=seen(given["needs"]),
        )
