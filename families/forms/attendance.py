"""How many came: a pair of numbers for each party, group or day, and one tick for who did not come."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.attending import MOST, Noted, Numbers, Whose

ROWS_AT_ONCE = 200  # three fields each: Django takes 700 in one form
SEEN = re.compile(r"([0-9]{1,18}(?:r[0-9]{1,18}|g[0-9]{1,18}|o)):([0-9]{1,4}),([0-9]{1,4})", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """One row: whose numbers, what they are called, what was written before, and else what is proposed."""

    whose: Whose
    label: str
    noted: Numbers | None = None
    proposed: Numbers | None = None
    more: Any = None  # what the page shows beside the fields

    @property
    def shown(self) -> Numbers | None:
        """What stands in the fields at first."""
        return self.noted if self.noted is not None else self.proposed


@dataclass(frozen=True)
class Row:
    """A row with its fields, for the template."""

    asked: Asked
    adults: forms.BoundField
    children: forms.BoundField
    nobody: forms.BoundField | None

    @property
    def pair(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self.adults, self.children


class AttendanceForm(forms.Form):
    """A row for each of `asked`; `typed` holds what was written, of those rows only that were in the form sent.

    Both fields of a row empty: not known; one of them empty: nought.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, asked: Iterable[Asked]) -> None:
        self.asked = {row.whose.key: row for row in asked}
        self.typed: dict[Whose, Numbers | None] = {}
        super().__init__(data, initial={"seen": self._written({})})
        for key, row in self.asked.items():
            shown = row.shown or (None, None)
            self.fields[f"adults_{key}"] = _number(row.label, gettext_lazy("Adults came"), shown[0])
            self.fields[f"children_{key}"] = _number(row.label, gettext_lazy("Children came"), shown[1])
            if row.whose.registration is not None:
                self.fields[f"nobody_{key}"] = forms.BooleanField(label=gettext_lazy("Did not come"), required=False)

    @property
    def rows(self) -> Iterator[Row]:
        for key, row in self.asked.items():
            nobody = self[f"nobody_{key}"] if f"nobody_{key}" in self.fields else None
            yield Row(row, self[f"adults_{key}"], self[f"children_{key}"], nobody)

    @property
    def parties(self) -> list[Row]:
        """The rows of those who signed up."""
        return [row for row in self.rows if row.asked.whose.registration is not None]

    @property
    def others(self) -> list[Row]:
        """The rows of all who had not."""
        return [row for row in self.rows if row.asked.whose.registration is None]

    @property
    def noted(self) -> Noted:
        """What stood in the form when it was opened; what cannot be read was not seen."""
        known = {key: Numbers(int(adults), int(children)) for key, adults, children in SEEN.findall(self._seen())}
        return {row.whose: known[key] for key, row in self.asked.items() if key in known}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for key, row in self.asked.items():
            fields = (f"adults_{key}", f"children_{key}")
            if any(name in self.errors for name in fields) or not any(name in self.data for name in fields):
                continue
            adults, children = (given.get(name) for name in fields)
            if given.get(f"nobody_{key}"):
                self.typed[row.whose] = Numbers(0, 0)
            elif adults is None and children is None:
                self.typed[row.whose] = None
            else:
                self.typed[row.whose] = Numbers(adults or 0, children or 0)
        before = self.noted
        if not self.errors and not any(it is not None or whose in before for whose, it in self.typed.items()):
            self.add_error(None, _("Write at least one number; 0 says that nobody came."))
        return given

    def tell(self, theirs: dict[Whose, Numbers | None]) -> None:
        """Say what somebody else wrote meanwhile.

        What was typed here stays and is saved by the next press; a row left as it was found takes over theirs.
        """
        sent, before = QueryDict(mutable=True), self.noted
        sent.update(self.data)
        for whose, numbers in theirs.items():
            key, row = whose.key, self.asked[whose.key]
            found = before.get(whose, row.proposed)
            now = _("not written") if numbers is None else _pair(numbers)
            told = _("%(who)s: somebody else has written meanwhile: %(numbers)s.")
            self.add_error(None, told % {"who": row.label, "numbers": now})
            if self.typed[whose] == found:
                for name, number in zip(("adults", "children"), numbers or ("", ""), strict=True):
                    sent[f"{name}_{key}"] = str(number)
                sent.pop(f"nobody_{key}", None)
        self.add_error(None, _("Nothing is saved yet. Look through the numbers and press the button once more."))
        sent["seen"] = self._written(theirs)
        self.data = sent

    def _seen(self) -> str:
        value = self.data.get("seen", "") if self.is_bound else ""
        return value if isinstance(value, str) else ""

    def _written(self, theirs: dict[Whose, Numbers | None]) -> str:
        """What stands in the database now, for the next press."""
        rows = ((key, theirs.get(row.whose, row.noted)) for key, row in self.asked.items())
        return ";".join(f"{key}:{it.adults},{it.children}" for key, it in rows if it is not None)


def _pair(numbers: Numbers) -> str:
    return _("adults: %(adults)s, children: %(children)s") % numbers._asdict()


def _number(who: str, label: Any, shown: int | None) -> forms.IntegerField:
    wrong = _("%(who)s: write a whole number from 0 to 2000.") % {"who": who}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        initial=shown,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )
