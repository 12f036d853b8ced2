"""The form that narrows the list of activities; a GET form, so its address is its content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.listing import Filters
from activities.models import Activity
from kopiena.floor.said import said
from partners.models import Institution


class FilterForm(forms.Form):
    """Theme, institution, age, free places; what cannot be understood filters nothing."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    institution = forms.ChoiceField(label=_("Partner"), required=False)
    age = forms.IntegerField(
        label=_("Child's age in years"),
        required=False,
        min_value=0,
        max_value=120,
        error_messages={
            "invalid": _("Write the age in full years, for example 5."),
            "min_value": _("Write the age in full years, from 0 to 120."),
            "max_value": _("Write the age in full years, from 0 to 120."),
        },
    )
    free = forms.BooleanField(
        label=_("Only with free places"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input", "value": "1"}),
    )

    def __init__(self, data: Any, *, institutions: list[Institution]) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.fields["theme"].choices = [("", _("All themes")), *Activity.Theme.choices]  # type: ignore[attr-defined]
        self.fields["institution"].choices = [  # type: ignore[attr-defined]
            ("", _("All partners")),
            *((institution.slug, said(institution, "short_name").text) for institution in institutions),
        ]
        self.fields["age"].widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": "0", "max": "120"})

    def filters(self) -> Filters:
        """What was understood. A theme or partner that is not there comes from no form of ours: it is passed over."""
        self.full_clean()
        chosen = self.cleaned_data
        return Filters(
            theme=chosen.get("theme", ""),
            institution=chosen.get("institution", ""),
            age=chosen.get("age"),
            free=chosen.get("free", False),
        )
