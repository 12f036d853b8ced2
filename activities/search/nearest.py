"""The nearest known word to one that nobody wrote: for a slip of the finger or of the ear."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import connection

from activities.search.spelling import bare

SHORTEST = 3  # letters; of less nobody can say what was meant
LENGTHS_APART = 2
LETTERS_APART = 2  # kinds of letters that stand in one word only
NEAR_ENOUGH = 0.7  # of 1, without endings: one wrong letter in four still passes
MOST_WORDS = 8000  # that are looked through; a portal has some 5,000
SPOKEN = f"""
    SELECT form, array_agg(lemma), min(spelled) FROM activities_knownword
    WHERE spelled <> '' AND ({{lengths}}) GROUP BY form LIMIT {MOST_WORDS}
"""


@dataclass(frozen=True)
class Near:
    """A word of our texts, and under what it stands in the index."""

    lemmas: list[str]
    spelled: str


def words_like(unknown: dict[int, str]) -> dict[int, Near]:
    """For each place the word of public texts that looks most like the one typed there, if any is near enough."""
    wanted = {place: form for place, form in unknown.items() if len(form) >= SHORTEST and not form.isdigit()}
    if not wanted:
        return {}
    lengths = " OR ".join("length(form) BETWEEN %s AND %s" for _ in wanted)
    bounds = [n for form in wanted.values() for n in (len(form) - LENGTHS_APART, len(form) + LENGTHS_APART)]
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN.format(lengths=lengths), bounds)
        spoken = cursor.fetchall()
    found = {place: _nearest(form, spoken) for place, form in wanted.items()}
    return {place: near for place, near in found.items() if near}


def _nearest(typed: str, spoken: list[tuple[str, list[str], str]]) -> Near | None:
    """By what is left without endings, so that an ending is no slip; among equals the one that begins alike.

    Most words fall at the first two questions, which cost a hundredth of the third.
    """
    letters, core = set(typed), bare(typed)
    cores, wholes = SequenceMatcher(autojunk=False), SequenceMatcher(autojunk=False)
    cores.set_seq2(core)
    wholes.set_seq2(typed)
    best: tuple[float, bool, float] = (NEAR_ENOUGH, False, 0.0)
    near = None
    for form, lemmas, spelled in spoken:
        if abs(len(form) - len(typed)) > LENGTHS_APART:
            continue
        others = set(form)
        if len(letters - others) > LETTERS_APART or len(others - letters) > LETTERS_APART:
            continue
        cores.set_seq1(bare(form))
        if (alike := cores.ratio()) < best[0]:
            continue
        wholes.set_seq1(form)
        score = (alike, form[0] == typed[0], wholes.ratio())
        if score > best:
            best, near = score, Near(lemmas, spelled)
    return near
