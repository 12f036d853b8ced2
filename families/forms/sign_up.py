"""The whole family in one form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Occurrence
from families import links
from families.forms.contact import ContactForm, SafeToCall
from families.forms.party import PartyForm
from families.registering import Sender
from kopiena.floor.sent_once import SentOnce
from kopiena.floor.typed import seen


class Folded(Fieldset):
    """Fields that few need, under a sentence that unfolds them; open where something stands in them."""

    template = "families/_folded.html"

    def render(self, form: Any, context: Any, *args: Any, **also: Any) -> Any:
        names = [pointer.name for pointer in self.get_field_names()]
        self.is_open = any(form[name].value() or form[name].errors for name in names)
        return super().render(form, context, *args, **also)


class SignUpForm(SentOnce, PartyForm, ContactForm, SafeToCall):
    """Whom to address, how to reach them, who comes, and what must be agreed to."""

    salt = links.FORM
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    contact_name = forms.CharField(
        label=gettext_lazy("Your name (surname not needed)"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "inputmode": "text"}),
        error_messages={
            "required": gettext_lazy("Write how to address you."),
            "max_length": gettext_lazy("A name has at most 80 letters."),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("This does not look like an e-mail address. For example: anna@example.lv"),
            "max_length": gettext_lazy("An e-mail address has at most 254 letters."),
        },
    )
    photo = forms.ChoiceField(
        label=gettext_lazy("May we photograph you and the children?"),
        choices=[
            ("yes", gettext_lazy("Yes (the parents agree)")),
            ("no", gettext_lazy("No, please don't")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose yes or no: both are fine."),
            "invalid_choice": gettext_lazy("Choose yes or no: both are fine."),
        },
    )
    needs = forms.CharField(
        label=gettext_lazy("Is there anything else we should know?"),
        help_text=gettext_lazy("For example: wheelchair, allergy. We erase it 7 days after the activity."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "inputmode": "text"}),
        error_messages={"max_length": gettext_lazy("Please write it in at most 500 letters.")},
    )
    declaration = forms.BooleanField(
        label=gettext_lazy(
            "If children come: I am their parent or guardian, or their parents know that I sign them up."
        ),
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, occurrence: Occurrence, now: datetime, **also: Any
    ) -> None:
        self.occurrence, self.now, self.about = occurrence, now, occurrence.pk
        super().__init__(data, activity=occurrence.activity, **also)
        rows = [name for name in self.fields if name.startswith("child_")]
        # The summary of errors names the fields in the order they stand on the page.
        self.order_fields(["contact_name", "phone", "safe_to_call", "email", "adults", "children", *rows])
        self.renew_token(keep=True)

    def layout(self) -> list[Any]:
        if self.activity.is_discreet:
            del self.fields["photo"]
        photo = ["photo"] if "photo" in self.fields else []
        return [
            Fieldset(_("Who signs up?"), "contact_name"),
            Fieldset(
                _("Phone or e-mail: one is enough"),
                "phone",
                Folded(_("Can you not always speak freely on the phone?"), "safe_to_call"),
                "email",
            ),
            *super().layout(),
            Fieldset(_("And also"), *photo, "needs", "declaration"),
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
        if not self.errors and self.party().children + self.party().children_along and not cleaned["declaration"]:
            self.add_error("declaration", _("Tick this, so that we know the children's parents agree."))
        if refusal := self.what_looks_like_junk():
            raise forms.ValidationError(refusal)
        return cleaned

    def sender(self, language: str) -> Sender:
        """Who sends it, from a valid form."""
        cleaned = self.cleaned_data
        return Sender(
            name=cleaned["contact_name"],
            language=language,
            email=cleaned["email"],
            phone=cleaned["phone"],
            safe_to_call=cleaned["safe_to_call"],
            may_be_photographed={"yes": True, "no": False}.get(cleaned.get("photo", "")),
            has_declared=cleaned["declaration"],
            needs_answer=seen(cleaned["needs"]),
        )
