"""The form of an activity: what must be answered, what is read, what is said where it cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.utils import translation

from activities.models import Meeting, Proposal
from activities.proposing.activity_content import flat, whole
from activities.proposing.activity_form import ActivityForm
from activities.proposing.project_form import ProjectForm
from tests.activities.proposing.asking import complete, draft, every_tuesday, institution, project, row
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
MOST_ANSWERS = 14


def form_of(content: dict[str, Any] | None = None, **also: Any) -> ActivityForm:
    return ActivityForm.of_content(draft(content, **also), NOW)


def errors_of(content: dict[str, Any], **also: Any) -> dict[str, list[str]]:
    return {name: [str(each) for each in found] for name, found in form_of(content, **also).errors.items()}


def words_of(form: ActivityForm) -> list[str]:
    return [each.words("lv", today=NOW.date()) for each in form.when.dates]


def crispy(form: ActivityForm) -> str:
    return str(render_crispy_form(form))


def answers_needed(content: dict[str, Any]) -> int:
    """How many answers of a content cannot be left out: without any one of them it may not be proposed."""
    begun = whole({})
    answers = [name for name in content if content[name] != begun[name] and name != "dates"]
    rows = [(number, name) for number, each in enumerate(content["dates"]) for name in each if each[name]]
    tries = [{**content, name: begun[name]} for name in answers]
    for number, name in rows:
        left = [{**each, name: ""} if number == n else each for n, each in enumerate(content["dates"])]
        tries.append({**content, "dates": left})
    assert all(errors_of(each) for each in tries)
    return len(tries)


def test_a_project_with_one_activity_takes_at_most_fourteen_answers() -> None:
    empty = Proposal(institution=institution(), kind=Proposal.Kind.PROJECT, language="lv")
    of_the_project = len(ProjectForm.of_content(empty, NOW).errors)
    own = Proposal.objects.create(
        institution=institution(), kind="project", language="lv", created_at=NOW, saved_at=NOW, content={"title": "Z"}
    )

    assert form_of(complete(), within=own).is_valid()
    of_the_activity = answers_needed(complete())

    assert (of_the_project, of_the_activity) == (2, 7)
    assert of_the_project + of_the_activity <= MOST_ANSWERS


def test_an_empty_draft_says_each_thing_that_is_missing_once() -> None:
    assert set(errors_of({})) == {"title", "summary", "theme", "where", "date_1_day"}


def test_the_date_may_be_known_about_only() -> None:
    form = form_of(complete(dates=[], about_year="2027", about_season="autumn"))

    assert (form.is_valid(), form.when.dates) == (True, [])


def test_single_dates_days_and_a_repeat_stand_together_in_time() -> None:
    days = row("2027-03-20", "", "", whole="on", last="2027-03-21")
    form = form_of(
        complete(**every_tuesday(dates=[days, row("27.03.2027", "10.00", "12")], repeat_without=["2027-03-16"]))
    )

    assert form.errors == {}
    assert words_of(form) == [
        "otrdien, 9. martā, plkst. 17.00–18.00",
        "no 20. līdz 21. martam",
        "otrdien, 23. martā, plkst. 17.00–18.00",
        "sestdien, 27. martā, plkst. 10.00–12.00",
        "otrdien, 30. martā, plkst. 17.00–18.00",
    ]


def test_an_hour_the_clock_shows_twice_is_said_beside_its_date() -> None:
    night = row("2027-10-31", "03:30", "05:00")
    hours = {"repeat_weekdays": ["6"], "repeat_from": "3.30", "repeat_until": "5"}
    sundays = every_tuesday(**hours, repeat_first="2027-10-24", repeat_last="2027-11-07")
    single = form_of(complete(dates=[night]))
    repeat = form_of(complete(**sundays))

    assert single.is_valid()
    assert "3.30" in crispy(single)
    assert [bool(" – " in words) for _day, words in repeat.fields["repeat_without"].choices] == [False, True, False]


def test_a_date_said_twice_is_one() -> None:
    form = form_of(complete(**every_tuesday(dates=[row("2027-03-09")])))

    assert len(form.when.dates) == 4


def test_every_date_of_the_repeat_is_offered_to_be_left_out() -> None:
    form = form_of(complete(**every_tuesday(repeat_without=["2027-03-16"])))

    assert [day for day, _words in form.fields["repeat_without"].choices] == [
        "2027-03-09",
        "2027-03-16",
        "2027-03-23",
        "2027-03-30",
    ]
    assert form["repeat_without"].value() == ["2027-03-16"]


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        ({"dates": [row("2027-02-28")]}, "date_1_day", "passed"),
        ({"dates": [row("2027-03-01", "11:59", "13:00")]}, "date_1_day", "passed"),
        ({"dates": [row("2027-02-30")]}, "date_1_day", "no such day"),
        ({"dates": [row("99999-01-01")]}, "date_1_day", "with its year"),
        ({"dates": [row("9999-01-01")]}, "date_1_day", "2000"),
        ({"dates": [row("rīt")]}, "date_1_day", "with its year"),
        ({"dates": [row("")]}, "date_1_day", "which day"),
        ({"dates": [row(begins="")]}, "date_1_from", "begins"),
        ({"dates": [row(until="")]}, "date_1_until", "ends"),
        ({"dates": [row(begins="25:00")]}, "date_1_from", "by the clock"),
        ({"dates": [row(begins="17:00", until="17:00")]}, "date_1_until", "after the beginning"),
        ({"dates": [row(last="2027-03-15")]}, "date_1_last", "before the first"),
        ({"dates": [row(last="2029-03-15")]}, "date_1_until", "a year"),
        ({"dates": [row("2027-03-28", "03:30", "05:00")]}, "date_1_until", "clocks go forward"),
        (every_tuesday(repeat_last="2045-12-31", repeat_weekdays=list("0123456")), "repeat_last", "too many"),
        (every_tuesday(repeat_last="2027-03-08"), "repeat_last", "no such date"),
        (every_tuesday(repeat_first="2027-02-01"), "repeat_first", "passed"),
        (every_tuesday(repeat_first=""), "repeat_first", "from which day"),
        (every_tuesday(repeat_until=""), "repeat_until", "ends"),
        (
            every_tuesday(repeat_without=["2027-03-09", "2027-03-16", "2027-03-23", "2027-03-30"]),
            "repeat_without",
            "left out",
        ),
        ({"dates": [], "about_year": "2026"}, "about_year", "passed"),
        ({"dates": [], "about_year": "2027", "about_season": "spring_"}, "about_season", "from the list"),
        ({"dates": [], "about_season": "spring"}, "about_year", "needs its year"),
        ({"dates": [], "about_year": "9" * 40}, "about_year", "at most 2100"),
        ({"dates": [], "about_year": "9" * 5000}, "about_year", "at most 2100"),
        ({"age_from": "999999999999"}, "age_from", "at most 120"),
        ({"age_from": "-1"}, "age_from", "whole number"),
        ({"where": "elsewhere"}, "place", "which place"),
        ({"where": "v999999999"}, "where", "from the list"),
        ({"where": "online", "online_link": "javascript:alert(1)"}, "online_link", "https"),
        ({"age_from": "7", "age_to": "4"}, "age_to", "below"),
        ({"age_from": "900"}, "age_from", "at most"),
        ({"places": "0"}, "places", "how many places"),
        ({"places": "99999999999999999999"}, "places", "at most"),
        ({"title": "S" * 161}, "title", "160"),
        ({"theme": "magic"}, "theme", "from the list"),
        ({"languages": ["de"]}, "languages", "from the list"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(content: dict[str, Any], field: str, words: str) -> None:
    with translation.override("en"):
        errors = errors_of(complete(**content))

    assert list(errors) == [field]
    assert words in errors[field][0]


def test_another_institutions_project_and_proposal_are_refused_and_not_named() -> None:
    others = institution("21-pii", "21. PII")
    secret = project(others, "cita", title_lv="Citu projekts")
    proposed = Proposal.objects.create(
        institution=others, kind="project", language="lv", created_at=NOW, saved_at=NOW, content={"title": "Citu"}
    )

    for forged in (f"p{secret.pk}", f"d{proposed.pk}", "p", "d", "x1", "p-1", "d" + "9" * 30, "p²"):
        form = form_of(complete(project=forged))
        assert list(form.errors) == ["project"]
        assert "Citu" not in str(form["project"])


def test_own_projects_and_own_proposals_of_projects_may_be_chosen() -> None:
    own = project()
    proposed = Proposal.objects.create(
        institution=institution(),
        kind="project",
        language="lv",
        created_at=NOW,
        saved_at=NOW,
        content={"title": "Dārzs"},
    )

    for chosen in (f"p{own.pk}", f"d{proposed.pk}"):
        assert form_of(complete(project=chosen)).is_valid()
    assert form_of(complete(), within=proposed).kept["project"] == f"d{proposed.pk}"


def test_garbage_in_every_field_is_kept_as_text_and_never_breaks() -> None:
    odd = "\x00\ud800" + "9" * 50_000
    names = [
        *ActivityForm.base_fields,
        "deed",
        *(f"date_1_{each}" for each in ("day", "from", "until", "last", "whole")),
    ]
    form = ActivityForm(dict.fromkeys(names, odd) | {"date_rows": "7" * 3}, {}, proposal=draft({}), now=NOW)

    assert not form.is_valid()
    assert "\x00" not in str(form.content())
    assert "\ud800" not in form.content()["title"]
    draft(form.content())  # the database takes it
    assert len(form.content()["dates"]) == 60


def test_the_buttons_add_and_remove_rows() -> None:
    two = flat(whole(complete(dates=[row("2027-03-16"), row("2027-03-17")])))

    added = ActivityForm({**two, "deed": "add-date"}, {}, proposal=draft({}), now=NOW)
    removed = ActivityForm({**two, "deed": "remove-date-1"}, {}, proposal=draft({}), now=NOW)

    assert [each["day"] for each in added.content()["dates"]] == ["2027-03-16", "2027-03-17", ""]
    assert [each["day"] for each in removed.content()["dates"]] == ["2027-03-17"]


def test_what_was_kept_comes_back_as_it_was_typed() -> None:
    content = whole(
        complete(dates=[row("rīt", "pēcpusdienā")], languages=["ru"], is_adult_needed=False, bring="Cimdus")
    )
    shown = ActivityForm(proposal=draft(content), now=NOW)
    again = ActivityForm(shown.initial, {}, proposal=draft({}), now=NOW)

    assert again.content() == content == shown.content()
    assert 'value="rīt"' in str(shown["date_1_day"])
    assert 'type="text"' in str(shown["date_1_day"])


def test_dates_that_are_published_are_shown_and_left_alone(make_occurrence: Any) -> None:
    activity = make_occurrence().activity
    activity.organisers.add(institution())
    meeting = Meeting.objects.get()
    change = draft({}, activity=activity)
    form = ActivityForm(proposal=change, now=NOW)

    assert form.published.coming == ["ceturtdien, 11. martā, plkst. 12.00–14.00"]
    assert not {"unit", "places", "is_sign_up_needed", "about_year"} & set(form.fields)
    local = meeting.starts_at + timedelta(hours=2)
    change.content = complete(dates=[row(local.date().isoformat(), f"{local:%H:%M}", "15:00")])
    assert list(ActivityForm.of_content(change, NOW).errors) == ["date_1_day"]
