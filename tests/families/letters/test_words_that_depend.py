"""Words that depend on how it is: what is new after a move, near days, next dates, where to keep the code."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from activities.models import Activity, Meeting, Occurrence
from families import notices, registering
from families.models import Registration
from families.parties import Party
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Pointless
from tests.conftest import NOW
from tests.families.letters import stories
from tests.families.letters.stories import DAY, HOUR, MINUTE, PARTY, RAIN, Stories, anna, made, parts, read, said, told
from tests.gate import boss, calls, signs_up

pytestmark = pytest.mark.django_db
Dates = Callable[..., Occurrence]
Reason = Notice.Reason


def test_two_moves_make_one_letter_from_the_oldest_to_the_newest(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    story.reschedule(ours, DAY)
    story.reschedule(ours, DAY)
    assert stories.owed(ours) == [notices.MOVED]
    text = parts(read(stories.last(ours), NOW))["text/plain"]
    assert "Bija: ceturtdien, 11. martā, plkst. 12.00–14.00" in text
    assert "Tagad: sestdien, 13. martā, plkst. 12.00–14.00" in text
    assert "12. martā" not in text


def test_there_and_back_again_is_no_news_to_who_was_told_the_time(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    Notice.objects.update(state="sent", sent_at=NOW)
    story.reschedule(ours, DAY)
    story.reschedule(ours, -DAY)
    with pytest.raises(Pointless, match="not_so"):
        made(stories.last(ours), NOW)


def test_there_and_back_again_still_confirms_to_who_has_heard_nothing(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    story.reschedule(ours, DAY)
    story.reschedule(ours, -DAY)
    assert stories.owed(ours) == [notices.PLACED]
    assert str(read(stories.last(ours), NOW)["Subject"]).startswith("Pieteikums apstiprināts: ")


@pytest.mark.parametrize(
    ("by", "elsewhere", "words"),
    [
        (DAY, False, "Cits laiks"),
        (timedelta(), True, "Cita vieta"),
        (HOUR, True, "Cits laiks un cita vieta"),
    ],
)
def test_the_subject_says_what_is_new(make_occurrence: Dates, by: timedelta, elsewhere: bool, words: str) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    also: dict[str, Any] = {"where": Meeting.Where.ONLINE, "venue": None} if elsewhere else {}
    story.reschedule(ours, by, **also)
    assert str(read(stories.last(ours), NOW)["Subject"]).startswith(f"{words}: Ezera talka 1, ")


def test_another_room_in_the_same_house_is_another_place(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    venue = ours.occurrence.meetings.get().venue
    assert venue is not None
    story.reschedule(ours, timedelta(), room=venue.rooms.create(name_lv="2. zāle"))
    text = parts(read(stories.last(ours), NOW))["text/plain"]
    assert "Cita vieta" in text
    assert "plkst. 12.00–14.00, Mezgls, Smilšu iela 92\n" in text
    assert "plkst. 12.00–14.00, Mezgls, 2. zāle, Smilšu iela 92\n" in text


def test_who_was_moved_and_waits_now_reads_so(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    other = make_occurrence(title_lv="Vides diena", starts_at=NOW + 12 * DAY)
    calls(other, 10)
    stories.move(ours, other)
    text = parts(read(stories.last(ours), NOW))["text/plain"]
    assert "Gaidīšanas rindā. Jūsu kārtas numurs: 1." in text
    assert "Bija: Ezera talka 1, ceturtdien, 11. martā" in text
    assert "Tagad: Vides diena, sestdien, 13. martā" in text


def test_a_later_meeting_of_a_course_that_has_begun_is_moved_and_told(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    later = story.another_meeting(ours.occurrence)
    after = NOW + 11 * DAY  # the first one is over
    wanted = registering.Rescheduled(later.pk, later.starts_at + DAY, later.ends_at + DAY, venue=later.venue)
    registering.reschedule(ours.occurrence_id, [wanted], by=boss(), now=after)
    text = parts(read(stories.last(ours), after))["text/plain"]
    assert "Bija: ceturtdien, 18. martā" in text
    assert "Tagad: piektdien, 19. martā" in text


def test_near_days_are_said_so_on_the_phone(make_occurrence: Dates) -> None:
    ours = signs_up(make_occurrence(starts_at=NOW + 2 * HOUR), sender=anna(), party=Party(adults=1))
    registering.call_off(ours.occurrence_id, reason=RAIN, by=boss(), now=NOW + MINUTE)
    words = said(stories.last(ours), NOW + MINUTE)
    assert words == (
        "Labdien! Te Kopiena. Nenotiks: Ezera talka 1, šodien, pirmdien, 1. martā, plkst. 14.00. Lietus dēļ."
    )


def test_the_reason_in_another_language_is_marked_as_such(make_occurrence: Dates) -> None:
    notice, now = told("called_off", make_occurrence, "ru")
    Occurrence.objects.update(reason_ru="", reason_lv="Vētras dēļ.")
    assert '<p lang="lv">Vētras dēļ.</p>' in parts(read(notice, now))["text/html"]


def test_the_next_dates_are_those_where_the_whole_party_fits_and_open_the_form(make_occurrence: Dates) -> None:
    notice, now = told("no_place", make_occurrence)
    activity = Activity.objects.get(title_lv="Ezera talka 1")
    small = make_occurrence(activity=activity, starts_at=NOW + 15 * DAY)
    calls(small, 1)
    found = parts(read(notice, now))["text/plain"]
    waited_for = Registration.objects.get(pk=notice.about_id()).occurrence_id
    (fits,) = activity.occurrences.exclude(pk__in=[small.pk, waited_for])
    link = f"http://127.0.0.1:8000/pieteikties/{fits.pk}/"
    assert f"Nākamie laiki:\n\nsvētdien, 21. martā, plkst. 12.00–14.00\n{link}\n" in found
    assert f"/pieteikties/{small.pk}/" not in found


def test_without_another_date_the_word_stands_alone(make_occurrence: Dates) -> None:
    notice, now = told("no_place", make_occurrence)
    Activity.objects.update(audience="invited")
    assert "Nākamie laiki" not in parts(read(notice, now))["text/plain"]
    assert said(notice, now).endswith("Šoreiz vietas neatbrīvojās.")


def test_the_reminder_begins_with_the_way_to_give_the_place_back(make_occurrence: Dates) -> None:
    letter = made(*told("reminder", make_occurrence, bring_lv="Cimdi", weather_lv="Zem nojumes"))
    assert letter.paragraphs == [
        "Atgādinām: rīt, ceturtdien, 11. martā, plkst. 12.00. Netiekat? Atbrīvojiet vietu citiem."
    ]
    assert (letter.ways[0].words, letter.ways[0].address[-7:]) == ("Šoreiz nenāksim", "atcelt/")
    assert letter.facts[-2:] == [("Kas jāņem līdzi", "Cimdi"), ("Ja ir slikts laiks", "Zem nojumes")]


def test_who_left_no_phone_is_told_to_keep_the_code_for_the_e_mail(make_occurrence: Dates) -> None:
    sender = anna(phone="")
    ours = signs_up(make_occurrence(is_age_asked=True), sender=sender, party=PARTY)
    assert "Ar šo kodu un savu e-pastu" in parts(read(stories.last(ours), NOW))["text/plain"]
