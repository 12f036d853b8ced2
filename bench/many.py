"""Thousands of activities, made by PostgreSQL itself: 60 meetings a month, as far into the past as into the future."""

import psycopg2

from kopiena.floor import embedded_postgres

A_MONTH = 60
THEMES = "ARRAY['garden', 'cleanup', 'stage', 'craft', 'home', 'safety']"

# Every second activity has been, every other is to come; the titles are made of the words the neighbourhood uses.
GROW = """
INSERT INTO activities_activity ({empty}, slug, title_lv, title_ru, title_en, summary_lv, summary_ru, description_lv,
    theme, age_from, age_to, unit, audience, state, invitation_id, published_at, is_in_latvian, is_in_russian,
    is_in_english, is_age_asked, is_adult_needed, is_sibling_welcome, is_for_helpers, is_companion_seated,
    is_demo{also})
SELECT {nothing}, 'merijums-' || n, words[1 + n % 5] || ' ' || n, 'Занятие для семьи ' || n, 'Family morning ' || n,
    'Nāciet visa ģimene kopā: darbosimies, spēlēsimies un iepazīsimies.', 'Приходите всей семьёй.',
    repeat('Tiksimies pie ezera, darba rīki būs, līdzi ņemiet cimdus un labu garastāvokli. ', 6),
    ({themes})[1 + n % 6], 3 + n % 5, 8 + n % 6, 'people', 'open', 'published', md5('merijums' || n),
    now() - n * interval '1 minute', true, n % 2 = 0, false, false, true, n % 3 > 0, n % 17 = 0, true, false{falses}
FROM generate_series({first}, {last}) AS n,
    (SELECT ARRAY['Ezera talka', 'Leļļu teātris', 'Radošā darbnīca', 'Puķu dobes', 'Ģimenes rīts'] AS words) AS w;
INSERT INTO activities_occurrence (activity_id, name_lv, name_ru, name_en, is_sign_up_needed, state, reason_lv,
    reason_ru, reason_en, is_demo)
SELECT id, '', '', '', true, 'planned', '', '', '', false
FROM activities_activity WHERE id NOT IN (SELECT activity_id FROM activities_occurrence) AND slug LIKE 'merijums-%';
UPDATE activities_capacity SET places = 12 WHERE places IS NULL AND taken = 0 AND occurrence_id % 4 > 0;
INSERT INTO activities_meeting (occurrence_id, starts_at, ends_at, is_all_day, "where", venue_id, holds_room,
    is_cancelled, name_lv, name_ru, name_en, online_link)
SELECT o.id, at, at + interval '2 hours', false, 'venue', (SELECT min(id) FROM activities_venue), true, false, '', '',
    '', ''
FROM activities_occurrence o JOIN activities_activity a ON a.id = o.activity_id,
    LATERAL (SELECT split_part(a.slug, '-', 2)::int AS n) AS number,
    LATERAL (SELECT date_trunc('hour', now()) + (CASE WHEN n % 2 = 0 THEN 1 ELSE -1 END)
        * (1 + n / 2) * interval '1 month' / {a_month} AS at) AS moment
WHERE a.slug LIKE 'merijums-%' AND o.id NOT IN (SELECT occurrence_id FROM activities_meeting);
"""
# Text fields that the database wants filled; read from it, so that a new one does not stop the measurement.
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_name = 'activities_activity' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
"""


def grow(var_dir: object, size: int) -> None:
    """So many activities there are then."""
    where = embedded_postgres.database_settings(var_dir)  # type: ignore[arg-type]
    connection = psycopg2.connect(host=where["HOST"], port=where["PORT"], user=where["USER"], dbname=where["NAME"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM activities_activity")
        first = cursor.fetchone()[0]
        cursor.execute(COLUMNS)
        named = GROW.split("SELECT")[0]
        columns = [(name, kind) for name, kind in cursor.fetchall() if f" {name}" not in named.replace("\n", " ")]
        texts = [name for name, kind in columns if kind in ("text", "character varying")]
        flags = [name for name, kind in columns if kind == "boolean"]
        cursor.execute(
            GROW.format(
                empty=", ".join(texts),
                nothing=", ".join(["''"] * len(texts)),
                also="".join(f", {name}" for name in flags),
                falses=", false" * len(flags),
                themes=THEMES,
                first=first + 1,
                last=size,
                a_month=A_MONTH,
            )
        )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()
