"""The fields an institution fills in for an activity: few must be, the rest has what most teachers would choose."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from activities.proposing.activity_content import COURSE, EACH
from activities.proposing.repeats import EVERY

WEEKS = {1: _("every week"), 2: _("every second week"), 4: _("every fourth week")}
SIGN_UP_TO = {
    EACH: _("To each date by itself: one may come to one of them"),
    COURSE: _("To all together: it is one course"),
}
PLAIN = {"autocomplete": "off", "inputmode": "text"}
NUMBER = {"autocomplete": "off", "inputmode": "numeric", "size": 4}


class AsTyped(forms.TextInput):
    """The browser's own field for a day or an hour, as long as it can show what stands in it: else plain text.

    A browser leaves a field of its own empty where it cannot read what was typed, and what was typed must stay.
    """

    def __init__(self, kind: str, shape: str) -> None:
        self.kind, self.shape = kind, shape
        super().__init__({"autocomplete": "off", "size": 12})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = str(value or "")
        if not shown or (len(shown) == len(self.shape) and all(map(_fits, shown, self.shape))):
            context["widget"]["type"] = self.kind
        return context


class AnyOf(forms.MultipleChoiceField):
    """Ticks among choices that change while the form is written: one that is gone is as if it were not ticked."""

    def validate(self, value: Any) -> None:
        return None


def day(label: Any, help_text: Any = "") -> forms.CharField:
    """A day, read by activities/proposing/typed.py."""
    return forms.CharField(label=label, help_text=help_text, required=False, widget=AsTyped("date", "0000-00-00"))


def hour(label: Any) -> forms.CharField:
    """An hour and minute of the clock."""
    return forms.CharField(label=label, required=False, widget=AsTyped("time", "00:00"))


def text(label: Any, longest: int, *, required: Any = "", help_text: Any = "", rows: int = 0) -> forms.CharField:
    """A text of at most so many letters; `required` is the sentence said where it is missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        validators=[MaxLengthValidator(longest)],  # a browser told of it would cut in silence
        widget=forms.Textarea({**PLAIN, "rows": rows}) if rows else forms.TextInput(PLAIN),
        error_messages={
            "required": required,
            "max_length": _("Please write it in at most %(limit_value)d letters; now there are %(show_value)d."),
        },
    )


def number(label: Any, help_text: Any = "") -> forms.CharField:
    """A whole number, read by activities/proposing/typed.py."""
    return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.TextInput(NUMBER))


def choice(label: Any, choices: Any, *, required: Any = "", help_text: Any = "", widget: Any = None) -> Any:
    """One of a list; what is none of it is refused."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        required=bool(required),
        widget=widget or forms.Select,
        error_messages={"required": required, "invalid_choice": _("Choose from the list.")},
    )


def yes(label: Any, help_text: Any = "") -> forms.BooleanField:
    """A tick."""
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def ticks(label: Any, choices: Any, field: type[forms.MultipleChoiceField] = forms.MultipleChoiceField) -> Any:
    """Any number of a list."""
    return field(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


class ActivityFields(forms.Form):
    """What is asked, in the order a teacher thinks; the rows of single dates are added by the form."""

    title = text(_("Title"), 160, required=_("Write the title."))
    summary = text(_("In one sentence"), 300, required=_("Write in one sentence what you will do."), rows=2)
    theme = choice(_("Theme"), [("", _("Choose")), *Activity.Theme.choices], required=_("Choose a theme."))
    description = text(_("Description (if you like)"), 10_000, rows=6)
    project = choice(_("Within which project? (if any)"), [])
    project.error_messages["invalid_choice"] = _("The project it was to belong to is gone. Choose another, or none.")

    repeat_every = choice(_("How often?"), [(str(weeks), WEEKS[weeks]) for weeks in EVERY])
    repeat_weekdays = ticks(_("On which weekdays?"), [])
    repeat_from = hour(_("From"))
    repeat_until = hour(_("Until"))
    repeat_first = day(_("First day"))
    repeat_last = day(_("Last day"))
    repeat_without = ticks(_("These are the dates. Tick those on which it will not take place"), [], AnyOf)
    about_year = number(_("Year"))
    about_season = choice(_("Part of the year"), [("", _("Choose")), *Activity.Season.choices])
    sign_up_to = choice(
        _("If there are several dates: to what does one sign up?"),
        list(SIGN_UP_TO.items()),
        widget=forms.RadioSelect,
    )

    where = choice(_("At which place?"), [], required=_("Choose where it takes place."))
    place = text(_("Which place is it?"), 200, help_text=_("If it is not in the list: name and address."))
    online_link = text(_("Link, if it is online"), 200, help_text=_("Only those who have signed up will see it."))

    age_from = number(_("Age from"))
    age_to = number(_("Age to"))
    is_adult_needed = yes(_("Children come with an adult"))
    is_sibling_welcome = yes(_("Brothers and sisters of another age may come along"))
    is_age_asked = yes(_("Ask each child's age at sign-up"))

    is_sign_up_needed = yes(_("Sign-up is needed"))
    unit = choice(_("A place is for"), Activity.Unit.choices)
    places = number(_("How many places?"), _("Empty: no limit."))

    languages = ticks(
        _("In which languages?"), [("lv", _("in Latvian")), ("ru", _("in Russian")), ("en", _("in English"))]
    )
    bring = text(_("What to bring (if anything)"), 300)
    weather = text(_("What if it rains? (if outdoors)"), 300)
    led_by = text(_("Who leads it? (if you like)"), 200)


def _fits(letter: str, shape: str) -> bool:
    return letter.isascii() and letter.isdigit() if shape == "0" else letter == shape
