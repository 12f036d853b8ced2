"""`find`: which public activities a typed text means, the likeliest first; one query where something is found."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from activities.search import nearest
from activities.search.spelling import form_of, is_sure, stem, words
from activities.search.texts import PUBLIC

LONGEST_TEXT = 200  # letters of a question that are read
MOST_WORDS = 8
MOST_ENDINGS = 64  # words that half a word may be the beginning of
SHORTEST_BEGINNING = 3
LAST = chr(0x10FFFF)  # stands after whatever else a word could go on with
QUOTED = "'''' || lemma || ''''"  # only letters, digits and the mark of a stem stand in it

# What each typed word may mean: a form we know, one with the same stem, else whatever begins like it.
MEANT = f"""
    WITH typed AS (
        SELECT * FROM unnest(%(forms)s::text[], %(stems)s::text[], %(sure)s::bool[])
            WITH ORDINALITY AS t (form, stem, is_sure, place)),
    exact AS (SELECT t.place, w.lemma FROM typed t JOIN activities_knownword w ON w.form = t.form),
    akin AS (
        SELECT t.place, t.stem AS lemma FROM typed t
        WHERE EXISTS (SELECT FROM activities_knownword w WHERE w.lemma = t.stem)
            AND (t.is_sure OR NOT EXISTS (SELECT FROM exact WHERE exact.place = t.place))),
    known AS (SELECT * FROM exact UNION SELECT * FROM akin),
    begun AS (
        SELECT t.place, w.lemma FROM typed t CROSS JOIN LATERAL (
            SELECT DISTINCT lemma FROM activities_knownword w
            WHERE w.form >= t.form AND w.form < t.form || '{LAST}' LIMIT {MOST_ENDINGS}) w
        WHERE length(t.form) >= {SHORTEST_BEGINNING} AND NOT EXISTS (SELECT FROM known WHERE known.place = t.place)),
    meant AS (
        SELECT place, array_agg(lemma) AS lemmas, '(' || string_agg({QUOTED}, '|') || ')' AS one
        FROM (SELECT * FROM known UNION ALL SELECT * FROM begun) each_one GROUP BY place),
    asked AS (SELECT string_agg(one, '&')::tsquery AS words FROM meant HAVING count(*) = cardinality(%(forms)s))
"""
# For words `asked`: an index each for title, head and all, so that no words of what was found need be read.
FOUND = f"""
    hit AS (
        SELECT id, min(level) AS level FROM (
            SELECT activity_id AS id, 1 AS level FROM asked JOIN activities_findable f ON f.title_words @@ asked.words
            UNION ALL
            SELECT activity_id, 2 FROM asked JOIN activities_findable f ON f.head_words @@ asked.words
            UNION ALL
            SELECT activity_id, 3 FROM asked JOIN activities_findable f ON f.all_words @@ asked.words) levels
        GROUP BY id)
    SELECT array_agg(hit.id ORDER BY hit.level, hit.id), count(*) FILTER (WHERE hit.level = 1), ({{further}})
    FROM hit JOIN activities_activity a ON a.id = hit.id WHERE {PUBLIC}
"""
FIND = f"{MEANT}, {FOUND.format(further='SELECT json_object_agg(place, lemmas) FROM meant')}"
# Given what each word means, where no activity has all of them: those with as many as any has, and which these are.
MOST = f"""
    SELECT places FROM (
        SELECT bit_or(1 << place) AS places, count(*) AS how_many
        FROM typed JOIN activities_findable f ON f.all_words @@ one::tsquery
        JOIN activities_activity a ON a.id = f.activity_id WHERE {PUBLIC} GROUP BY f.activity_id) each_one
    GROUP BY places, how_many ORDER BY how_many DESC, count(*) DESC, places LIMIT 1
"""
ONLY_ONE = "SELECT 1 << place AS places FROM typed"
FIND_BEST = f"""
    WITH typed AS (SELECT * FROM unnest(%(places)s::int[], %(queries)s::text[]) AS t (place, one)),
    best AS ({{best}}),
    asked AS (
        SELECT string_agg(one, '&')::tsquery AS words FROM typed JOIN best ON best.places & (1 << place) <> 0),
    {FOUND.format(further="SELECT places FROM best")}
"""


@dataclass(frozen=True)
class Matches:
    """What was found for a text; `is_asked` is false where the text held no word, then nothing is to be filtered."""

    ids: tuple[int, ...] = ()  # of public activities: those with it in the title first
    in_title: int = 0  # how many of them, from the first, have it there
    shown_for: str = ""  # what was searched for instead of what was typed; empty where that was found itself
    is_asked: bool = True


def find(text: str, limit: int | None = None) -> Matches:
    """The public activities in which every word of the text stands, in any form of it, or as near as may be.

    Never raises for any text. One query where something is found, two or three where not; for no word none.
    """
    typed = _typed(text)
    if not typed:
        return Matches(is_asked=False)
    forms = list(typed)
    stems = [stem(form) for form in forms]
    given: dict[str, Any] = {"forms": forms, "stems": stems, "sure": [is_sure(each) for each in stems]}
    with connection.cursor() as cursor:
        cursor.execute(FIND, given)
        ids, in_title, meant = cursor.fetchone()
    if ids:
        return Matches(tuple(ids[:limit]), in_title)
    return _instead(typed, {int(place) - 1: lemmas for place, lemmas in (meant or {}).items()}, limit)


def _typed(text: str) -> dict[str, str]:
    """The first few words as they are compared, each once, with how they were written."""
    written = {form: word for word in reversed(words(text[:LONGEST_TEXT])) if (form := form_of(word))}
    return dict(list(reversed(written.items()))[:MOST_WORDS])


def _instead(typed: dict[str, str], meant: dict[int, list[str]], limit: int | None) -> Matches:
    """The nearest thing that finds something: a near word for each unknown one, and as many of them as are together."""
    shown = list(typed.values())
    unknown = {place: form for place, form in enumerate(typed) if place not in meant}
    for place, near in nearest.words_like(unknown).items():
        shown[place], meant[place] = near.spelled, near.lemmas
    if not meant:
        return Matches()
    queries = ["|".join(f"'{lemma}'" for lemma in lemmas) for lemmas in meant.values()]
    with connection.cursor() as cursor:
        best = FIND_BEST.format(best=MOST if len(meant) > 1 else ONLY_ONE)
        cursor.execute(best, {"places": list(meant), "queries": [f"({query})" for query in queries]})
        ids, in_title, places = cursor.fetchone()
    if not ids:
        return Matches()
    said = " ".join(word for place, word in enumerate(shown) if places & (1 << place))
    return Matches(tuple(ids[:limit]), in_title, said)
