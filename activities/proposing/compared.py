"""A proposal beside what is published: field by field, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django.utils import translation
from django.utils.translation import gettext, pgettext

from activities.models import Proposal
from activities.proposing.kinds import Content, Fact, ProposalKind, Row, kind_of
from partners import taking_in

TOKEN = re.compile(r"\w+\s*|[^\w\s]+\s*")  # a word, or what stands between two, with the space behind it
MOST_WORDS = 1200  # of one field: more are shown whole, for comparing them takes too long
SAME, GONE, NEW = "same", "gone", "new"
Piece = tuple[str, str]  # how it stands to the other side, and its words


@dataclass(frozen=True)
class Line:
    """One field on both sides, each in pieces."""

    label: str
    before: Sequence[Piece]
    after: Sequence[Piece]

    @property
    def is_changed(self) -> bool:
        return any(how != SAME for how, _text in (*self.before, *self.after))

    @property
    def is_empty(self) -> bool:
        return not self.before and not self.after

    @property
    def is_added(self) -> bool:
        return self.is_changed and not self.before

    @property
    def is_removed(self) -> bool:
        return self.is_changed and not self.after


@dataclass(frozen=True)
class Pictures:
    """The names of the files on both sides, empty where there is none; their words stand among the fields."""

    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def row_of(proposal: Proposal) -> Row | None:
    """What is on the site of it; None while there is nothing."""
    return proposal.project or proposal.activity


def compared_with(proposal: Proposal) -> Row | None:
    """What is on the site as long as it is not decided; afterwards the site says it already."""
    return None if proposal.state == Proposal.State.APPROVED else row_of(proposal)


def kind_in_words(proposal: Proposal) -> str:
    """ "aktivitāte, izmaiņas publicētajā"; whether it was one is no longer known once it is approved."""
    if proposal.state == Proposal.State.APPROVED:
        return proposal.get_kind_display()
    is_new = row_of(proposal) is None
    words = pgettext("proposal", "new") if is_new else pgettext("proposal", "a change of what is published")
    return f"{proposal.get_kind_display()}, {words}"


def lines(proposal: Proposal, language: str) -> list[Line]:
    """Every field as it would be beside what the site says now, but the picture; `language` is that of the labels."""
    kind, row = kind_of(proposal.kind), compared_with(proposal)
    after = _in_words(kind, _as_it_would_be(proposal), language)
    if proposal.state == Proposal.State.APPROVED:
        return [Line(label, _whole(text, SAME), _whole(text, SAME)) for label, text in after]
    if row is None:
        return [Line(label, [], _whole(text, NEW)) for label, text in after]
    return _beside(_in_words(kind, kind.content_of(row, proposal.language), language), after)


def pictures(proposal: Proposal) -> Pictures:
    """The picture proposed beside the one on the site: another one is not to be seen from words."""
    row = row_of(proposal)
    there = (row.picture.name or "") if row is not None else ""
    key = str(_as_it_would_be(proposal).get("picture") or "")
    before = there if compared_with(proposal) is not None else ""
    return Pictures(before, taking_in.name_of(key, proposal.institution, there))


def _as_it_would_be(proposal: Proposal) -> Content:
    """Its content, but what nobody touched as the site says it now: approving leaves that as it is."""
    row, was = compared_with(proposal), proposal.content.get("was")
    if row is None or not isinstance(was, dict):
        return proposal.content
    now = kind_of(proposal.kind).content_of(row, proposal.language)
    untouched = {name for name in was if name in now and proposal.content.get(name) == was[name]}
    return {**proposal.content, **{name: now[name] for name in untouched}}


def _in_words(kind: ProposalKind, content: Content, language: str) -> list[Fact]:
    """What it says, without "Picture: there is one": `pictures` shows it."""
    with translation.override(language):
        picture = gettext("Picture")
    return [(label, text) for label, text in kind.facts(content, language) if label != picture]


def _beside(before: list[Fact], after: list[Fact]) -> list[Line]:
    if [label for label, _text in before] == [label for label, _text in after]:
        pairs = zip_longest(before, after)
        return [_line(label, was, will) for (label, was), (_label, will) in pairs]
    # A kind whose fields depend on what is chosen: those of both, in the order of the proposal.
    was, will = dict(before), dict(after)
    return [_line(label, was.get(label, ""), will.get(label, "")) for label in {**will, **was}]


def _line(label: str, before: str, after: str) -> Line:
    old, new = TOKEN.findall(before.strip()), TOKEN.findall(after.strip())
    if not (old and new) or len(old) + len(new) > MOST_WORDS:
        is_same = old == new
        return Line(label, _whole(before, SAME if is_same else GONE), _whole(after, SAME if is_same else NEW))
    left: list[Piece] = []
    right: list[Piece] = []
    compared = SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new], autojunk=False)
    for tag, from_1, to_1, from_2, to_2 in compared.get_opcodes():
        is_same = tag == "equal"
        if to_1 > from_1:
            left.append((SAME if is_same else GONE, "".join(old[from_1:to_1])))
        if to_2 > from_2:
            right.append((SAME if is_same else NEW, "".join(new[from_2:to_2])))
    return Line(label, left, right)


def _whole(text: str, how: str = SAME) -> list[Piece]:
    return [(how, text)] if text.strip() else []
