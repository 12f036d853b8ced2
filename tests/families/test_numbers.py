"""People reached by an institution: what counts, on the page and in the file."""

import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Meeting, Occurrence
from families import registering
from families.attending import Numbers, Whose, note
from families.models import Registration
from families.numbers import Part, Report, Sum, first_year, report
from families.numbers_file import workbook
from partners.models import Project
from tests.conftest import NOW
from tests.families.desk.visits import AFTER, BEGINS, another_day, at_desk, family, institution, own, teacher

pytestmark = pytest.mark.django_db

Make = Callable[..., Occurrence]
LATE = BEGINS + timedelta(days=200)
YEAR = date(2027, 1, 1), date(2027, 12, 31)
PAGE, FILE = "/musu-iestade/pienenite/skaitli/", "/musu-iestade/pienenite/skaitli.xlsx"


def came(meeting: Meeting, adults: int, children: int, registration: Registration | None = None) -> None:
    whose = Whose(meeting.pk, registration=registration.pk if registration else None)
    note({whose: Numbers(adults, children)}, by=teacher(institution()), now=LATE)


def made(first: date = YEAR[0], last: date = YEAR[1], slug: str = "pienenite") -> Report:
    return report(institution(slug), first, last, LATE)


@pytest.fixture
def meeting(make_occurrence: Make) -> Meeting:
    return own(make_occurrence(places=100))


# What counts


def test_who_came_counts_and_not_who_signed_up(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    Registration.objects.update(is_first_time=False)
    assert made().total == Sum(meetings=1, without_numbers=1)
    came(meeting, 2, 1, anna)
    came(meeting, 4, 5)
    note({Whose(meeting.pk, None, institution().pk): Numbers(48, 332)}, by=teacher(institution()), now=LATE)
    assert made().total == Sum(adults=54, children=338, meetings=1)
    assert made().total.people == 392


def test_nobody_came_is_a_number_too(meeting: Meeting) -> None:
    came(meeting, 0, 0)
    assert made().total == Sum(meetings=1)


def test_only_meetings_that_were_held_count(meeting: Meeting, make_occurrence: Make) -> None:
    off, coming = another_day(meeting.occurrence, 1), another_day(meeting.occurrence, 250)
    Meeting.objects.filter(pk=off.pk).update(is_cancelled=True)
    for fields in ({"audience": "discreet"}, {"state": "draft"}, {"occurrence": {"state": "cancelled"}}):
        own(make_occurrence(**fields))
    own(make_occurrence(), institution("saulite"))
    assert coming.starts_at > LATE
    assert [each.sum for each in made().held] == [Sum(meetings=1, without_numbers=1)]
    Activity.objects.update(state="archived")
    assert made().total.meetings == 2  # what was a draft has been published meanwhile


def test_numbers_of_what_became_discreet_are_gone(meeting: Meeting) -> None:
    came(meeting, 4, 5)
    Activity.objects.update(audience="discreet")
    assert made().held == ()


def test_each_organiser_counts_all_who_came(meeting: Meeting) -> None:
    meeting.occurrence.activity.organisers.add(institution("saulite"))
    came(meeting, 4, 5)
    assert made().total == made(slug="saulite").total == Sum(4, 5, 1)


def test_both_days_of_a_span_are_in_it_by_the_clock_of_riga(make_occurrence: Make) -> None:
    # 23:30 on the last of March and 00:30 on the first of April in Riga, both in March by UTC.
    evening = own(make_occurrence(starts_at=datetime(2027, 3, 31, 20, 30, tzinfo=UTC)))
    night = own(make_occurrence(starts_at=datetime(2027, 3, 31, 21, 30, tzinfo=UTC)))
    march = made(date(2027, 3, 1), date(2027, 3, 31))
    april = made(date(2027, 4, 1), date(2027, 4, 1))
    assert [each.activity for each in march.held] == [str(evening.occurrence.activity)]
    assert [each.activity for each in april.held] == [str(night.occurrence.activity)]
    assert [month for month, _sum in made().months] == [(2027, 3), (2027, 4)]


def test_who_is_here_for_the_first_time_counts_once_at_the_first_meeting_they_came_to(meeting: Meeting) -> None:
    days = [meeting, another_day(meeting.occurrence, 30), another_day(meeting.occurrence, 60)]
    anna, zane, nobody = (family(meeting.occurrence, name, 1, 1) for name in ("Anna", "Zane", "Cilda"))
    Registration.objects.update(is_first_time=True)
    Registration.objects.filter(pk=zane.pk).update(is_first_time=False)
    came(days[0], 0, 0, anna)
    for day in days[1:]:
        came(day, 1, 1, anna)
    came(days[0], 1, 1, zane)
    came(days[0], 0, 0, nobody)
    assert [each.sum.first_timers for each in made().held] == [0, 1, 0]
    assert made(date(2027, 5, 1)).total.first_timers == 0  # the first time was in April


def test_an_erased_registration_still_counts(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    Registration.objects.update(is_first_time=True)
    came(meeting, 2, 1, anna)
    registering.erase(anna.sign_up_id, now=LATE)
    assert made().total == Sum(2, 1, 1, first_timers=1)


def test_projects_stand_by_the_alphabet_with_their_activities_and_what_has_none_last(make_occurrence: Make) -> None:
    titles = [("Zemeņu svētki", "Āboli"), ("Cepšana", ""), ("Āra spēles", "Āboli"), ("Čiekuri", "Zirņi")]
    for number, (title, project) in enumerate(titles, start=1):
        of = Project.objects.get_or_create(slug=f"p-{project}", title_lv=project)[0] if project else None
        came(own(make_occurrence(title_lv=title, project=of)), number, 10)
    assert made().projects == [
        Part("Āboli", Sum(4, 20, 2), (Part("Āra spēles", Sum(3, 10, 1)), Part("Zemeņu svētki", Sum(1, 10, 1)))),
        Part("Zirņi", Sum(4, 10, 1), (Part("Čiekuri", Sum(4, 10, 1)),)),
        Part("", Sum(2, 10, 1), (Part("Cepšana", Sum(2, 10, 1)),)),
    ]
    assert made().total == Sum(10, 40, 4)


def test_three_queries_however_many_meetings(meeting: Meeting) -> None:
    mine = institution()
    for days in ((), (1, 2, 3)):
        for number in days:
            came(another_day(meeting.occurrence, number), 1, 1)
        with CaptureQueriesContext(connection) as asked:
            report(mine, *YEAR, LATE)
        assert len(asked) == 3


def test_the_first_year_is_that_of_the_first_meeting(meeting: Meeting) -> None:
    assert first_year(institution(), LATE) == 2027
    assert first_year(institution(), NOW) is None
    another_day(meeting.occurrence, -2000)
    assert first_year(institution(), LATE) == 2021


# The page


def text_of(asked: str = "", now: datetime = LATE) -> str:
    with at_desk(institution(), now) as client:
        answer = client.get(PAGE + asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_the_sums_what_is_missing_and_leads_to_the_file(meeting: Meeting) -> None:
    another_day(meeting.occurrence, 1)
    came(meeting, 48, 332)
    page = text_of()
    assert "380 cilvēki" in page or "380 cilvēku" in page
    assert 'class="message message--warning"' in page
    assert f"{FILE}?no=2027-01-01&amp;lidz=2027-12-31" in page
    assert page.count('<table class="numbers" role="table">') == 2
    assert page.count('<th scope="row" role="rowheader">') == 3 + 2  # project, activity, total; month, total


def test_a_year_or_two_days_in_the_address_choose_the_span(meeting: Meeting) -> None:
    came(meeting, 48, 332)
    for asked in ("?gads=2027", "?no=2027-03-11&lidz=2027-03-11", "?no=11.03.2027&lidz=12.03.2027", "?gads="):
        assert "332 bērni" in text_of(asked)
    for asked in ("?gads=2026", "?no=2027-03-12&lidz=2027-12-31"):
        assert 'class="empty"' in text_of(asked)


WRONG = [
    *("gads=0", "gads=27", "gads=1999", "gads=abcd", "gads=２０２７", "gads=20275", "gads=%00"),
    *("no=2027-01-01", "lidz=2027-01-01", "no=2027-02-30&lidz=2027-03-01", "no=x&lidz=y", "no=%00&lidz=%FF"),
    *("no=2027-05-01&lidz=2027-04-01", "no=0001-01-01&lidz=9999-12-31", "no=2027-01-01&lidz=2101-01-01"),
    "no=" + "9" * 5000,
]


@pytest.mark.parametrize("asked", WRONG)
def test_a_wrong_span_is_answered_with_a_sentence_and_the_file_leads_to_it(asked: str, meeting: Meeting) -> None:
    page = text_of(f"?{asked}")
    assert 'id="errors"' in page
    assert 'class="numbers"' not in page
    assert all(f'id="{name}"' in page for name in re.findall('<a href="#(id_[a-z]+)"', page))
    with at_desk(institution(), LATE) as client:
        answer = client.get(f"{FILE}?{asked}")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, PAGE)


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_the_numbers_of_others_are_not_there(address: str, meeting: Meeting) -> None:
    with at_desk(institution("saulite"), AFTER) as client:
        assert client.get(address).status_code == 404
        assert client.get(address.replace("pienenite", "saulite")).status_code == 200


def test_the_page_asks_the_database_no_more_for_three_meetings_than_for_one(meeting: Meeting) -> None:
    counts = []
    with at_desk(institution(), LATE) as client:
        for days in ((), (1, 2)):
            for number in days:
                another_day(meeting.occurrence, number)
            client.get(PAGE)
            with CaptureQueriesContext(connection) as asked:
                client.get(PAGE)
            counts.append(len(asked))
    assert counts[0] == counts[1]


# The file

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(content: bytes, sheet: int) -> list[list[tuple[str, str, str]]]:
    """Each cell of a sheet: its type, its formula and its value, as the file itself has it."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert parts.testzip() is None
        tree = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = []
    for row in tree.iter(f"{MAIN}row"):
        cells = []
        for cell in row.iter(f"{MAIN}c"):
            text = "".join(each.text or "" for each in cell.iter(f"{MAIN}t"))
            value, formula = cell.find(f"{MAIN}v"), cell.find(f"{MAIN}f")
            known = text if value is None else value.text or ""
            cells.append((cell.get("t", "n"), "" if formula is None else formula.text or "", known))
        found.append(cells)
    return found


def test_a_title_that_looks_like_a_formula_a_link_or_a_number_stays_text(make_occurrence: Make) -> None:
    titles = ["=1+1", "@SUM(A1)", "+371", "-2", "https://example.lv", "007", "\tA\x01", "ņ & <b>", "=HYPERLINK(1)"]
    for title in titles:
        came(own(make_occurrence(title_lv=title)), 1, 1)
    content = workbook(made())
    rows = rows_of(content, 1)[1:-1]
    assert {kind for row in rows for kind, _formula, _value in row[:2]} <= {"inlineStr", "s"}
    assert [formula for row in rows for _kind, formula, _value in row if formula] == []
    texts = {row[1][2] for row in rows}
    assert {"=1+1", "@SUM(A1)", "-2", "007", "https://example.lv", "ņ & <b>"} <= texts
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "rels" in name and "sheet" in name]  # no link


def test_the_totals_are_formulas_with_their_values(make_occurrence: Make) -> None:
    for number in (1, 2, 3):
        came(own(make_occurrence()), number, 10)
    own(make_occurrence())
    rows = rows_of(workbook(made()), 1)
    assert len(rows) == 6
    assert [cell[1:] for cell in rows[-1] if cell[1]] == [
        ("SUM(C2:C5)", "6"),
        ("SUM(D2:D5)", "30"),
        ("SUM(E2:E5)", "36"),
        ("SUM(F2:F5)", "4"),
        ("SUM(G2:G5)", "1"),
        ("SUM(H2:H5)", "0"),
    ]


def test_the_file_holds_what_the_page_holds(meeting: Meeting) -> None:
    came(meeting, 48, 332)
    came(another_day(meeting.occurrence, 30), 1, 2)
    it = made()
    assert [[cell[2] for cell in row] for row in rows_of(workbook(it), 2)[1:-1]] == [
        ["2027. gada marts", "48", "332", "380", "1", "0", "0"],
        ["2027. gada aprīlis", "1", "2", "3", "1", "0", "0"],
    ]
    days = [row[0][2] for row in rows_of(workbook(it), 3)[1:-1]]
    assert days == ["2027-03-11", "2027-04-10"]
    assert rows_of(workbook(it), 4)[0][0][2] == it.institution


def test_an_empty_year_is_a_whole_file_too() -> None:
    assert [cell[2] for cell in rows_of(workbook(made()), 1)[-1] if cell[1]] == ["0"] * 6


def test_the_file_is_downloaded_under_a_name_that_says_what_it_is(meeting: Meeting) -> None:
    with at_desk(institution(), LATE) as client:
        answer = client.get(f"{FILE}?gads=2027")
    assert answer["Content-Disposition"] == 'attachment; filename="pienenite-2027-01-01-2027-12-31.xlsx"'
    assert answer["Cache-Control"] == "no-store, private"
    assert re.match(rb"PK\x03\x04", answer.content)
