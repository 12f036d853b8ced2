"""An activity at the desk: its page with rows of dates, its preview, and a start from last year's."""

import re
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence, Proposal, Venue
from partners.models import Institution
from tests.activities.desk.conftest import draft_of
from tests.activities.proposing.asking import complete, every_tuesday, row
from tests.conftest import NOW

STAMPS = "SELECT last_value, is_called FROM floor_offer_stamp"


def desk(path: str, of: str = "20-pii") -> str:
    return f"/musu-iestade/{of}/{path}"


def stamp() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(STAMPS)
        return cursor.fetchone()


def activity_of(ours: Institution, **content: Any) -> Proposal:
    return draft_of(ours, NOW, "activity", content=complete(**content))


def see(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    text = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(text) if status == 200 else None
    return text


def test_a_row_is_added_and_removed_without_script(teacher: Client, ours: Institution) -> None:
    draft = draft_of(ours, NOW, "activity")
    address = desk(f"ieceres/{draft.pk}/")
    typed = {"revision": "0", "language": "lv", "date_rows": "1", "date_1_day": "2027-03-16", "title": "Talka"}

    added = teacher.post(address, {**typed, "deed": "add-date"})
    draft.refresh_from_db()
    shown = see(teacher, address)

    assert added["Location"].endswith("#add-date")
    assert [each["day"] for each in draft.content["dates"]] == ["2027-03-16", ""]
    assert 'name="date_2_day"' in shown
    teacher.post(address, {**typed, "revision": "1", "date_rows": "2", "deed": "remove-date-1"})
    draft.refresh_from_db()
    assert draft.content["dates"] == []
    assert draft.content["title"] == "Talka"


def test_the_dates_of_a_repeat_are_listed_to_tick_those_left_out(teacher: Client, ours: Institution) -> None:
    draft = activity_of(ours, **every_tuesday(repeat_without=["2027-03-16"]))

    shown = see(teacher, desk(f"ieceres/{draft.pk}/"))

    assert shown.count('name="repeat_without"') == 4
    assert "otrdien, 23. martā, plkst. 17.00–18.00" in shown


def test_a_draft_goes_to_the_centre_once_nothing_is_missing(teacher: Client, ours: Institution) -> None:
    draft = draft_of(ours, NOW, "activity")
    address = desk(f"ieceres/{draft.pk}/iesniegt/")
    venue = Venue.objects.create(slug="mezgls", name_lv="Mezgls")
    typed = {"title": "Talka", "summary": "Kopā.", "theme": "cleanup", "where": f"v{venue.pk}", "language": "lv"}
    date = {"date_rows": "1", "date_1_day": "2027-03-16", "date_1_from": "17:00", "date_1_until": "18:00"}

    past = teacher.post(address, {**typed, **date, "date_1_day": "2027-02-16", "revision": "0"})
    proposed = teacher.post(address, {**typed, **date, "revision": "1"})
    draft.refresh_from_db()

    assert (past.status_code, proposed.status_code, draft.state) == (200, 302, "proposed")
    assert 'id="id_date_1_day_error"' in past.content.decode() or "is-invalid" in past.content.decode()


def test_the_preview_is_the_public_page_and_leaves_no_trace(teacher: Client, ours: Institution) -> None:
    draft = activity_of(ours, **every_tuesday())
    before = stamp()

    shown = see(teacher, desk(f"ieceres/{draft.pk}/skats/"))

    main = shown[shown.index("<main") : shown.index("</main>")]
    assert "Sīpolloki palodzei" in main
    assert "otrdien, 9. martā" in main
    assert stamp() == before
    assert (Activity.objects.count(), Occurrence.objects.count(), Meeting.objects.count()) == (0, 0, 0)
    assert "sipolloki-palodzei" not in shown
    assert "/pieteikties/" not in shown
    assert "ld+json" not in shown
    assert "og:url" not in shown


def test_a_draft_with_gaps_is_shown_as_far_as_it_goes(teacher: Client, ours: Institution) -> None:
    odd = {"theme": "?", "dates": [row("rīt"), row("2027-03-16")], "age_from": "x", "age_to": "900", "where": ""}
    for content in (
        {},
        {"title": "Talka"},
        {**complete(), **odd},
        {**complete(), "where": "elsewhere", "place": "Sēta"},
    ):
        draft = draft_of(ours, NOW, "activity", content=content)

        shown = see(teacher, desk(f"ieceres/{draft.pk}/skats/"))

        assert str(content.get("title", _("(no title yet)"))) in shown
        assert Activity.objects.count() == 0
        assert not Venue.objects.exclude(slug="mezgls").exists()
    assert "Sēta" in shown


def test_above_the_preview_each_sentence_says_which_field_it_means(teacher: Client, ours: Institution) -> None:
    draft = draft_of(ours, NOW, "activity", content={**complete(), "title": "", "age_from": "x", "age_to": "y"})

    main = see(teacher, desk(f"ieceres/{draft.pk}/skats/")).split("<main")[1]

    assert "<strong>Vēl jāieraksta vai jāizlabo:</strong>" in main
    assert re.findall(r"<li>([^<]*)</li>", main.split("</ul>")[0]) == [
        "Ierakstiet nosaukumu.",
        "Vecums no – Ierakstiet veselu skaitli, piemēram, 20.",
        "Vecums līdz – Ierakstiet veselu skaitli, piemēram, 20.",
    ]


def test_the_preview_of_a_change_shows_it_and_changes_nothing(
    teacher: Client, ours: Institution, make_occurrence: Any
) -> None:
    activity = make_occurrence().activity
    activity.organisers.add(ours)
    draft = draft_of(ours, NOW, "activity", content=complete(title="Pavisam cits"), activity=activity)

    shown = see(teacher, desk(f"ieceres/{draft.pk}/skats/"))

    activity.refresh_from_db()
    assert "Pavisam cits" in shown
    assert (activity.title_lv, Occurrence.objects.count()) == ("Ezera talka 1", 1)


def test_last_years_activity_begins_a_draft_of_ones_own_only(
    teacher: Client, stranger: Client, ours: Institution, make_occurrence: Any
) -> None:
    activity = make_occurrence(state="archived").activity
    activity.organisers.add(ours)
    address = desk(f"piedavajums/no-agrakas/{activity.pk}/")

    assert activity.title_lv in see(teacher, desk("piedavajums/no-agrakas/"))
    begun = teacher.post(address)
    draft = Proposal.objects.get()

    assert begun["Location"] == desk(f"ieceres/{draft.pk}/")
    assert (draft.activity, draft.content["title"], draft.content["dates"]) == (None, activity.title_lv, [])
    assert stranger.post(desk(f"piedavajums/no-agrakas/{activity.pk}/", "13-vsk")).status_code == 404
    assert stranger.post(address).status_code == 404
    assert activity.title_lv not in see(stranger, desk("piedavajums/no-agrakas/", "13-vsk"))
    Activity.objects.update(audience="discreet")
    assert teacher.post(address).status_code == 404
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_earlier_ones_asks_as_often_for_three_as_for_one(
    teacher: Client, ours: Institution, make_occurrence: Any, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        make_occurrence().activity.organisers.add(ours)
    teacher.get(desk("piedavajums/no-agrakas/"))

    with django_assert_num_queries(4):
        teacher.get(desk("piedavajums/no-agrakas/"))


@pytest.mark.parametrize(
    ("rows", "deed"),
    [
        *((1, deed) for deed in ("add-date", "remove-date-1", "show-repeat")),
        *((3, deed) for deed in ("add-date", "remove-date-1", "remove-date-2", "remove-date-3", "show-repeat")),
    ],
)
def test_each_button_comes_back_to_something_on_the_page(
    teacher: Client, ours: Institution, rows: int, deed: str
) -> None:
    draft = draft_of(ours, NOW, "activity")
    days = {f"date_{number}_day": f"2027-03-1{number}" for number in range(1, rows + 1)}
    typed = {"revision": "0", "language": "lv", "date_rows": str(rows), **days, "deed": deed}

    answer = teacher.post(desk(f"ieceres/{draft.pk}/"), typed)
    shown = see(teacher, answer["Location"].partition("#")[0])

    assert shown.count(f'id="{answer["Location"].partition("#")[2]}"') == 1


def test_a_choice_that_a_form_sends_empty_is_what_it_began_with(teacher: Client, ours: Institution) -> None:
    draft = draft_of(ours, NOW, "activity")
    address = desk(f"ieceres/{draft.pk}/")
    empty = dict.fromkeys(("unit", "sign_up_to", "repeat_every"), "")

    teacher.post(f"{address}saglabat/", {"revision": "0", "language": "lv", "title": "Talka", **empty})
    draft.refresh_from_db()

    assert {name: draft.content[name] for name in empty} == {
        "unit": "people",
        "sign_up_to": "each",
        "repeat_every": "1",
    }
    see(teacher, f"{address}skats/")


def test_the_change_of_what_has_become_discreet_is_at_no_desk(teacher: Client, ours: Institution) -> None:
    activity = Activity.objects.create(slug="klusi", title_lv="Klusi", theme="garden", audience="open")
    draft = draft_of(ours, NOW, "activity", content={"title": "Klusi"}, activity=activity)
    assert "Klusi" in see(teacher, desk("piedavajums/"))
    Activity.objects.update(audience="discreet")
    assert "Klusi" not in see(teacher, desk("piedavajums/"))
    see(teacher, desk(f"ieceres/{draft.pk}/"), 404)
