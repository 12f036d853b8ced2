"""How the form of an activity is laid out: the questions in the order a teacher thinks."""

from typing import Any

from crispy_forms.layout import Div, Fieldset
from django.utils.translation import gettext as _

from activities.proposing.activity_dates import MOST, REPEAT, ROW
from kopiena.floor.form_layout import DrawnOnce
from partners.forms.picture import PicturePart


class DateRow(Fieldset):
    """One single date, with a button to remove it."""

    template = "activities/desk/_date_row.html"

    def __init__(self, number: int, *fields: Any, is_only: bool, is_last: bool) -> None:
        self.number, self.is_only, self.is_last = number, is_only, is_last
        super().__init__(_("Date %(number)s") % {"number": number}, *fields)


class Rows(Fieldset):
    """The rows of single dates, with a button to add one."""

    template = "activities/desk/_date_rows.html"

    def __init__(self, form: Any, *rows: DateRow) -> None:
        self.may_have_more = form.initial["date_rows"] < MOST
        self.next = form.initial["date_rows"] + 1  # where the page comes back once the last row is removed
        super().__init__("", *rows)


class Dates(Fieldset):
    """All of when: what is published already, the rows, a repeat, an approximate time."""

    template = "activities/desk/_dates.html"

    def __init__(self, form: Any, *fields: Any) -> None:
        self.published = form.published.coming
        repeated = {asked.day for asked in form.when.repeated}  # these say it themselves
        self.notes = [asked.note for asked in form.when.dates if asked.note and asked.day not in repeated]
        self.has_published = form.published.is_any
        super().__init__(_("When?"), *fields)


class Unfolding(Fieldset):
    """Questions few need, under a sentence that unfolds them; open where one of `opening` is answered or wrong."""

    template = "activities/desk/_unfolding.html"

    def __init__(self, name: str, legend: str, *fields: Any, opening: tuple[str, ...], button: str = "") -> None:
        self.name, self.opening, self.button = name, opening, button
        super().__init__(legend, *fields)

    def render(self, form: Any, context: Any, *args: Any, **also: Any) -> Any:
        self.is_open = any(form.initial.get(name) or name in form.errors for name in self.opening)
        return super().render(form, context, *args, **also)


def laid_out(form: Any) -> DrawnOnce:
    """The helper of a form of an activity."""
    rows = Rows(form, *(_row(form, number) for number in range(1, form.initial["date_rows"] + 1)))
    parts: list[tuple[str, list[Any]]] = [
        (_("What will you do?"), ["title", "summary", "theme", "description", "project"]),
        ("", [Dates(form, rows, _repeat(form), *_about(form), "sign_up_to", "date_rows")]),
        (_("Where?"), ["where", "place", "online_link"]),
        (
            _("For whom?"),
            [Div("age_from", "age_to", css_class="row hours"), "is_adult_needed", "is_sibling_welcome", "is_age_asked"],
        ),
        (_("Places"), _there(form, "is_sign_up_needed", "unit", "places")),
        (_("Good to know"), ["languages", "bring", "weather", "led_by"]),
    ]
    return DrawnOnce(
        *(Fieldset(legend, *names) if legend else names[0] for legend, names in parts if names), PicturePart()
    )


def _row(form: Any, number: int) -> DateRow:
    first, *others = (f"date_{number}_{name}" for name in ("day", "from", "until", "whole", "last"))
    hours, more = others[:2], others[2:]
    is_empty = not any(form.initial[f"date_{number}_{name}"] for name in ROW)
    is_last = form.initial["date_rows"] == number
    is_only = is_last and number == 1 and is_empty
    several = Unfolding(f"more-{number}", _("The whole day, or several days"), *more, opening=tuple(more))
    return DateRow(number, first, Div(*hours, css_class="row hours"), several, is_only=is_only, is_last=is_last)


def _repeat(form: Any) -> Unfolding:
    return Unfolding(
        "repeat",
        _("It repeats: every week on the same weekday"),
        "repeat_every",
        "repeat_weekdays",
        Div("repeat_from", "repeat_until", css_class="row hours"),
        Div("repeat_first", "repeat_last", css_class="row"),
        Div(*_there(form, "repeat_without"), css_id="show-repeat"),
        opening=(*REPEAT, "repeat_without"),
        button=_("Show all its dates"),
    )


def _about(form: Any) -> list[Any]:
    names = _there(form, "about_year", "about_season")
    if not names:
        return []
    return [Unfolding("about", _("The date is not known yet"), Div(*names, css_class="row"), opening=tuple(names))]


def _there(form: Any, *names: str) -> list[Any]:
    return [name for name in names if name in form.fields]
