"""From which day to which: a year, or two days typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor.form_layout import DrawnOnce

YEAR, FIRST, LAST = "gads", "no", "lidz"
YEARS = (2000, 2100)  # as the plan has them
WRONG_DAY = gettext_lazy("Write the day as day, month and year, for example 01.09.2027.")


class SpanForm(forms.Form):
    """Read from the address: `gads=2027`, or `no=2027-09-01&lidz=2028-05-31`; nothing: the year of today."""

    gads = forms.CharField(label=gettext_lazy("Year"), required=False, widget=forms.HiddenInput)
    no = forms.DateField(label=gettext_lazy("First day"), required=False)
    lidz = forms.DateField(label=gettext_lazy("Last day"), required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.fields[YEAR].validators.clear()  # whatever stands in the address: clean_gads has a word for it
        self.helper = DrawnOnce(FIRST, LAST)
        self.span = date(today.year, 1, 1), date(today.year, 12, 31)
        for name in (FIRST, LAST):
            field: Any = self.fields[name]
            field.input_formats = ["%Y-%m-%d", "%d.%m.%Y"]
            field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})
            field.error_messages["invalid"] = WRONG_DAY

    def clean_gads(self) -> int | None:
        """0 for what is no year of ours: it stands in no field that could bear the sentence."""
        typed = self.cleaned_data[YEAR].strip()
        if not typed:
            return None
        is_year = typed.isascii() and typed.isdecimal() and len(typed) == 4
        return int(typed) if is_year and YEARS[0] <= int(typed) <= YEARS[1] else 0

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        first, last, year = given.get(FIRST), given.get(LAST), given.get(YEAR)
        if year == 0:
            self.add_error(None, _("The year lies between 2000 and 2100."))
        elif first is None and last is None:
            self.span = (date(year, 1, 1), date(year, 12, 31)) if year else self.span
        elif first is None or last is None:
            self.add_error(FIRST if first is None else LAST, _("Write both days."))
        elif last < first:
            self.add_error(LAST, _("The last day cannot be before the first."))
        elif not (YEARS[0] <= first.year and last.year <= YEARS[1]):
            self.add_error(FIRST, _("The year lies between 2000 and 2100."))
        else:
            self.span = first, last
        return given

    @property
    def year(self) -> int | None:
        """The year, where the span is a whole one."""
        first, last = self.span
        is_whole = (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
        return first.year if is_whole else None
