"""What approving a proposal of an activity writes, and when it must wait."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from activities.models import Activity, Capacity, Meeting, Occurrence, Proposal
from activities.proposing import where
from activities.proposing.activity import KIND, apply, content_of, start_of
from activities.proposing.drafts import NotNow
from partners.models import Institution, Picture
from tests.activities.conftest import riga
from tests.activities.proposing.asking import complete, draft, every_tuesday, institution, project, row, teacher, venue
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def applied(proposal: Proposal, now: datetime = NOW) -> Activity:
    made: Activity = apply(proposal, by=teacher(), now=now)
    return made


def meetings_of(activity: Activity) -> list[Meeting]:
    return list(Meeting.objects.filter(occurrence__activity=activity))


def test_approving_publishes_it_with_a_date_and_its_places() -> None:
    own = project()
    content = complete(
        project=f"p{own.pk}",
        places="12",
        unit="children",
        age_from="4",
        age_to="7",
        languages=["lv", "ru"],
        bring="Cimdus",
    )

    made = applied(draft(content))

    assert (made.slug, made.state, made.published_at, made.project) == ("sipolloki-palodzei", "published", NOW, own)
    assert list(made.organisers.all()) == [institution()]
    assert (made.age_from, made.age_to, made.bring_lv, made.is_in_russian, made.is_in_english) == (
        4,
        7,
        "Cimdus",
        True,
        False,
    )
    occurrence = Occurrence.objects.get()
    capacity = Capacity.objects.get(occurrence=occurrence)
    assert (occurrence.is_sign_up_needed, capacity.unit, capacity.places) == (True, "children", 12)
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.ends_at, meeting.venue) == (
        riga(2027, 3, 16, 17),
        riga(2027, 3, 16, 18),
        venue(),
    )


def test_each_date_is_by_itself_or_all_are_one_course() -> None:
    each = applied(draft(complete(**every_tuesday())))
    course = applied(draft(complete(**every_tuesday(sign_up_to="course"))))

    assert (each.occurrences.count(), course.occurrences.count()) == (4, 1)
    assert [len(meetings_of(each)), len(meetings_of(course))] == [4, 4]
    # 28 March lies between: by the wall clock nothing moves.
    assert [each.starts_at.astimezone(UTC).hour for each in meetings_of(course)] == [15, 15, 15, 14]


def test_whole_days_end_at_the_midnight_after_the_last() -> None:
    made = applied(draft(complete(dates=[row("2027-03-27", "", "", whole="on", last="2027-03-28")], where="home")))

    (meeting,) = meetings_of(made)
    assert (meeting.is_all_day, meeting.where, meeting.venue) == (True, "home", None)
    assert (meeting.starts_at, meeting.ends_at) == (riga(2027, 3, 27), riga(2027, 3, 29))
    meeting.full_clean()


def test_a_russian_proposal_fills_the_russian_texts_and_has_an_address_in_letters() -> None:
    made = applied(draft(complete(title="Лук на подоконнике", description="Раз.\n\nДва."), language="ru"))

    assert (made.slug, made.title_ru, made.title_lv) == ("luk-na-podokonnike", "Лук на подоконнике", "")
    assert made.description_ru == "Раз.\n\nДва."


def test_without_a_date_it_is_announced_for_about_a_time() -> None:
    made = applied(draft(complete(dates=[], about_year="2027", about_season="autumn")))

    assert (made.approximate_year, made.approximate_season, made.occurrences.count()) == (2027, "autumn", 0)


def test_a_date_that_passed_while_it_waited_is_not_published() -> None:
    proposal = draft()

    with translation.override("en"), pytest.raises(NotNow, match="passed"):
        applied(proposal, riga(2027, 3, 16, 17))
    assert not Activity.objects.exists()


def test_it_waits_for_its_project() -> None:
    waiting = Proposal.objects.create(
        institution=institution(), kind="project", language="lv", created_at=NOW, saved_at=NOW, content={"title": "Z"}
    )
    proposal = draft(within=waiting)

    with translation.override("en"), pytest.raises(NotNow, match="project"):
        applied(proposal)
    waiting.state, waiting.decided_at, waiting.project = "approved", NOW, project()
    waiting.save()

    assert applied(proposal).project == waiting.project


def test_a_project_that_is_not_theirs_any_more_is_not_used() -> None:
    own = project()
    proposal = draft(complete(project=f"p{own.pk}"))
    own.institutions.clear()

    with pytest.raises(NotNow):
        applied(proposal)


def test_a_place_in_words_waits_until_the_coordinator_has_chosen_the_venue() -> None:
    proposal = draft(complete(where="elsewhere", place="20. PII pagalms, Ķīmija"))
    proposal.state, proposal.proposed_at = "proposed", NOW
    proposal.save()

    with pytest.raises(NotNow, match=r"20\. PII pagalms"):
        applied(proposal)
    chosen = where.choose_venue(proposal.pk, proposal.revision, venue("pagalms", "Pagalms"))

    assert meetings_of(applied(chosen))[0].venue == venue("pagalms", "Pagalms")
    assert (chosen.content["place"], chosen.revision) == ("20. PII pagalms, Ķīmija", 1)
    with pytest.raises(NotNow):
        where.choose_venue(proposal.pk, chosen.revision, venue())


def change_of(activity: Activity, language: str = "lv", **also: Any) -> Proposal:
    return draft({**content_of(activity, language), **also}, activity=activity, language=language)


def test_a_change_touches_what_was_changed_and_nothing_else(make_occurrence: Any) -> None:
    activity = make_occurrence(places=7).activity
    activity.organisers.add(institution(), institution("21-pii", "21. PII"))
    Activity.objects.filter(pk=activity.pk).update(summary_lv="Kopā", age_from=3, published_at=NOW)
    activity.refresh_from_db()
    was = Occurrence.objects.get().pk
    proposal = change_of(activity, title="Cits nosaukums", dates=[row()], unit="families", places="500")
    Activity.objects.filter(pk=activity.pk).update(summary_lv="Centrs labojis", usual_places=8)

    made = applied(proposal, NOW + timedelta(days=1))

    assert made.pk == activity.pk
    assert made.slug == activity.slug
    assert (made.title_lv, made.title_ru) == ("Cits nosaukums", activity.title_ru)
    assert (made.summary_lv, made.age_from, made.published_at) == ("Centrs labojis", 3, NOW)
    assert (made.unit, made.usual_places) == ("people", 8)
    assert set(made.organisers.values_list("slug", flat=True)) == {"20-pii", "21-pii"}
    assert list(Capacity.objects.order_by("pk").values_list("places", flat=True)) == [7, 8]
    assert Meeting.objects.filter(occurrence=was).count() == 1


def test_a_change_needs_no_date_and_keeps_the_place_of_the_last(make_occurrence: Any) -> None:
    activity = make_occurrence().activity
    activity.organisers.add(institution())
    Activity.objects.filter(pk=activity.pk).update(summary_lv="Kopā")
    activity.refresh_from_db()

    content = content_of(activity, "lv")

    assert (content["where"], content["dates"], content["title"]) == (f"v{venue().pk}", [], activity.title_lv)
    assert KIND.missing(draft(content, activity=activity), NOW) == []


@pytest.mark.parametrize("fields", [{"state": "archived"}, {"audience": "discreet"}])
def test_what_is_archived_or_seen_by_nobody_is_not_changed_here(make_occurrence: Any, fields: dict[str, str]) -> None:
    activity = make_occurrence().activity
    activity.organisers.add(institution())
    proposal = change_of(activity, summary="Kopā")
    Activity.objects.filter(pk=activity.pk).update(**fields)

    assert len(KIND.missing(proposal, NOW)) == 1
    with pytest.raises(NotNow):
        applied(proposal)


def test_another_institutions_activity_is_not_changed(make_occurrence: Any) -> None:
    activity = make_occurrence().activity
    activity.organisers.add(institution("21-pii", "21. PII"))

    with pytest.raises(NotNow):
        applied(change_of(activity, summary="Kopā", title="Mūsējais"))
    activity.refresh_from_db()
    assert activity.title_lv != "Mūsējais"


def test_last_years_texts_begin_a_new_draft_without_its_dates(make_occurrence: Any) -> None:
    activity = make_occurrence(places=9).activity
    Activity.objects.filter(pk=activity.pk).update(approximate_year=2026, approximate_season="spring")
    activity.refresh_from_db()

    content = start_of(activity, "lv")

    assert (content["title"], content["places"], content["dates"]) == (activity.title_lv, "9", [])
    assert (content["about_year"], content["about_season"], "was" in content) == ("", "", False)


def test_the_facts_of_any_content_are_words_in_the_language_asked() -> None:
    content = complete(**every_tuesday(repeat_without=["2027-03-16"]))

    told = dict(KIND.facts(content, "lv"))
    labels = [label for label, _words in KIND.facts({}, "lv")]

    assert list(told) == labels
    assert len(set(labels)) == len(labels)
    assert "2027. gada 23. martā" in "\n".join(told.values())
    for odd in ({"dates": "x"}, {"dates": [1]}, {"repeat_first": "rīt"}, {"project": "p" * 9}, {"about_year": "²"}):
        assert [label for label, _words in KIND.facts({**content, **odd}, "ru")]


def picture_of(owner: Institution) -> Picture:
    return Picture.objects.create(institution=owner, width=800, height=600, declared_at=NOW, uploaded_at=NOW)


def test_a_picture_of_ones_own_goes_with_it_and_anothers_does_not() -> None:
    own, others = picture_of(institution()), picture_of(institution("21-pii", "21. PII"))
    words = "Bērni stāda sīpolus palodzes kastē"

    made = applied(draft(complete(picture=own.key, picture_alt=words)))
    without = applied(draft(complete(picture=others.key, picture_alt=words)))

    assert (made.picture.name, made.picture_alt_lv) == (own.name, words)
    assert not without.picture


def test_a_new_picture_takes_with_it_what_was_said_of_the_one_before(make_occurrence: Any) -> None:
    first, second = picture_of(institution()), picture_of(institution())
    activity = make_occurrence(
        picture=first.name, picture_alt_lv="Kaste", picture_alt_ru="Ящик", summary_lv="Kopā"
    ).activity
    activity.organisers.add(institution())

    made = applied(change_of(activity, picture=second.key, picture_alt="Bērni stāda tulpes"))

    assert (made.picture.name, made.picture_alt_lv, made.picture_alt_ru) == (second.name, "Bērni stāda tulpes", "")
