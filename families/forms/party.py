"""How many come, and where the activity asks ages a row for each child."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from families.models import Registration
from families.parties import Child, Party
from families.photos import Photo
from families.registering.rules import LARGEST_PARTY
from kopiena.floor.form_layout import DrawnOnce
from kopiena.floor.typed import on_one_line

OLDEST_CHILD = 17
COUNTS = ("adults", "children", "children_along")
MOST_ROWS = 100  # of children in one form, also where the staff let more people come
# Not type="number": there a browser throws away what it cannot read as a number, and what was typed must stay.
NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": 4}


class ChildRow(Fieldset):
    """One child's fields under the legend "Child 2", with a button to remove them."""

    template = "families/_child_row.html"

    def __init__(self, number: int, *fields: str) -> None:
        self.number = number
        super().__init__(_("Child %(number)s") % {"number": number}, *fields)


class WhoComes(Fieldset):
    """Adults and children, with a button to add a child's row."""

    template = "families/_who_comes.html"

    def __init__(self, legend: str, *fields: Any, has_rows: bool) -> None:
        self.has_rows = has_rows
        super().__init__(legend, *fields)


class PartyForm(forms.Form):
    """Adults and children; with `rows` children where ages are asked, which a button adds and removes.

    `largest` is the most people it may hold; `asks_along` asks the number of children who only come along.
    """

    adults = forms.IntegerField(
        label=gettext_lazy("How many adults?"),
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={"required": gettext_lazy("Tell us how many adults come; if none, write 0.")},
    )
    children = forms.IntegerField(
        label=gettext_lazy("How many children?"),
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
    )
    children_along = forms.IntegerField(
        label=gettext_lazy("How many children come along and don't take part?"),
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        activity: Activity,
        largest: int = settings.LARGEST_PARTY_ON_THE_WEB,
        asks_along: bool = False,
        **also: Any,
    ) -> None:
        self.activity = activity
        initial = also.pop("initial", None) or {}
        self.rows = number_of_rows(data if data is not None else initial, largest)
        super().__init__(data, initial=initial, **also)
        self._set_limits(largest)
        if self.asks_ages or not asks_along:
            del self.fields["children_along"]
        if self.asks_ages:
            del self.fields["children"]
            for number in range(1, self.rows + 1):
                self._add_row(number)
        self.helper = DrawnOnce(*self.layout())

    @property
    def asks_ages(self) -> bool:
        """Whether each child has a row."""
        return self.activity.is_age_asked

    def photo_answer(self) -> Photo | None:
        """A new answer of a group; families give theirs when they sign up."""
        return None

    def _set_limits(self, largest: int) -> None:
        whole = gettext_lazy("Write a whole number, for example 2.")
        most = gettext_lazy("One form holds at most %(limit_value)s people. If more of you come, send a second form.")
        for name in COUNTS:
            self.fields[name].error_messages["invalid"] = whole
            self.fields[name].validators = [
                MinValueValidator(0, gettext_lazy("The number is 0 or more.")),
                MaxValueValidator(largest, most),
            ]

    def layout(self) -> list[Any]:
        """The parts of the form in the order they are asked."""
        if not self.asks_ages:
            counts = [name for name in COUNTS if name in self.fields]
            return [WhoComes(_("Who comes?"), *counts, has_rows=False)]
        rows = [ChildRow(n, *self._row_names(n)) for n in range(1, self.rows + 1)]
        return [WhoComes(_("Who comes?"), "adults", *rows, has_rows=True)]

    def party(self) -> Party:
        """Who comes, from a valid form. A row left wholly empty is nobody."""
        if not self.asks_ages:
            adults, children, along = (self.cleaned_data.get(name) or 0 for name in COUNTS)
            return Party(adults, children, along)
        people = tuple(
            Child(
                age=self.cleaned_data[f"child_{n}_age"],
                first_name=on_one_line(self.cleaned_data[f"child_{n}_first_name"]),
                is_along=self.cleaned_data.get(f"child_{n}_along", False),
                row=n,
            )
            for n in range(1, self.rows + 1)
            if self.cleaned_data[f"child_{n}_age"] is not None
        )
        return Party.with_ages(self.cleaned_data["adults"], people)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n in range(1, self.rows + 1) if self.asks_ages else ():
            has_more = cleaned.get(f"child_{n}_first_name") or cleaned.get(f"child_{n}_along")
            if has_more and f"child_{n}_age" in cleaned and cleaned[f"child_{n}_age"] is None:
                self.add_error(f"child_{n}_age", _("Write how old the child will be on that day."))
        return cleaned

    def _row_names(self, n: int) -> list[str]:
        return [name for name in self.fields if name.startswith(f"child_{n}_")]

    def _add_row(self, n: int) -> None:
        self.fields[f"child_{n}_first_name"] = forms.CharField(
            label=_("First name (if you like)"),
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
            error_messages={"max_length": _("A first name has at most 40 letters.")},
        )
        self.fields[f"child_{n}_age"] = forms.IntegerField(
            label=_("Child's age on the day"),
            required=False,
            min_value=0,
            max_value=OLDEST_CHILD,
            widget=forms.TextInput(attrs=NUMBER),
            error_messages={"invalid": _("Write the age in full years, for example 5; under one year write 0.")},
        )
        older = _("A child is 0 to 17 years old. Whoever is older counts as an adult.")
        self.fields[f"child_{n}_age"].validators = [MinValueValidator(0, older), MaxValueValidator(OLDEST_CHILD, older)]
        if self.activity.is_sibling_welcome:
            self.fields[f"child_{n}_along"] = forms.BooleanField(
                label=_("Comes along, doesn't take part"), required=False
            )


def number_of_rows(given: Mapping[str, Any], largest: int = settings.LARGEST_PARTY_ON_THE_WEB) -> int:
    """How many children's rows a form has: what it says itself, within reason; one to begin with."""
    said = str(given.get("rows", 1))
    rows = int(said) if said.isascii() and said.isdigit() and len(said) <= 3 else 1
    return min(rows, largest, MOST_ROWS)


def typed_with_row_added(
    typed: Mapping[str, Any], button: Mapping[str, Any], largest: int = settings.LARGEST_PARTY_ON_THE_WEB
) -> dict[str, Any]:
    """What was typed, with a child's row more or one row fewer, as the pressed button says."""
    kept = {name: value for name, value in typed.items() if not name.startswith("child_")}
    rows = [
        {name: typed.get(f"child_{n}_{name}", "") for name in ("first_name", "age", "along")}
        for n in range(1, number_of_rows(typed, largest) + 1)
    ]
    removed = str(button.get("remove_child", ""))
    if "add_child" in button and len(rows) < min(largest, MOST_ROWS):
        rows.append({})
    elif removed.isascii() and removed.isdigit() and 1 <= int(removed[:3]) <= len(rows):
        del rows[int(removed[:3]) - 1]
    for n, row in enumerate(rows, start=1):
        kept |= {f"child_{n}_{name}": value for name, value in row.items()}
    return kept | {"rows": len(rows)}


def typed_for(activity: Activity, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed on another date's form, as this activity asks it: children by rows, or by their number."""
    count = str(typed.get("children", ""))
    if activity.is_age_asked and "rows" not in typed and count.isascii() and count.isdigit():
        return dict(typed) | {"rows": int(count[:3])}
    if not activity.is_age_asked and "rows" in typed:
        ages = [typed.get(f"child_{n}_age", "") for n in range(1, number_of_rows(typed) + 1)]
        return dict(typed) | {"children": sum(bool(str(age).strip()) for age in ages)}
    return dict(typed)


def as_typed(registration: Registration) -> dict[str, Any]:
    """A registration as its form would show it."""
    typed: dict[str, Any] = {name: getattr(registration, name) for name in COUNTS}
    people = list(registration.participants.all())
    for n, child in enumerate(people, start=1):
        typed |= {
            f"child_{n}_first_name": child.first_name,
            f"child_{n}_age": child.age,
            f"child_{n}_along": child.kind == child.Kind.CHILD_ALONG,
        }
    return typed | {"rows": len(people)}


def as_asked(registration: Registration) -> dict[str, Any]:
    """What a PartyForm must know to ask for the party again as it was asked before.

    The office may have begun or ceased to ask ages since, and may have let in more people than one form holds.
    """
    activity = registration.occurrence.activity
    has_people = bool(registration.participants.all())
    has_counts = registration.is_group or bool(registration.children or registration.children_along)
    activity.is_age_asked = has_people or (activity.is_age_asked and not has_counts)
    most = LARGEST_PARTY if registration.is_group else settings.LARGEST_PARTY_ON_THE_WEB
    return {
        "activity": activity,
        "largest": max(most, registration.people),
        "asks_along": registration.children_along > 0,
    }
