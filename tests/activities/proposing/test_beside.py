"""What stands beside a proposal: the project it waits for, what is published for the same hours, its dates so far."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine

from activities.models import Activity, Meeting, Occurrence, Proposal
from activities.proposing import beside, drafts
from kopiena.roles import COORDINATOR
from tests.activities.proposing.office import page
from tests.activities.proposing.story import SOON, activity, again, institution, person, sent
from tests.conftest import NOW
from tests.office import signed_in

pytestmark = pytest.mark.django_db
Make = Callable[..., Occurrence]
BEGINS = SOON.replace(hour=12, minute=0, second=0, microsecond=0)  # 14.00 in Riga


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def waiting(**also: object) -> Proposal:
    return sent(person(), kind="activity", content=activity(**also))


def test_what_is_published_for_the_same_hours_is_named(make_occurrence: Make) -> None:
    for hours in (-2, 2):  # ends as it begins, begins as it ends
        make_occurrence(starts_at=BEGINS + timedelta(hours=hours))
    same = make_occurrence(starts_at=BEGINS + timedelta(hours=1))
    found = beside.side_of(waiting(), NOW).neighbours
    assert [each.activity for each in found] == [same.activity]
    assert found[0].title == same.activity.title_lv
    assert "15.00" in found[0].when


@pytest.mark.parametrize(
    "hide",
    [
        lambda date: Activity.objects.filter(pk=date.activity_id).update(state="draft", published_at=None),
        lambda date: Meeting.objects.filter(occurrence=date).update(is_cancelled=True),
        lambda date: Meeting.objects.filter(occurrence=date).update(is_all_day=True),
    ],
    ids=["draft", "called off", "whole days"],
)
def test_what_does_not_take_place_then_is_not(make_occurrence: Make, hide: Callable[[Occurrence], int]) -> None:
    date = make_occurrence(starts_at=BEGINS)
    proposal = waiting()
    assert beside.side_of(proposal, NOW).neighbours
    if hide(date):
        assert not beside.side_of(proposal, NOW).neighbours


def test_an_activity_waits_for_its_project_and_the_page_leads_there() -> None:
    of = institution()
    idea = sent(person())
    proposal = sent(person("zane@example.lv"), kind="activity", content=activity(project=f"d{idea.pk}"), institution=of)
    assert beside.side_of(proposal, NOW).waits_for == idea
    shown = signed_in(COORDINATOR).get(page("change", proposal)).content.decode()
    assert f'<a href="{page("change", idea)}">Zaļā palodze</a>' in shown
    assert page("approve", proposal) not in shown


def test_of_a_change_the_dates_published_already_are_shown(make_occurrence: Make) -> None:
    date = make_occurrence(starts_at=BEGINS)
    date.activity.organisers.add(institution())
    begun = {"content": activity(dates=[]), "language": "lv", "activity": date.activity}
    change = drafts.begin(institution(), "activity", by=person(), now=NOW, **begun)
    side = beside.side_of(again(change), NOW)
    assert (len(side.dates), side.empty) == (1, [])
    assert side.dates[0] in signed_in(COORDINATOR).get(page("change", change)).content.decode()
