"""One meeting at the desk: what an institution sees of those who come, and how it writes down who came."""

import re
from collections.abc import Callable
from datetime import timedelta

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence
from families import registering
from families.attending import Numbers, Whose, note, noted
from families.forms import attendance
from families.models import Attendance, Participant, SignUp
from families.parties import Child, Party
from families.registering import Sender
from families.retention import LISTS_OPEN, PEOPLE_KEPT
from tests.families.desk.visits import AFTER, BEGINS, another_day, at_desk, family, institution, own, page_of, pair
from tests.families.desk.visits import teacher as teacher_of
from tests.gate import boss, group, kindergarten, signs_up

pytestmark = pytest.mark.django_db

Make = Callable[..., Occurrence]
BEFORE = BEGINS - timedelta(days=1)
CLOSED = BEGINS + timedelta(hours=2) + LISTS_OPEN


@pytest.fixture
def meeting(make_occurrence: Make) -> Meeting:
    return own(make_occurrence(places=100))


def shown(meeting: Meeting, now=AFTER, more: str = "") -> str:
    with at_desk(institution(), now) as client:
        answer = client.get(page_of(meeting, more))
    assert answer.status_code == 200
    return answer.content.decode()


def sends(meeting: Meeting, fields: dict[str, object], now=AFTER, *, page: str = ""):
    with at_desk(institution(), now) as client:
        return client.post(page_of(meeting) + page, fields, follow=True)


def value_of(page: str, name: str) -> str:
    """What stands in the field of that name."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return next(each.get("value") or "" for each in tree.iter("input") if each.get("name") == name)


# What it sees


def test_only_what_the_purpose_needs_is_there(make_occurrence: Make) -> None:
    meeting = own(make_occurrence(places=100, is_age_asked=True))
    party = Party.with_ages(2, (Child(4, "Zane"), Child(9)))
    sender = Sender(
        "Anna Kalniņa",
        "lv",
        phone="+37120000000",
        email="anna@example.lv",
        may_be_photographed=False,
        needs_answer="Ratiņkrēsls",
        has_declared=True,
    )
    code = signs_up(meeting.occurrence, party=party, sender=sender).sign_up.code_in_groups
    for page in (shown(meeting, BEFORE), shown(meeting), shown(meeting, more="saraksts/")):
        for there in ("Anna", "Zane, 4 gadi", "9 gadi", "nefotografēt", "Ratiņkrēsls"):
            assert there in page
        for hidden in ("Kalniņa", "2000 0000", "20000000", "anna@example.lv", code, code.replace(" ", "")):
            assert hidden not in page


def test_who_gave_no_name_is_not_shown_by_the_code(meeting: Meeting) -> None:
    code = family(meeting.occurrence).sign_up.code_in_groups
    SignUp.objects.update(contact_name="")
    for page in (shown(meeting), shown(meeting, more="saraksts/")):
        assert str(_("No name given")) in page
        assert code not in page


def test_who_waits_or_cancelled_is_not_named(make_occurrence: Make) -> None:
    meeting = own(make_occurrence(places=5))
    family(meeting.occurrence)
    family(meeting.occurrence, "Gaida")
    registering.cancel(family(meeting.occurrence, "Cilda").pk, now=BEFORE)
    for now in (BEFORE, AFTER):
        page = shown(meeting, now)
        assert "Gaida" not in page
        assert "Cilda" not in page
    assert "Rindā: 1 pieteikums" in shown(meeting, BEFORE)


def test_a_group_stands_with_its_institution(make_occurrence: Make) -> None:
    meeting = own(make_occurrence(places=100), institution("saulite"))
    group(meeting.occurrence, 2, 20)
    with at_desk(institution("saulite")) as client:
        page = client.get(page_of(meeting, slug="saulite")).content.decode()
    assert f"grupa: {kindergarten().name_lv}" in page


def test_before_it_begins_there_is_a_list_and_nothing_to_type(meeting: Meeting) -> None:
    family(meeting.occurrence)
    page = shown(meeting, BEFORE)
    assert "<h3>Anna</h3>" in page
    assert 'name="adults_' not in page


def test_the_answers_are_private_and_found_by_no_search_engine(meeting: Meeting) -> None:
    with at_desk(institution()) as client:
        for more in ("", "saraksts/"):
            answer = client.get(page_of(meeting, more))
            assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")


# The wall


def test_the_meetings_of_others_are_not_there(meeting: Meeting, make_occurrence: Make) -> None:
    other = own(make_occurrence(), institution("saulite"))
    key = f"{other.pk}o"
    with at_desk(institution()) as client:
        for number in (other.pk, 0, 10**30):
            for more in ("", "saraksts/"):
                assert client.get(f"/musu-iestade/pienenite/kas-nak/{number}/{more}").status_code == 404
            assert client.post(f"/musu-iestade/pienenite/kas-nak/{number}/", pair(key, 1, 1)).status_code == 404
        assert client.get(page_of(other, slug="saulite")).status_code == 404
    assert Client().get(page_of(meeting)).status_code == 302
    assert not Attendance.objects.exists()


def test_an_institution_sees_no_registration_of_what_is_discreet(meeting: Meeting) -> None:
    family(meeting.occurrence)
    Activity.objects.update(audience="discreet")
    with at_desk(institution()) as client:
        for more in ("", "saraksts/"):
            assert client.get(page_of(meeting, more)).status_code == 404
        assert client.post(page_of(meeting), pair(f"{meeting.pk}o", 1, 1)).status_code == 404


def test_what_is_by_invitation_or_not_published_is_there_for_its_own(meeting: Meeting) -> None:
    family(meeting.occurrence)
    Activity.objects.update(audience="invited")
    assert "Anna" in shown(meeting)
    Activity.objects.update(state="draft")
    page = shown(meeting)
    assert "Anna" in page
    assert 'name="adults_' not in page


def test_rows_of_another_meeting_in_the_form_change_nothing(meeting: Meeting, make_occurrence: Make) -> None:
    other = own(make_occurrence(), institution("saulite"))
    theirs, ours = family(other.occurrence), f"{meeting.pk}o"
    forged = {
        **pair(f"{other.pk}r{theirs.pk}", 1, 1),
        **pair(f"{meeting.pk}r{theirs.pk}", 1, 1),
        **pair(f"{meeting.pk}g{institution('saulite').pk}", 1, 1),
        **pair(f"{other.pk}o", 1, 1),
    }
    sends(meeting, {**forged, **pair(ours, 4, 5)})
    assert noted(meeting.pk, other.pk) == {Whose(meeting.pk): Numbers(4, 5)}


# The list closes itself


def test_the_list_closes_thirty_days_after_the_meeting_and_numbers_stay(meeting: Meeting) -> None:
    assert LISTS_OPEN == PEOPLE_KEPT == timedelta(days=30)
    anna = family(meeting.occurrence)
    sends(meeting, pair(f"{meeting.pk}r{anna.pk}", 2, 1))
    assert "Anna" in shown(meeting, CLOSED - timedelta(seconds=1))
    page = shown(meeting, CLOSED)
    assert "Anna" not in page
    assert "2 pieaugušie, 1 bērns" in page
    assert f"adults_{meeting.pk}r" not in page
    with at_desk(institution(), CLOSED) as client:
        assert client.get(page_of(meeting, "saraksts/"))["Location"] == page_of(meeting)


def test_once_it_has_closed_the_sums_can_still_be_written(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    key = f"{meeting.pk}r{anna.pk}"
    sends(meeting, {**pair(f"{meeting.pk}o", 7, 9), **pair(key, 2, 1)}, CLOSED)  # opened while the list was there
    assert noted(meeting.pk) == {Whose(meeting.pk): Numbers(7, 9), Whose(meeting.pk, anna.pk): Numbers(2, 1)}


def test_no_query_asks_for_a_person_once_the_list_has_closed(meeting: Meeting) -> None:
    family(meeting.occurrence)
    with at_desk(institution(), CLOSED) as client, CaptureQueriesContext(connection) as asked:
        client.get(page_of(meeting))
    read = " ".join(query["sql"] for query in asked)
    assert "contact_name" not in read
    assert "families_participant" not in read


# Who came


def test_what_they_signed_up_for_is_filled_in_and_one_press_says_that_all_came(meeting: Meeting) -> None:
    anna, zane = family(meeting.occurrence), family(meeting.occurrence, "Zane", 1, 0)
    page = shown(meeting)
    keys = {f"{meeting.pk}r{each.pk}": each for each in (anna, zane)}
    filled = {name: value_of(page, name) for key in keys for name in pair(key, 0, 0)}
    assert list(filled.values()) == ["2", "3", "1", "0"]
    answer = sends(meeting, {**filled, **pair(f"{meeting.pk}o", "", "")})
    assert answer.redirect_chain == [(page_of(meeting), 302)]
    assert 'role="status"' in answer.content.decode()
    assert noted(meeting.pk) == {
        Whose(meeting.pk, anna.pk): Numbers(2, 3),
        Whose(meeting.pk, zane.pk): Numbers(1, 0),
    }


def test_children_who_come_along_are_children_who_came(make_occurrence: Make) -> None:
    meeting = own(make_occurrence(places=20, is_age_asked=True))
    anna = signs_up(meeting.occurrence, party=Party.with_ages(1, (Child(4), Child(1, is_along=True))))
    assert value_of(shown(meeting), f"children_{meeting.pk}r{anna.pk}") == "2"


def test_a_tick_says_that_nobody_came_and_one_number_is_enough(meeting: Meeting) -> None:
    anna, zane = family(meeting.occurrence), family(meeting.occurrence, "Zane")
    keys = [f"{meeting.pk}r{each.pk}" for each in (anna, zane)]
    sends(meeting, {**pair(keys[0], 2, 3), f"nobody_{keys[0]}": "on", **pair(keys[1], "", 2)})
    assert noted(meeting.pk) == {
        Whose(meeting.pk, anna.pk): Numbers(0, 0),
        Whose(meeting.pk, zane.pk): Numbers(0, 2),
    }


def test_a_group_of_its_own_without_any_registration(meeting: Meeting) -> None:
    key = f"{meeting.pk}g{institution().pk}"
    answer = sends(meeting, pair(key, 48, 332))
    assert noted(meeting.pk) == {Whose(meeting.pk, institution=institution().pk): Numbers(48, 332)}
    assert "48 pieaugušie, 332 bērni" in answer.content.decode()
    assert [value_of(answer.content.decode(), name) for name in pair(key, 0, 0)] == ["48", "332"]


def test_the_group_of_a_fellow_organiser_is_shown_and_stays(meeting: Meeting) -> None:
    fellow = institution("saulite")
    meeting.occurrence.activity.organisers.add(fellow)
    note({Whose(meeting.pk, institution=fellow.pk): Numbers(3, 30)}, by=teacher_of(fellow), now=AFTER)
    sends(meeting, pair(f"{meeting.pk}g{institution().pk}", 1, 10))
    assert noted(meeting.pk)[Whose(meeting.pk, institution=fellow.pk)] == Numbers(3, 30)
    assert "3 pieaugušie, 30 bērni" in shown(meeting)


def test_who_lost_the_place_keeps_the_numbers_without_a_name(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    key = f"{meeting.pk}r{anna.pk}"
    sends(meeting, pair(key, 2, 1), BEGINS + timedelta(minutes=30))
    registering.cancel(anna.pk, by=boss(), now=AFTER)
    page = shown(meeting)
    assert "Anna" not in page
    assert value_of(page, f"children_{key}") == "1"


def test_what_was_typed_of_a_row_that_left_the_list_meanwhile_is_not_lost(make_occurrence: Make) -> None:
    meeting = own(make_occurrence(places=5))
    anna, waits = family(meeting.occurrence), family(meeting.occurrence, "Gaida")
    sends(meeting, pair(f"{meeting.pk}r{waits.pk}", 1, 1))
    assert noted(meeting.pk) == {Whose(meeting.pk, waits.pk): Numbers(1, 1)}
    answer = sends(meeting, pair(f"{meeting.pk}r{waits.pk}", "x", 1)).content.decode()
    assert "Gaida" not in answer
    assert anna.is_placed


@pytest.mark.parametrize("typed", ["2001", "-1", "daudz", "9" * 5000, "1.5", "\x00", "１２３４５６"])
def test_garbage_is_answered_with_a_sentence_and_nothing_typed_is_lost(typed: str, meeting: Meeting) -> None:
    family(meeting.occurrence)
    answer = sends(meeting, {**pair(f"{meeting.pk}o", typed, 4), **pair(f"{meeting.pk}g{institution().pk}", 1, 7)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="errors"' in page
    assert f'href="#id_adults_{meeting.pk}o"' in page
    assert value_of(page, f"children_{meeting.pk}g{institution().pk}") == "7"
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"seen": "\x00"}, {"seen": "a:b,c;" * 1000}, {"adults_x": "1"}])
def test_an_empty_form_is_answered_with_a_sentence(sent: dict[str, str], meeting: Meeting) -> None:
    answer = sends(meeting, dict(sent))
    assert (answer.status_code, 'id="errors"' in answer.content.decode()) == (200, True)
    assert not Attendance.objects.exists()


def test_numbers_sent_before_it_begins_are_refused_in_words(meeting: Meeting) -> None:
    answer = sends(meeting, pair(f"{meeting.pk}o", 1, 1), BEFORE)
    assert (answer.status_code, 'class="message message--warning"' in answer.content.decode()) == (200, True)
    assert not Attendance.objects.exists()


def test_the_second_window_is_told_what_changed_and_loses_nothing(meeting: Meeting) -> None:
    anna, zane = family(meeting.occurrence), family(meeting.occurrence, "Zane")
    keys = [f"{meeting.pk}r{each.pk}" for each in (anna, zane)]
    seen = value_of(shown(meeting), "seen")
    sends(meeting, {"seen": seen, **pair(keys[0], 1, 1), **pair(keys[1], 1, 2)})
    second = sends(meeting, {"seen": seen, **pair(keys[0], 2, 2), **pair(keys[1], 2, 3)}).content.decode()
    assert noted(meeting.pk)[Whose(meeting.pk, anna.pk)] == Numbers(1, 1)
    errors = second[second.index('id="errors"') : second.index("</ul>", second.index('id="errors"'))]
    assert "Anna" in errors
    assert "Zane" in errors
    # What was typed stays; what was left as it was found takes over what the other wrote.
    fields = {name: value_of(second, name) for key in keys for name in pair(key, 0, 0)}
    assert list(fields.values()) == ["2", "2", "1", "2"]
    sends(meeting, {"seen": value_of(second, "seen"), **fields})
    assert noted(meeting.pk) == {
        Whose(meeting.pk, anna.pk): Numbers(2, 2),
        Whose(meeting.pk, zane.pk): Numbers(1, 2),
    }


def test_a_long_list_is_turned_and_each_page_saves_its_own(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("families.roll.ROWS_AT_ONCE",):
        monkeypatch.setattr(module, 2)
    names = ("Anna", "Baiba", "Cilda")
    made = [family(meeting.occurrence, name, 1, 0) for name in names]
    first, second = shown(meeting), shown(meeting, more="?lapa=2")
    assert [name in first for name in names] == [True, True, False]
    assert [name in second for name in names] == [False, False, True]
    sends(meeting, pair(f"{meeting.pk}r{made[2].pk}", 1, 0), page="?lapa=2")
    assert noted(meeting.pk) == {Whose(meeting.pk, made[2].pk): Numbers(1, 0)}
    assert attendance.ROWS_AT_ONCE * 3 + 20 < 700


# Several days


def days_of(meeting: Meeting) -> str:
    return f"/musu-iestade/pienenite/kas-nak/visas-reizes/{meeting.occurrence.activity_id}/"


def test_a_campaign_of_four_days_is_written_in_one_form(meeting: Meeting) -> None:
    days = [meeting, *(another_day(meeting.occurrence, number) for number in (1, 2, 3))]
    coming = another_day(meeting.occurrence, 30)
    now = AFTER + timedelta(days=4)
    assert days_of(meeting) in shown(meeting, now)
    group = institution().pk
    with at_desk(institution(), now) as client:
        page = client.get(days_of(meeting)).content.decode()
        assert re.findall(r'name="adults_([0-9]+)g', page) == [str(day.pk) for day in reversed(days)]
        fields: dict[str, object] = {}
        for day in days:
            fields |= pair(f"{day.pk}g{group}", 12, 83)
        answer = client.post(days_of(meeting), {**fields, **pair(f"{coming.pk}g{group}", 1, 1)}, follow=True)
    assert answer.status_code == 200
    assert noted(*(day.pk for day in (*days, coming))) == {Whose(day.pk, None, group): Numbers(12, 83) for day in days}


def test_the_days_of_others_are_not_there(meeting: Meeting, make_occurrence: Make) -> None:
    other = own(make_occurrence(), institution("saulite"))
    with at_desk(institution()) as client:
        assert client.get(days_of(other)).status_code == 404
        assert client.get(days_of(meeting)).status_code == 200
        assert client.get("/musu-iestade/pienenite/kas-nak/visas-reizes/" + "9" * 30 + "/").status_code == 404
        Activity.objects.filter(pk=meeting.occurrence.activity_id).update(audience="discreet")
        assert client.get(days_of(meeting)).status_code == 404


# The cost


def test_the_page_asks_the_database_no_more_for_three_parties_than_for_one(make_occurrence: Make) -> None:
    meeting = own(make_occurrence(places=100, is_age_asked=True))
    counts = []
    with at_desk(institution()) as client:
        for more in (1, 2):
            for _ in range(more):
                signs_up(meeting.occurrence, party=Party.with_ages(1, (Child(4, "Zane"),)))
            client.get(page_of(meeting))
            with CaptureQueriesContext(connection) as asked:
                client.get(page_of(meeting))
            counts.append(len(asked))
    assert Participant.objects.count() == 3
    assert counts[0] == counts[1]
