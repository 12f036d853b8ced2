"""Whether a party may be photographed: yes, no, not asked, or of a group yes but for some of its children."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Answered(Protocol):
    """Whatever carries the answer: a sent form, or whoever sends one."""

    @property
    def may_be_photographed(self) -> bool | None: ...

    @property
    def not_photographed(self) -> int: ...


@dataclass(frozen=True)
class Photo:
    """The answer of one party; `not_for` so many children of a group the parents said no."""

    is_yes: bool | None = None
    not_for: int = 0

    @classmethod
    def of(cls, answered: Answered) -> "Photo":
        return cls(answered.may_be_photographed, answered.not_photographed)

    def of_so_many(self, children: int) -> "Photo":
        """The answer of the same group when so many children come: never no for more than there are."""
        return Photo(self.is_yes, min(self.not_for, children))

    @property
    def is_no_for_somebody(self) -> bool:
        """Whether whoever photographs has to look out for this party."""
        return self.is_yes is False or self.not_for > 0

    @property
    def at_the_door(self) -> str:
        """In words, since a sign is overlooked at the door: "3 bērnus nefotografēt"."""
        if self.is_yes is None:
            return _("not asked")
        if self.not_for:
            return do_not_photograph(self.not_for)
        return _("may be photographed") if self.is_yes else _("do not photograph")

    @property
    def of_the_group(self) -> str:
        """The same as the group's own page says it; empty where it was not asked."""
        if self.is_yes is None:
            return ""
        if not self.is_yes:
            return _("Please do not photograph the children")
        if not self.not_for:
            return _("The children may be photographed: the parents' consent is kept at the institution")
        words = ngettext(
            "May be photographed, but for %(count)d child",
            "May be photographed, but for %(count)d children",
            self.not_for,
        )
        return words % {"count": self.not_for}


def do_not_photograph(count: int) -> str:
    """ "3 bērnus nefotografēt"."""
    words = ngettext("do not photograph %(count)d child", "do not photograph %(count)d children", count)
    return words % {"count": count}
