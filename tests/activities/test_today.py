"""What pages say first today: what will not take place, with the reason, and when a decision is to be looked for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from activities.front import words_of_today
from activities.models import Meeting, Occurrence
from kopiena.floor.models import Centre
from kopiena.roles import COORDINATOR
from tests.activities.conftest import riga
from tests.conftest import NOW
from tests.office import signed_in

pytestmark = pytest.mark.django_db

Make = Callable[..., Occurrence]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RAIN = {"state": "cancelled", "reason_lv": "Laikapstākļu dēļ šodien nenotiks.", "reason_ru": "Из-за погоды."}
TEN = riga(2027, 3, 1, 10)
EIGHT = riga(2027, 3, 1, 8, 15)


def seen(client: Client, path: str = "/", now: datetime = EIGHT) -> str:
    """The page's text between the header and the footer, at that moment."""
    with time_machine.travel(now, tick=False):
        text = client.get(path).content.decode()
    return text[text.index("<main") : text.index("</main>")]


def said(now: datetime = EIGHT) -> list[tuple[str, str, str, str]]:
    """The words of the home page: title, clock, reason, decision."""
    with translation.override("lv"):
        words = words_of_today(now)
        return [(each.activity.title_lv, each.clock, str(each.reason or ""), each.decision) for each in words]


def test_what_is_off_today_is_said_first_on_home_and_on_its_own_page_in_each_language(
    make_occurrence: Make, client: Client
) -> None:
    occurrence = make_occurrence(starts_at=TEN, occurrence=RAIN, title_lv="Pastaiga", title_ru="Прогулка")
    link = f'<a href="/aktivitates/{occurrence.activity.slug}/">Pastaiga</a>'
    line = ", plkst. 10.00. <span>Laikapstākļu dēļ šodien nenotiks.</span>"
    assert f"<strong>Šodien nenotiks:</strong> {link}{line}" in seen(client)
    own = f"/aktivitates/{occurrence.activity.slug}/"
    assert f"<strong>Šodien nenotiks:</strong> Pastaiga{line}" in seen(client, own)
    assert "<strong>Сегодня не состоится:</strong>" in seen(client, f"/ru{own}")
    assert "Из-за погоды." in seen(client, "/ru/")
    assert '<span lang="lv">Laikapstākļu' in seen(client, "/en/")


def test_it_is_said_on_the_day_itself_until_it_would_have_ended(make_occurrence: Make) -> None:
    make_occurrence(starts_at=TEN, occurrence=RAIN, title_lv="Pastaiga")
    word = ("Pastaiga", "plkst. 10.00", RAIN["reason_lv"], "")
    midnight = riga(2027, 3, 1)
    assert said(midnight - timedelta(seconds=1)) == []
    assert said(midnight) == [word]
    assert said(TEN + 2 * HOUR - timedelta(seconds=1)) == [word]
    assert said(TEN + 2 * HOUR) == []


def test_one_meeting_of_a_course_is_said_with_its_time(make_occurrence: Make) -> None:
    course = make_occurrence(starts_at=TEN, title_lv="Kurss", occurrence={"reason_lv": "Slimības dēļ nenotiks."})
    Meeting.objects.create(occurrence=course, starts_at=TEN + 7 * DAY, ends_at=TEN + 7 * DAY + HOUR, where="home")
    assert said() == []
    course.meetings.filter(starts_at=TEN).update(is_cancelled=True)
    assert said() == [("Kurss", "plkst. 10.00", "Slimības dēļ nenotiks.", "")]


def test_the_decision_is_announced_on_its_day_until_its_moment(make_occurrence: Make, client: Client) -> None:
    nine = riga(2027, 3, 1, 9)
    make_occurrence(starts_at=TEN, title_lv="Pastaiga", occurrence={"decision_at": nine})
    look = "Lēmumu par norisi meklējiet šeit plkst. 9.00."
    assert said() == [("Pastaiga", "plkst. 10.00", "", look)]
    assert look in seen(client)
    assert said(nine) == []
    assert said(nine - DAY) == []


def test_a_decision_today_about_tomorrow_names_no_clock_of_today(make_occurrence: Make) -> None:
    make_occurrence(starts_at=TEN + DAY, title_lv="Rītdiena", occurrence={"decision_at": TEN})
    assert said() == [("Rītdiena", "", "", "Lēmumu par norisi meklējiet šeit plkst. 10.00.")]


def test_once_called_off_there_is_nothing_to_decide(make_occurrence: Make) -> None:
    make_occurrence(starts_at=TEN, title_lv="Pastaiga", occurrence={**RAIN, "decision_at": TEN})
    assert [word[3] for word in said()] == [""]


@pytest.mark.parametrize("fields", [{"audience": "invited"}, {"audience": "discreet"}, {"state": "draft"}])
def test_what_is_not_for_everybody_is_never_said(fields: dict[str, Any], make_occurrence: Make, client: Client) -> None:
    for occurrence in (RAIN, {"decision_at": TEN}):
        make_occurrence(starts_at=TEN, occurrence=occurrence, title_lv="Klusais", **fields)
    assert said() == []
    assert "Klusais" not in seen(client)


def test_home_asks_the_database_no_more_however_much_is_off(make_occurrence: Make, client: Client) -> None:
    counts = []
    for more in (1, 3):
        for _ in range(more):
            make_occurrence(starts_at=TEN, occurrence=RAIN)
        seen(client)
        with CaptureQueriesContext(connection) as asked:
            assert seen(client).count("Šodien nenotiks:") == Occurrence.objects.count()
        counts.append(len(asked) - 1)  # the count just above
    assert counts[0] == counts[1]


def test_calendar_list_and_pages_follow_at_once(make_occurrence: Make, client: Client) -> None:
    occurrence = make_occurrence(starts_at=TEN)
    addresses = ["/", "/aktivitates/", "/kalendars/2027-03/", f"/aktivitates/{occurrence.activity.slug}/"]
    for address in addresses:
        assert "Nenotiks" not in seen(client, address)
    Occurrence.objects.update(**RAIN)
    for address in addresses:
        assert "Nenotiks" in seen(client, address)
        with time_machine.travel(EIGHT, tick=False):
            answer = client.get(address)
        assert answer["Cache-Control"] == "public, no-cache"
        assert not any(answer.has_header(name) for name in ("Last-Modified", "Expires"))


def test_the_centres_own_announcement_typed_in_the_admin_is_on_home_between_its_bounds(client: Client) -> None:
    Centre.objects.create(pk=1, name_lv="Mezgls")
    sent = {
        "name_lv": "Mezgls",
        "announcement_lv": "Rīt slēgts.",
        **{"announcement_from_0": "2027-03-01", "announcement_from_1": "12:00"},
        **{"announcement_until_0": "2027-03-01", "announcement_until_1": "13:00"},
        **{"supporters-TOTAL_FORMS": 0, "supporters-INITIAL_FORMS": 0},
    }
    assert signed_in(COORDINATOR).post("/admin/floor/centre/1/change/", sent).status_code == 302
    second = timedelta(seconds=1)
    shown = ["Rīt slēgts." in seen(client, now=now) for now in (NOW - second, NOW, NOW + HOUR - second, NOW + HOUR)]
    assert shown == [False, True, True, False]
