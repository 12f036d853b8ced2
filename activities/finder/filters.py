"""What a visitor chose; it lives in the address, written in one way only."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

TICKS = ("step_free", "pushchair", "helpers", "no_sign_up")


@dataclass(frozen=True)
class Filters:
    """Empty where nothing is chosen. The names are those in the address, in the order they have there."""

    q: str = ""
    when: str = ""  # one of PERIODS
    since: date | None = None
    until: date | None = None
    theme: str = ""
    district: str = ""
    institution: str = ""  # a slug, as the next
    project: str = ""
    language: str = ""
    ages: tuple[int, ...] = ()  # of the children, in years, the youngest first
    party: int | None = None  # people, the children among them
    step_free: bool = False
    pushchair: bool = False
    helpers: bool = False
    no_sign_up: bool = False

    @property
    def chosen(self) -> dict[str, str]:
        """The choices as they stand in the address, the empty ones left out."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _written(value) for name, value in values.items() if value or (value == 0 and value is not False)}

    def query(self, page: int = 1) -> str:
        """What stands behind the question mark: "theme=garden&page=2" or nothing."""
        return urlencode(self.chosen | ({"page": str(page)} if page > 1 else {}), safe=",")

    def address(self, page: int = 1) -> str:
        """ "?theme=garden&page=2" or nothing."""
        query = self.query(page)
        return f"?{query}" if query else ""

    def without(self, name: str) -> "Filters":
        """The same choice with one filter dropped."""
        return replace(self, **{name: getattr(Filters(), name)})

    @property
    def children(self) -> int:
        """How many of the party are children, as far as we were told."""
        return len(self.ages)


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return "1" if value is True else str(value)
