"""What of each public activity can be searched for, and whose words are not yet as its texts are."""

# One piece of SQL says which texts count, and their sum is compared with the sum kept beside the words. So nobody has
# to tell the search that something changed: in the admin, by a command or by hand, in the activity or around it.

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import override

from activities.models import Activity

RULES = 1  # to be raised when words are taken from texts in another way: then all are owed
LANGUAGES = ("lv", "ru", "en")
LEVELS = ("title", "head", "text")
BREAK = r"E'\n'"


def _three(expression: str) -> str:
    """The expression once for each language, under the language's name."""
    return ", ".join(f"{expression.format(code)} AS {code}" for code in LANGUAGES)


def _listed(order: str, *fields: str) -> str:
    return _three(f"string_agg(concat_ws({BREAK}, {', '.join(fields)}), {BREAK} ORDER BY {order})")


# What belongs to an activity and stands elsewhere; gathered for all at once, which is quicker than one by one.
AROUND = f"""
    LEFT JOIN theme ON theme.code = a.theme
    LEFT JOIN (SELECT id, {_three("title_{0}")} FROM partners_project WHERE state = 'published') project
        ON project.id = a.project_id
    LEFT JOIN (SELECT o.activity_id, {_listed("i.id", "i.short_name_{0}", "i.name_{0}", "i.former_names")}
        FROM activities_activity_organisers o JOIN partners_institution i ON i.id = o.institution_id
        GROUP BY 1) who ON who.activity_id = a.id
    LEFT JOIN (SELECT at.activity_id, {_listed("v.id", "v.name_{0}", "v.district_{0}", "v.address")}
        FROM (SELECT DISTINCT o.activity_id, m.venue_id FROM activities_meeting m
            JOIN activities_occurrence o ON o.id = m.occurrence_id) at
        JOIN activities_venue v ON v.id = at.venue_id GROUP BY 1) venue ON venue.activity_id = a.id
    LEFT JOIN (SELECT o.activity_id, {_listed("m.id", "m.name_{0}")}
        FROM activities_meeting m JOIN activities_occurrence o ON o.id = m.occurrence_id
        WHERE concat(m.name_lv, m.name_ru, m.name_en) <> '' GROUP BY 1) meeting
        ON meeting.activity_id = a.id
    LEFT JOIN (SELECT n.activity_id, {_listed("n.id", "n.title_{0}")} FROM activities_need n GROUP BY 1) need
        ON need.activity_id = a.id
"""
HEAD = ("a.summary_{0}", "a.other_organisers_{0}", "theme.{0}", "project.{0}", "who.{0}", "venue.{0}")
TEXT = ("a.description_{0}", "a.bring_{0}", "a.weather_{0}", "a.outcome_{0}", "a.led_by_{0}", "meeting.{0}", "need.{0}")
PARTS = [
    template.format(code)
    for template in ("a.title_{0}", f"concat_ws({BREAK}, {', '.join(HEAD)})", f"concat_ws({BREAK}, {', '.join(TEXT)})")
    for code in LANGUAGES
]
PUBLIC = "a.state = 'published' AND a.audience = 'open'"
OWED = f"""
    WITH theme (code, lv, ru, en) AS (SELECT * FROM unnest(%(codes)s, %(lv)s, %(ru)s, %(en)s)),
    texts AS (SELECT a.id, ARRAY[{", ".join(PARTS)}] AS parts FROM activities_activity a {AROUND} WHERE {PUBLIC}),
    summed AS (SELECT id, parts, md5(%(rules)s || array_to_string(parts, chr(31), '')) AS digest FROM texts)
    SELECT {{what}} FROM summed LEFT JOIN activities_findable f ON f.activity_id = summed.id
    WHERE f.digest IS DISTINCT FROM summed.digest
"""
GONE = f"""
    SELECT f.activity_id FROM activities_findable f
    WHERE NOT EXISTS (SELECT FROM activities_activity a WHERE a.id = f.activity_id AND {PUBLIC})
"""


@dataclass(frozen=True)
class Texts:
    """The texts of one activity, by level and language, and their sum."""

    activity_id: int
    digest: str
    parts: dict[tuple[str, str], str]


def is_owed() -> bool:
    """Whether the words of any activity are not as its texts are, or stand there though it is not public: one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({OWED.format(what='1')}) OR EXISTS ({GONE})", _given())
        return bool(cursor.fetchone()[0])


def owed(how_many: int) -> list[Texts]:
    """So many of the activities whose words are to be taken anew."""
    with connection.cursor() as cursor:
        what = "summed.id, summed.digest, summed.parts"
        cursor.execute(f"{OWED.format(what=what)} ORDER BY summed.id LIMIT %(how_many)s", _given(how_many=how_many))
        at = [(level, code) for level in LEVELS for code in LANGUAGES]
        return [Texts(pk, digest, dict(zip(at, parts, strict=True))) for pk, digest, parts in cursor.fetchall()]


def _given(**further: Any) -> dict[str, Any]:
    """What the SQL cannot know: the names of the themes, which are words of the portal and in no table."""
    named = {}
    for code in LANGUAGES:
        with override(code):
            named[code] = [str(name) for _, name in Activity.Theme.choices]
    return {"codes": Activity.Theme.values, "rules": f"{RULES}:", **named, **further}
