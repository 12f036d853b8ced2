"""What the form of the filters offers: each choice in words, with how many activities it would leave."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.finder.catalogue import Name
from activities.finder.filters import TICKS
from activities.finder.results import Results
from activities.models import Activity
from kopiena.floor.said import said

WHEN: dict[str, Promise] = {
    "today": pgettext_lazy("filter", "Today"),
    "weekend": gettext_lazy("This weekend"),
    "month": pgettext_lazy("filter", "This month"),
}
LANGUAGES: dict[str, Promise] = {
    "lv": gettext_lazy("in Latvian"),
    "ru": gettext_lazy("in Russian"),
    "en": gettext_lazy("in English"),
}
TICKED: dict[str, Promise] = {
    "step_free": gettext_lazy("You can get in without steps"),
    "pushchair": gettext_lazy("There is room for a pushchair"),
    "helpers": gettext_lazy("Helpers are awaited"),
    "no_sign_up": gettext_lazy("No sign-up needed"),
}
DROPPED: dict[str, Promise] = {
    "q": gettext_lazy("without the words you typed"),
    "days": gettext_lazy("on other days too"),
    "theme": gettext_lazy("without choosing a theme"),
    "district": gettext_lazy("in other districts too"),
    "institution": gettext_lazy("without choosing a partner"),
    "project": gettext_lazy("without choosing a project"),
    "language": gettext_lazy("in other languages too"),
    "ages": gettext_lazy("without the children's ages"),
    "party": gettext_lazy("also where not all of you fit in"),
    "step_free": gettext_lazy("also where there are steps, or nothing is known of them"),
    "pushchair": gettext_lazy("also where there is no room for a pushchair, or nothing is known of it"),
    "helpers": gettext_lazy("also where no helpers are awaited"),
    "no_sign_up": gettext_lazy("also with sign-up"),
}


@dataclass(frozen=True)
class Choice:
    """One option: its value in the address, its words, and how many it leaves."""

    value: str
    words: str
    count: int
    is_chosen: bool
    lang: str = ""  # the attribute, where the words are in another language


@dataclass(frozen=True)
class Form:
    """The form for one set of results."""

    results: Results

    @property
    def when(self) -> list[Choice]:
        names = WHEN if self.results.filters.when in ("", *WHEN) else WHEN | MORE
        return [self._choice("when", value, str(words)) for value, words in names.items()]

    @property
    def themes(self) -> list[Choice]:
        return [self._choice("theme", value, str(words)) for value, words in Activity.Theme.choices]

    @property
    def districts(self) -> list[Choice]:
        return self._named("district", self.results.catalogue.districts)

    @property
    def institutions(self) -> list[Choice]:
        known, chosen = self.results.catalogue, self.results.filters.institution
        shown = {slug: name for slug, name in known.institutions.items() if slug in known.partners or slug == chosen}
        return self._named("institution", shown)

    @property
    def projects(self) -> list[Choice]:
        return self._named("project", self.results.catalogue.projects)

    @property
    def languages(self) -> list[Choice]:
        return self._left(self._choice("language", value, str(words)) for value, words in LANGUAGES.items())

    @property
    def ticks(self) -> list[tuple[str, Choice]]:
        """Each with its name in the address."""
        return [(name, self._choice(name, "1", str(TICKED[name]))) for name in TICKS]

    @property
    def is_more_open(self) -> bool:
        """Whether something is chosen among what is folded."""
        folded = ("since", "until", "district", "institution", "project", "language", *TICKS)
        return any(name in self.results.filters.chosen for name in folded)

    def _choice(self, name: str, value: str, words: str, lang: str = "") -> Choice:
        chosen = getattr(self.results.filters, name)
        is_chosen = bool(chosen) if name in TICKS else chosen == value
        return Choice(value, words, self.results.count_with(name, value), is_chosen, lang)

    def _named(self, name: str, names: dict[str, Name]) -> list[Choice]:
        found = ((value, said(names[value], "name")) for value in names)
        return self._left(self._choice(name, value, words.text, words.lang) for value, words in found)

    @staticmethod
    def _left(choices: Iterable[Choice]) -> list[Choice]:
        """Those that would leave something, and the one that is chosen."""
        return [choice for choice in choices if choice.count or choice.is_chosen]


MORE: dict[str, Promise] = {
    "tomorrow": pgettext_lazy("filter", "Tomorrow"),
    "week": gettext_lazy("Until Sunday"),
}


def drops(results: Results) -> list[tuple[str, str, int]]:
    """What to drop in words, the address without it, and how many activities that would show."""
    return [(str(DROPPED[drop.name]), drop.filters.address(), drop.count) for drop in results.drops]
