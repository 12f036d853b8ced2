"""Dates and times in words as people say them in Latvian, Russian and English, always by the clock of Riga."""

# Our own function because Django has no Latvian locative ("martā") and no Russian "во вторник". Every public function
# takes a date or an aware datetime; a date stands for itself, a datetime is first turned into local time. The language
# is "lv", "ru" or "en", without it the active one. `today` decides whether the year is said; without it the clock is
# asked, so that a past date never loses its year unnoticed.

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from .date_tables import TABLES

RIGA = ZoneInfo("Europe/Riga")
LANGUAGES = ("lv", "ru", "en")


def language_or_active(language: str | None = None) -> str:
    """One of our three languages: the one asked for, else the active one, else Latvian."""
    code = (language or translation.get_language() or "lv").split("-")[0]
    return code if code in LANGUAGES else "lv"


def local_day(value: date) -> date:
    """The day on which a moment falls in Riga."""
    return timezone.localdate(value, RIGA) if isinstance(value, datetime) else value


def day(value: date, language: str | None = None, *, today: date | None = None) -> str:
    """When, as an adverb: "sestdien, 27. martā"; «в субботу, 27 марта»; "on Saturday 27 March"."""
    code, on = language_or_active(language), local_day(value)
    return _with_weekday(TABLES[code].on_weekday[on.weekday()], plain_day(on, code, today=today), code)


def day_label(value: date, language: str | None = None, *, today: date | None = None) -> str:
    """The day as a heading: "sestdiena, 27. marts"; «суббота, 27 марта»; "Saturday 27 March"."""
    code, on = language_or_active(language), local_day(value)
    table = TABLES[code]
    months = table.month if code == "lv" else table.on_month
    dated = _dated(on, months[on.month - 1], code, with_year=_is_other_year(on, today))
    return _with_weekday(table.weekday[on.weekday()], dated, code)


def plain_day(value: date, language: str | None = None, *, today: date | None = None) -> str:
    """When, without the weekday and its preposition: "27. martā"; «27 марта»; "27 March"."""
    code, on = language_or_active(language), local_day(value)
    return _dated(on, TABLES[code].on_month[on.month - 1], code, with_year=_is_other_year(on, today))


def until(value: date, language: str | None = None, *, today: date | None = None) -> str:
    """Up to which day: "līdz 27. martam"; «до 27 марта»; "until 27 March"."""
    code, on = language_or_active(language), local_day(value)
    last = _dated(on, TABLES[code].to_month[on.month - 1], code, with_year=_is_other_year(on, today))
    return {"lv": "līdz {}", "ru": "до {}", "en": "until {}"}[code].format(last)


def bare_clock(value: datetime | time, language: str | None = None) -> str:
    """The time alone: "14.00"; in English "14:00"."""
    local = timezone.localtime(value, RIGA) if isinstance(value, datetime) else value
    separator = ":" if language_or_active(language) == "en" else "."
    return f"{local.hour}{separator}{local.minute:02}"


def clock(value: datetime | time, language: str | None = None) -> str:
    """At what time: "plkst. 14.00"; «в 14.00»; "at 14:00"."""
    code = language_or_active(language)
    return {"lv": "plkst. {}", "ru": "в {}", "en": "at {}"}[code].format(bare_clock(value, code))


def clock_range(start: datetime | time, end: datetime | time, language: str | None = None) -> str:
    """From when to when, bare: "14.00–16.00"; in English "14:00–16:00"."""
    return f"{bare_clock(start, language)}–{bare_clock(end, language)}"


def moment(value: datetime, language: str | None = None, *, today: date | None = None) -> str:
    """Day and time: "sestdien, 27. martā, plkst. 14.00"."""
    code = language_or_active(language)
    return f"{day(value, code, today=today)}{' ' if code == 'en' else ', '}{clock(value, code)}"


def span(start: date, end: date, language: str | None = None, *, today: date | None = None) -> str:
    """Several days, both included: "no 5. līdz 9. aprīlim"; with years where they differ from today's or each other."""
    code, first, last = language_or_active(language), local_day(start), local_day(end)
    if last <= first:
        return day(first, code, today=today)
    table, over_new_year = TABLES[code], first.year != last.year
    said_year = _is_other_year(last, today) or over_new_year
    # Russian and English say one common year at the end, Latvian at the beginning.
    from_year, to_year = (said_year, over_new_year) if code == "lv" else (over_new_year, said_year)
    same_month = (first.year, first.month) == (last.year, last.month)
    month_from = "" if same_month else table.from_month[first.month - 1]
    from_words = _dated(first, month_from, code, with_year=from_year)
    to_words = _dated(last, table.to_month[last.month - 1], code, with_year=to_year)
    if code == "ru":
        return f"{'со' if first.day == 2 else 'с'} {from_words} по {to_words}"  # «со второго», but «с двадцать второго»
    return f"no {from_words} līdz {to_words}" if code == "lv" else f"from {from_words} to {to_words}"


def days_label(first: date, last: date, language: str | None = None, *, with_year: bool = True) -> str:
    """Several days as a heading: "2027. gada 22.–28. marts"; «22–28 марта 2027 года»; "22–28 March 2027"."""
    code = language_or_active(language)
    table = TABLES[code]
    months = table.month if code == "lv" else table.on_month
    over_new_year = with_year and first.year != last.year
    ends = _dated(last, months[last.month - 1], code, with_year=with_year and (code != "lv" or over_new_year))
    if (first.year, first.month) == (last.year, last.month):
        begins, dash = f"{first.day}." if code == "lv" else str(first.day), "–"
    else:
        begins, dash = _dated(first, months[first.month - 1], code, with_year=over_new_year), " – "
    before = f"{last.year}. gada " if code == "lv" and with_year and not over_new_year else ""
    return f"{before}{begins}{dash}{ends}"


def month(year: int, number: int, language: str | None = None) -> str:
    """A month as a heading: "2027. gada marts"; «март 2027»; "March 2027"."""
    code = language_or_active(language)
    name = TABLES[code].month[number - 1]
    return f"{year}. gada {name}" if code == "lv" else f"{name} {year}"


def month_short(value: date, language: str | None = None) -> str:
    """The month under the numeral of a date block: "apr.", «апр.», "Apr"; short names stand in full."""
    return TABLES[language_or_active(language)].month_short[local_day(value).month - 1]


def weekday_short(value: date, language: str | None = None) -> str:
    """The weekday in a date block: "sestd.", «сб», "Sat"."""
    return TABLES[language_or_active(language)].weekday_short[local_day(value).weekday()]


def weekday_names(language: str | None = None) -> tuple[str, ...]:
    """The weekdays from Monday, nominative, for the head of a calendar."""
    return TABLES[language_or_active(language)].weekday


def season(year: int, part: str, language: str | None = None) -> str:
    """An approximate time, a label: "2027. gada pavasaris". `part`: winter, spring, summer, autumn, else the year."""
    seasons = TABLES[language_or_active(language)].seasons
    return seasons.get(part, seasons["year"])[0].format(year)


def in_season(year: int, part: str, language: str | None = None) -> str:
    """An approximate time as an adverb: "2027. gada pavasarī"; «весной 2027 года»; "in spring 2027"."""
    seasons = TABLES[language_or_active(language)].seasons
    return seasons.get(part, seasons["year"])[1].format(year)


def to_come(year: int, part: str, language: str | None = None) -> str:
    """What stands in place of a date that is not known yet: "Laiks tiks precizēts: 2027. gada pavasarī"."""
    code = language_or_active(language)
    if code == "lv":  # a Latvian names here the time when, the others the time itself
        return f"Laiks tiks precizēts: {in_season(year, part, code)}"
    return f"{'Время уточняется' if code == 'ru' else 'Date to come'}: {season(year, part, code)}"


def near(value: date, today: date, language: str | None = None) -> str | None:
    """ "šodien" or "rīt" where the day is that near, else nothing."""
    distance = (local_day(value) - local_day(today)).days
    return TABLES[language_or_active(language)].near[distance] if distance in (0, 1) else None


def when(
    start: date, end: date | None, *, is_all_day: bool, language: str | None = None, today: date | None = None
) -> str:
    """When a meeting is. An all-day end is its last day; given as a midnight moment it is the first one after."""
    code = language_or_active(language)
    if is_all_day or not isinstance(start, datetime):
        last = local_day(end or start)
        if isinstance(end, datetime) and timezone.localtime(end, RIGA).time() == time.min and last > local_day(start):
            last -= timedelta(days=1)
        return span(start, last, code, today=today)
    if not isinstance(end, datetime) or end <= start:
        return moment(start, code, today=today)
    # A party until two in the night still belongs to the evening it began on.
    if end - start < timedelta(hours=12) or local_day(start) == local_day(end):
        between = clock_range(start, end, code)
        if code == "ru":  # «в 14.00–16.00» cannot be said
            between = f"с {bare_clock(start, code)} до {bare_clock(end, code)}"
        return f"{day(start, code, today=today)}, {'plkst. ' if code == 'lv' else ''}{between}"
    ends = (f"{day_label(at, code, today=today)}, {bare_clock(at, code)}" for at in (start, end))
    if code == "lv":
        ends = (moment(at, code, today=today) for at in (start, end))
    return " – ".join(ends)


def _is_other_year(on: date, today: date | None) -> bool:
    return on.year != (local_day(today) if today else timezone.localdate(timezone=RIGA)).year


def _dated(on: date, month_word: str, code: str, *, with_year: bool) -> str:
    if code == "lv":
        return f"{on.year}. gada {on.day}. {month_word}".strip() if with_year else f"{on.day}. {month_word}".strip()
    dated = f"{on.day} {month_word}".strip()
    return dated if not with_year else f"{dated} {on.year} года" if code == "ru" else f"{dated} {on.year}"


def _with_weekday(weekday: str, dated: str, code: str) -> str:
    return f"{weekday} {dated}" if code == "en" else f"{weekday}, {dated}"
