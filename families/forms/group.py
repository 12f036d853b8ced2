"""A group or class of an institution: numbers only, whom to reach at work, and which children are not photographed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Occurrence
from families import links
from families.forms.contact import ContactForm
from families.forms.party import NUMBER, PartyForm, as_typed
from families.models import Registration
from families.photos import Photo
from families.registering import Sender
from families.registering.rules import LARGEST_PARTY
from kopiena.floor.models.user import LANGUAGES
from kopiena.floor.sent_once import SentOnce
from kopiena.floor.typed import seen

YES, BUT, NO = "yes", "but", "no"


class GroupPartyForm(PartyForm):
    """How many come, and for whom of them the parents said no to photographs; no child is named, no age asked."""

    photo = forms.ChoiceField(
        label=gettext_lazy("May the children be photographed?"),
        help_text=gettext_lazy("The parents' written consent stays with you; we only need the answer."),
        choices=[
            (YES, gettext_lazy("Yes: for all of them the parents' consent is kept at our institution")),
            (BUT, gettext_lazy("Yes, but not some of them")),
            (NO, gettext_lazy("No, please don't")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose whether the children may be photographed."),
            "invalid_choice": gettext_lazy("Choose whether the children may be photographed."),
        },
    )
    not_photographed = forms.IntegerField(
        label=gettext_lazy("If not some of them: how many children are not to be photographed?"),
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={"invalid": gettext_lazy("Write a whole number, for example 2.")},
    )
    asks_ages = False

    def _set_limits(self, largest: int) -> None:
        super()._set_limits(largest)
        at_least = MinValueValidator(0, gettext_lazy("The number is 0 or more."))
        self.fields["not_photographed"].validators = [at_least]

    def layout(self) -> list[Any]:
        return [*super().layout(), Fieldset(_("Photographs"), "photo", "not_photographed")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"photo", "not_photographed"} & set(self.errors):
            return cleaned
        number, children = cleaned["not_photographed"] or 0, self._children()
        if cleaned["photo"] == BUT and not number:
            self.add_error("not_photographed", _("Write how many children are not to be photographed."))
        elif cleaned["photo"] == YES and number:
            said = _("You wrote that some children are not to be photographed. Choose “Yes, but not some of them”.")
            self.add_error("photo", said)
        elif cleaned["photo"] == BUT and children is not None and number > children:
            self.add_error("not_photographed", _("That is more children than come."))
        return cleaned

    def _children(self) -> int | None:
        """How many children come; None where that could not be read."""
        if {"children", "children_along"} & set(self.errors):
            return None
        return (self.cleaned_data.get("children") or 0) + (self.cleaned_data.get("children_along") or 0)

    def photo_answer(self) -> Photo:
        """The answer, from a valid form."""
        answer = self.cleaned_data["photo"]
        return Photo(answer != NO, self.cleaned_data["not_photographed"] if answer == BUT else 0)


class GroupForm(SentOnce, GroupPartyForm, ContactForm):
    """The whole sign-up of a group: who comes, the contact, the language of our letters, what we should know."""

    salt = links.FORM
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    contact_name = forms.CharField(
        label=gettext_lazy("Who answers for the group (name)"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "inputmode": "text"}),
        error_messages={
            "required": gettext_lazy("Write how to address you."),
            "max_length": gettext_lazy("A name has at most 80 letters."),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone at work"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail at work"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("This does not look like an e-mail address. For example: anna@example.lv"),
            "max_length": gettext_lazy("An e-mail address has at most 254 letters."),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language shall we write?"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    needs = forms.CharField(
        label=gettext_lazy("Is there anything else we should know?"),
        help_text=gettext_lazy("For example: wheelchair, allergy; no names. We erase it 7 days after the activity."),
        required=False,
        validators=[MaxLengthValidator(500)],  # a browser told of it would cut in silence
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "inputmode": "text"}),
        error_messages={"max_length": gettext_lazy("Please write it in at most 500 letters.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, occurrence: Occurrence, now: datetime, **also: Any
    ) -> None:
        self.occurrence, self.now, self.about = occurrence, now, occurrence.pk
        super().__init__(data, activity=occurrence.activity, largest=LARGEST_PARTY, **also)
        # The summary of errors names the fields in the order they stand on the page.
        self.order_fields(["children", "adults", "photo", "not_photographed", "contact_name", "phone", "email"])
        self.renew_token(keep=True)

    def layout(self) -> list[Any]:
        return [
            *super().layout(),
            Fieldset(_("Whom to reach: phone or e-mail, one is enough"), "contact_name", "phone", "email", "language"),
            Fieldset(_("And also"), "needs"),
        ]

    def clean_contact_name(self) -> str:
        name = super().clean_contact_name()
        if not name:
            raise forms.ValidationError(_("Write how to address you."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"phone", "email"} & set(self.errors) and not cleaned.get("phone") and not cleaned.get("email"):
            self.add_error("phone", _("Write a phone or an e-mail, so that we can tell you."))
        if not self.errors and not self.random:
            raise forms.ValidationError(
                _("This page was open for a long time. What you wrote is kept: please press the button once more.")
            )
        return cleaned

    def sender(self) -> Sender:
        """Whom to reach, from a valid form."""
        cleaned, photo = self.cleaned_data, self.photo_answer()
        return Sender(
            name=cleaned["contact_name"],
            language=cleaned["language"],
            email=cleaned["email"],
            phone=cleaned["phone"],
            may_be_photographed=photo.is_yes,
            not_photographed=photo.not_for,
            needs_answer=seen(cleaned["needs"]),
        )


def group_as_typed(registration: Registration) -> dict[str, Any]:
    """A group's registration as its form would show it."""
    answer = Photo.of(registration.sign_up)
    photo = BUT if answer.not_for else {True: YES, False: NO, None: ""}[answer.is_yes]
    return as_typed(registration) | {"photo": photo, "not_photographed": answer.not_for or ""}
