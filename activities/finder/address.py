"""Reads the filters from an address; what it cannot understand it says, and never fails."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from activities.finder.catalogue import Catalogue
from activities.finder.filters import TICKS, Filters
from activities.models import Activity

LONGEST_QUERY = 2000  # characters; a form of ours stays far below
LONGEST_TEXT = 100
PERIODS = ("today", "tomorrow", "weekend", "week", "month")
LANGUAGES = ("lv", "ru", "en")
OLDEST, MOST_CHILDREN, LARGEST_PARTY = 120, 10, 500
MOST_WORDS = 5  # said of an address
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
BETWEEN_AGES = re.compile(r"[\s,;.+&/]+|\b(?:un|and|и)\b")  # "4 un 9", «4 и 9»
# Added to addresses by those who pass them on; nobody chose them.
OF_OTHERS = re.compile(r"utm_\w+|fbclid|gclid|yclid|msclkid|mc_[ce]id|igshid|_ga|ref|lang")


@dataclass
class Understood:
    """The filters and the page of the list, with what was typed and not understood."""

    filters: Filters = field(default_factory=Filters)
    page: int = 1
    wrong: dict[str, str] = field(default_factory=dict)  # a sentence at the filter it is about
    typed: dict[str, str] = field(default_factory=dict)  # what stands there, as it came
    unknown: list[str] = field(default_factory=list)  # names that mean nothing here
    refused: list[str] = field(default_factory=list)  # choices that are not there

    @property
    def ignored(self) -> list[str]:
        """What the page says it passed over."""
        return [*self.refused, *self.unknown]

    @property
    def is_whole(self) -> bool:
        """Whether the page has no word to say about the address."""
        return not self.wrong and not self.ignored

    @property
    def is_refused(self) -> bool:
        """Whether something was chosen that cannot be had."""
        return bool(self.wrong or self.refused)


def understood(request: HttpRequest, catalogue: Catalogue) -> Understood:
    """What the request asks for."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return Understood(refused=[_("the address is too long")])
    try:
        asked = request.GET
    except (SuspiciousOperation, BadRequest):
        return Understood(refused=[_("the address cannot be read")])
    return _Reader(asked, catalogue).read()


class _Reader:
    """One address, filter by filter."""

    def __init__(self, asked: QueryDict, catalogue: Catalogue) -> None:
        self.asked, self.catalogue = asked, catalogue
        self.found = Understood()

    def read(self) -> Understood:
        readers: dict[str, Callable[[str], Any]] = {
            "q": _text,
            "when": self._one_of("when", PERIODS),
            "since": lambda typed: self._day("since", typed),
            "until": lambda typed: self._day("until", typed),
            "theme": self._one_of("theme", Activity.Theme.values),
            "district": self._one_of("district", self.catalogue.districts),
            "institution": self._one_of("institution", self.catalogue.institutions),
            "project": self._one_of("project", self.catalogue.projects),
            "language": self._one_of("language", LANGUAGES),
            "party": self._party,
            **{name: self._one_of(name, ("1",), is_tick=True) for name in TICKS},
        }
        chosen: dict[str, Any] = {}
        for name, values in self.asked.lists():
            filled = [value for value in values if value.strip()]
            if not filled and (name in readers or name in ("ages", "page")):
                continue
            if name == "ages":
                chosen[name] = self._ages(filled)
            elif name == "page":
                self.found.page = self._page(filled)
            elif name not in readers:
                self._pass_over(name, self.found.unknown)
            else:
                if len(set(filled)) > 1:
                    self._pass_over(f"{name}={filled[0]}")
                value = readers[name](filled[-1])
                if value:
                    chosen[name] = value
        self.found.filters = self._without_contradictions(Filters(**chosen))
        return self.found

    def _one_of(self, name: str, known: Any, *, is_tick: bool = False) -> Callable[[str], Any]:
        def read(typed: str) -> Any:
            if typed in known:
                return True if is_tick else typed
            self._pass_over(f"{name}={typed}")
            return ""

        return read

    def _day(self, name: str, typed: str) -> date | None:
        self.found.typed[name] = typed[:40]
        day = _as_browsers_write(typed) or _as_people_write(typed)
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            self.found.wrong[name] = _("Write the day like this: 27.3.2027.")
            return None
        return day

    def _ages(self, typed: list[str]) -> tuple[int, ...]:
        self.found.typed["ages"] = ", ".join(typed)[:60]
        ages = [part for part in BETWEEN_AGES.split(" ".join(typed)[:200]) if part]
        if not all(re.fullmatch(r"[0-9]{1,3}", part) and int(part) <= OLDEST for part in ages):
            self.found.wrong["ages"] = _("Write the ages in full years, for example: 4, 9.")
            return ()
        if len(ages) > MOST_CHILDREN:
            self.found.wrong["ages"] = _("Write at most %(count)d ages.") % {"count": MOST_CHILDREN}
        return tuple(sorted(map(int, ages[:MOST_CHILDREN])))

    def _party(self, typed: str) -> int | None:
        self.found.typed["party"] = typed[:20]
        number = typed.strip()
        if re.fullmatch(r"[0-9]{1,6}", number) and 1 <= int(number) <= LARGEST_PARTY:
            return int(number)
        self.found.wrong["party"] = _("Write how many of you come, for example: 5.")
        return None

    def _page(self, typed: list[str]) -> int:
        number = typed[-1].strip()
        if re.fullmatch(r"[0-9]{1,6}", number) and int(number) >= 1:
            return int(number)
        self._pass_over(f"page={number}")
        return 1

    def _without_contradictions(self, filters: Filters) -> Filters:
        if filters.since and filters.until and filters.since > filters.until:
            self.found.wrong["until"] = _("The last day is before the first.")
            return filters.without("since").without("until")
        if filters.when and (filters.since or filters.until):
            self._pass_over(f"when={filters.when}")
            return filters.without("when")
        if filters.party is not None and filters.party < filters.children:
            self.found.wrong["party"] = _("There are more children than people: the number was left out.")
            return filters.without("party")
        return filters

    def _pass_over(self, said: str, among: list[str] | None = None) -> None:
        among = self.found.refused if among is None else among
        if not OF_OTHERS.fullmatch(said) and len(among) < MOST_WORDS:
            printable = "".join(letter if letter.isprintable() else "�" for letter in said)
            among.append(printable[:40])


def _text(typed: str) -> str:
    """Without what nobody types; the search itself knows how to take the rest."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())[:LONGEST_TEXT].strip()


def _as_browsers_write(typed: str) -> date | None:
    """ "2027-03-27"."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _as_people_write(typed: str) -> date | None:
    """ "27.3.2027", as a browser without a calendar of its own leaves it to be typed."""
    parts = re.fullmatch(r"\s*([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})\.?\s*", typed)
    if parts is None:
        return None
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        return None
