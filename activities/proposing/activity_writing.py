"""What a draft's content becomes on the rows of an activity: its fields, its dates and their places."""

from typing import Any

from activities.models import Activity, Meeting, Occurrence, Proposal
from activities.proposing.activity_content import COURSE, FLAGS, TEXTS, WAS, Content
from activities.proposing.asked_date import AskedDate
from partners import taking_in

LANGUAGES = ("lv", "ru", "en")
SPOKEN = {"lv": "is_in_latvian", "ru": "is_in_russian", "en": "is_in_english"}
NUMBERS = {"age_from": "age_from", "age_to": "age_to", "places": "usual_places", "about_year": "approximate_year"}
# Whether sign-up is needed is a matter of each date.
PLAIN = {
    "theme": "theme",
    "unit": "unit",
    "about_season": "approximate_season",
    **{name: name for name in FLAGS if name != "is_sign_up_needed"},
}


def write(activity: Activity, content: Content, proposal: Proposal, settled: frozenset[str]) -> None:
    """The row's fields; of a change only what was changed, so that what the centre mended meanwhile stays.

    What is settled is not written.
    """
    was: Any = content.get(WAS) or {}
    changed = {name: value for name, value in content.items() if name not in was or was[name] != value}
    new = {name: value for name, value in changed.items() if name not in settled}
    for name in TEXTS:
        if name in new:
            text = new[name] if name == "description" else " ".join(new[name].split())
            setattr(activity, f"{name}_{proposal.language}", text)
    for name, field in PLAIN.items():
        if name in new:
            setattr(activity, field, new[name])
    for name, field in NUMBERS.items():
        if name in new:
            setattr(activity, field, int(new[name]) if new[name] else None)
    if "languages" in new:
        for code, field in SPOKEN.items():
            setattr(activity, field, code in new["languages"])
    _write_picture(activity, new, proposal)


def add_dates(activity: Activity, content: Content, dates: list[AskedDate], place: dict[str, Any]) -> None:
    """An occurrence for each date, or one for all of a course. Their places are born with them (by a trigger)."""
    count = min(len(dates), 1) if content["sign_up_to"] == COURSE else len(dates)
    is_needed = content["is_sign_up_needed"]
    made = Occurrence.objects.bulk_create(
        Occurrence(activity=activity, is_sign_up_needed=is_needed) for _number in range(count)
    )
    Meeting.objects.bulk_create(
        Meeting(
            occurrence=made[min(number, count - 1)],
            starts_at=asked.starts_at,
            ends_at=asked.ends_at,
            is_all_day=asked.is_all_day,
            **place,
        )
        for number, asked in enumerate(dates)
    )


def _write_picture(activity: Activity, new: Content, proposal: Proposal) -> None:
    if "picture" in new:
        before = activity.picture.name or ""
        activity.picture = taking_in.name_of(new["picture"], proposal.institution, before)
        if activity.picture.name != before:  # what was said of the one before is not true of this
            for language in LANGUAGES:
                setattr(activity, f"picture_alt_{language}", "")
    if "picture_alt" in new:
        setattr(activity, f"picture_alt_{proposal.language}", new["picture_alt"])
