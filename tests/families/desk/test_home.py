"""The desk's first page: which institution, and what needs doing there."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from activities.proposing import drafts
from families import registering
from families.desk.to_do import to_do
from families.parties import Party
from families.registering import Sender
from kopiena.floor.dates import local_day, span
from partners.models import Asking, Institution, Membership, Project
from tests.days import on_whole_days
from tests.institutions import browser_of, make_institution, make_member

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False), translation.override("lv"):
        yield


@pytest.fixture
def member() -> Membership:
    return make_member(make_institution())


def make_returned(member: Membership, now: datetime) -> None:
    draft = drafts.begin(member.institution, "project", language="lv", by=member.user, now=now)
    drafts.propose(draft.pk, 0, by=member.user, now=now)
    type(draft).objects.filter(pk=draft.pk).update(state="returned", note="Kad tas sāksies?")


def make_asking(institution: Institution, now: datetime, slug: str = "b") -> Asking:
    other = make_institution(slug)
    project = Project.objects.create(slug=slug, title_lv="Kopīgs dārzs", state="published")
    return Asking.objects.create(project=project, institution=institution, asked_by=other, asked_at=now)


def test_who_acts_for_one_goes_straight_to_it(member: Membership) -> None:
    answer = browser_of(member.user).get("/musu-iestade/")
    assert (answer.status_code, answer["Location"]) == (302, "/musu-iestade/20-pii/")


def test_who_acts_for_several_chooses_and_changes_over_plainly(member: Membership) -> None:
    make_member(make_institution("26-pii"), member.user.email)
    browser = browser_of(member.user)
    page = browser.get("/musu-iestade/").content.decode()
    assert 'href="/musu-iestade/20-pii/"' in page
    assert 'href="/musu-iestade/26-pii/"' in page
    assert "Cita iestāde" in browser.get("/musu-iestade/26-pii/").content.decode()


def test_who_acts_for_none_is_told_so(member: Membership) -> None:
    member.delete()
    answer = browser_of(member.user).get("/musu-iestade/")
    assert answer.status_code == 404
    assert "Pašlaik Jūs nepārstāvat nevienu iestādi" in answer.content.decode()


def test_nothing_to_do_is_said(member: Membership) -> None:
    page = browser_of(member.user).get("/musu-iestade/20-pii/").content.decode()
    assert "Viss ir paveikts" in page


def test_it_says_what_needs_doing(member: Membership, make_occurrence: Make, now: datetime) -> None:
    make_returned(member, now)
    asking = make_asking(member.institution, now)
    over = make_occurrence(starts_at=now - DAY)
    coming = make_occurrence(starts_at=now + 2 * DAY)
    for occurrence in (over, coming):
        occurrence.activity.organisers.add(member.institution)
    registering.register("", coming.pk, Sender("Anna", "lv", phone="+37120000000"), Party(2), now=now)
    found = to_do(member.institution, now)
    assert [each.note for each in found.offers.returned] == ["Kad tas sāksies?"]
    assert found.askings == [asking]
    assert [line.meeting.occurrence_id for line in found.missing] == [over.pk]
    assert [(each.registrations, each.people) for each in found.new] == [(1, 2)]
    assert [line.meeting.occurrence_id for line in found.coming] == [coming.pk]
    page = browser_of(member.user).get("/musu-iestade/20-pii/").content.decode()
    for words in ("Kad tas sāksies?", "Kopīgs dārzs", "Viss ir paveikts"):
        assert (words in page) is (words != "Viss ir paveikts")
    assert reverse("partners:asking", args=["20-pii", asking.pk]) in page


def test_whole_days_with_new_sign_ups_have_no_clock_time(
    member: Membership, make_occurrence: Make, now: datetime
) -> None:
    coming = make_occurrence(starts_at=now + 10 * DAY)
    coming.activity.organisers.add(member.institution)
    on_whole_days(coming, 2)
    registering.register("", coming.pk, Sender("Anna", "lv", phone="+37120000000"), Party(2), now=now)
    page = browser_of(member.user).get("/musu-iestade/20-pii/").content.decode()
    assert "0.00" not in page
    assert span(local_day(now + 10 * DAY), local_day(now + 11 * DAY), "lv", today=local_day(now)) in page


def test_of_what_is_another_s_or_discreet_nothing_is_said(
    member: Membership, make_occurrence: Make, now: datetime
) -> None:
    make_occurrence(starts_at=now - DAY)
    make_occurrence(starts_at=now + DAY, audience="discreet").activity.organisers.add(member.institution)
    make_returned(make_member(make_institution("26-pii"), "ilze@example.lv"), now)
    found = to_do(member.institution, now)
    assert found.is_nothing
    assert not found.new
    assert not found.coming


def test_however_much_there_is_the_queries_are_as_many(
    member: Membership, make_occurrence: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for count in (1, 2):
        make_asking(member.institution, now, f"c{count}")
        for start in (now - count * DAY, now + count * DAY):
            date = make_occurrence(starts_at=start)
            date.activity.organisers.add(member.institution)
            registering.register("", date.pk, Sender("Anna", "lv", phone="+37120000000"), Party(2), now=start - DAY)
            sender = Sender("Ilze", "lv", phone="+37120000000", may_be_photographed=False)
            group = {"institution": member.institution, "now": start - DAY}
            registering.register_group("", date.pk, sender, Party(1, 2), **group)
        with django_assert_num_queries(14):  # the group's meetings are asked for where there is a group
            to_do(member.institution, now)


def test_drafts_and_what_the_centre_has_are_counted_in_words(member: Membership, now: datetime) -> None:
    for _ in range(2):
        drafts.begin(member.institution, "project", language="lv", by=member.user, now=now)
    sent = drafts.begin(member.institution, "activity", language="lv", by=member.user, now=now)
    drafts.propose(sent.pk, 0, by=member.user, now=now)
    assert to_do(member.institution, now).in_hand[0] == "2 melnraksti"
    assert len(to_do(member.institution, now).in_hand) == 2


def test_own_projects_activities_drafts_and_groups_stand_there(
    member: Membership, make_occurrence: Make, now: datetime
) -> None:
    ours, others = member.institution, make_occurrence(starts_at=now + 9 * DAY, title_lv="Svešā talka")
    project = Project.objects.create(slug="palodze", title_lv="Zaļā palodze", state="published")
    project.institutions.add(ours)
    make_occurrence(starts_at=now + 40 * DAY, title_lv="Sava talka").activity.organisers.add(ours)
    draft = drafts.begin(ours, "project", language="lv", content={"title": "Jauns"}, by=member.user, now=now)
    sender = Sender("Ilze", "lv", phone="+37120000000", may_be_photographed=False)
    registering.register_group("", others.pk, sender, Party(1, 5), institution=ours, now=now)
    page = browser_of(member.user).get("/musu-iestade/20-pii/").content.decode()
    for words in ("/projekti/palodze/", "Sava talka", f"/ieceres/{draft.pk}/", "1 melnraksts", "5 bērni"):
        assert words in page
