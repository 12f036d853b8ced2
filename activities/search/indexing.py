"""Takes the words of public activities into the search's tables: what is owed, and nothing else."""

from django.db import connection, transaction
from psycopg2.extras import execute_values

from activities.search.dictionaries import dictionary
from activities.search.lemmas import Lemma, Lemmas
from activities.search.spelling import form_of, words
from activities.search.texts import GONE, LANGUAGES, LEVELS, Texts, is_owed, owed

AT_ONCE = 4000  # activities in one transaction: up to 250 MB, and the dictionaries are read through once for them
LOCK = 5_790_331  # of ours alone; several copies may run, one at a time does the work
KEEP = """
    INSERT INTO activities_findable (activity_id, digest, title_words, head_words, all_words) VALUES %s
    ON CONFLICT (activity_id) DO UPDATE SET digest = excluded.digest, title_words = excluded.title_words,
        head_words = excluded.head_words, all_words = excluded.all_words
"""
AS_VECTORS = "(%s, %s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]))"
# A form known from another word's dictionary learns how it is shown when it is first seen in a text.
LEARN = """
    INSERT INTO activities_knownword (form, lemma, spelled) VALUES %s
    ON CONFLICT (form, lemma) DO UPDATE SET spelled = excluded.spelled
    WHERE activities_knownword.spelled = '' AND excluded.spelled <> ''
"""
FORGET = f"""
    DELETE FROM activities_findable WHERE activity_id IN ({GONE});
    DELETE FROM activities_knownword
        WHERE lemma NOT IN (SELECT word FROM ts_stat('SELECT all_words FROM activities_findable'))
"""


def index_owed() -> int:
    """Takes in whatever changed and forgets what is public no more; of how many activities. May run twice or late."""
    if not is_owed():
        return 0
    lemmas, count = Lemmas(), 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return count  # somebody else is at it
            batch = owed(AT_ONCE)
            _keep(batch, lemmas)
            if len(batch) < AT_ONCE:
                cursor.execute(FORGET)
        count += len(batch)
        if len(batch) < AT_ONCE:
            return count


def _keep(batch: list[Texts], lemmas: Lemmas) -> None:
    rows, spoken = [], set[tuple[str, str]]()
    for texts in batch:
        row: list[object] = [texts.activity_id, texts.digest]
        keys: set[str] = set()
        for level in LEVELS:
            for language in LANGUAGES:
                said = {(word, language) for word in words(texts.parts[level, language])}
                spoken |= said
                keys.update(key for word in said if (lemma := lemmas.of(*word)) for key in lemma.keys)
            row.append(sorted(keys))
        rows.append(row)
    seen = [lemma for word in spoken if (lemma := lemmas.of(*word))]
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, KEEP, rows, AS_VECTORS, page_size=500)
        execute_values(cursor.cursor, LEARN, sorted(_forms(seen)), page_size=5000)


def _forms(seen: list[Lemma]) -> set[tuple[str, str, str]]:
    """Each form once with each key: those of the texts as they are shown, those of the dictionaries beside them."""
    spelled = {(lemma.form, key): "" for lemma in seen for key in lemma.keys}
    spelled |= {(form_of(lemma.spelled), key): lemma.spelled for lemma in seen for key in lemma.keys}
    for language in LANGUAGES:
        keys = {word: lemma.keys[0] for lemma in seen if lemma.language == language for word in lemma.headwords}
        if keys:  # else that dictionary need not be opened
            for word, forms in dictionary(language).forms(keys).items():
                for form in forms:
                    spelled.setdefault((form, keys[word]), "")
    return {(form, key, shown) for (form, key), shown in spelled.items()}
