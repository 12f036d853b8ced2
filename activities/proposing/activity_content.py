"""What a draft of an activity keeps: its names, what they begin with, and how a sent form becomes them and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from activities.proposing.activity_dates import MOST, ROW, rows_of
from activities.proposing.typed import cleaned

Content = dict[str, Any]

# Texts of one language; on a page the field of that language.
TEXTS = ("title", "summary", "description", "bring", "weather", "led_by")
WORDS = (
    *TEXTS,
    *("theme", "project", "where", "place", "online_link", "about_year", "about_season"),
    *("repeat_every", "repeat_from", "repeat_until", "repeat_first", "repeat_last"),
    *("sign_up_to", "unit", "places", "age_from", "age_to"),
)
LISTS = {"languages": 3, "repeat_weekdays": 7, "repeat_without": MOST}
FLAGS = ("is_sign_up_needed", "is_age_asked", "is_adult_needed", "is_sibling_welcome")
PICTURE = ("picture", "picture_alt")
EACH, COURSE = "each", "course"
WAS = "was"  # of a change: what was published when it was begun
# What most teachers would choose, so that nothing has to be.
BEGIN: Content = {
    **dict.fromkeys((*WORDS, *PICTURE), ""),
    **{name: [] for name in LISTS},
    "dates": [],
    "repeat_every": "1",
    "sign_up_to": EACH,
    "unit": "people",
    "is_sign_up_needed": True,
    "is_age_asked": False,
    "is_adult_needed": True,
    "is_sibling_welcome": True,
}
# A page offers no empty one of these; what is sent without them means what they begin with.
NEVER_EMPTY = ("repeat_every", "sign_up_to", "unit")


def whole(content: Mapping[str, Any]) -> Content:
    """A draft's content with all its names, whatever was kept so far."""
    kept = {name: content.get(name, value) for name, value in BEGIN.items()}
    kept |= {name: kept[name] or BEGIN[name] for name in NEVER_EMPTY}
    return {**kept, WAS: content[WAS]} if WAS in content else kept


def sent(data: Any, before: Mapping[str, Any], asked: frozenset[str]) -> Content:
    """What a form brings, with a row more or fewer as its button says; what it does not ask stays as it was."""
    content = whole(before)
    for name in WORDS:
        if name in asked:
            content[name] = cleaned(data.get(name))
    for name in FLAGS:
        if name in asked:
            content[name] = data.get(name) not in (None, False, "", "false", "False", "0")
    for name, most in LISTS.items():
        if name in asked:
            content[name] = [cleaned(each, 10) for each in _list(data, name)[:most]]
    content = whole(content)
    content["repeat_without"] = [each for each in content["repeat_without"] if _is_day(each)]
    content["dates"] = _rows(data)
    return content


def flat(content: Content) -> dict[str, Any]:
    """The content as a form's fields are named: "date_2_day"."""
    rows = rows_of(content)
    fields = {f"date_{n}_{name}": value for n, row in enumerate(rows, start=1) for name, value in row.items()}
    return {
        **{name: value for name, value in content.items() if name not in ("dates", WAS)},
        **fields,
        "date_rows": len(rows),
    }


def _rows(data: Any) -> list[dict[str, Any]]:
    count = min(_small(data.get("date_rows")) or 1, MOST)
    rows = [_row(data, number) for number in range(1, count + 1)]
    deed = str(data.get("deed") or "")
    if deed == "add-date" and len(rows) < MOST:
        return [*rows, dict.fromkeys(ROW, "")]
    if deed.startswith("remove-date-"):
        removed = _small(deed.removeprefix("remove-date-"))
        rows = [row for number, row in enumerate(rows, start=1) if number != removed]
    return [] if rows == [dict.fromkeys(ROW, "")] else rows


def _row(data: Any, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {name: cleaned(data.get(f"date_{number}_{name}"), 40) for name in ROW}
    row["whole"] = "on" if data.get(f"date_{number}_whole") not in (None, False, "", "false") else ""
    return row


def _list(data: Any, name: str) -> list[Any]:
    found = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
    return list(found) if isinstance(found, list | tuple) else []


def _small(typed: object) -> int:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _is_day(typed: str) -> bool:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return True
