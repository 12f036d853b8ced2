"""A preview is the public page of what never happened: nothing of it is written, nothing kept for others."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import RequestFactory, override_settings

from activities.models import Proposal
from activities.proposing import project as kind
from activities.proposing.drafts import NotNow
from activities.proposing.previewing import as_published
from kopiena.floor import kept, stamps
from kopiena.floor.models import User
from partners.models import Project
from tests.activities.desk.conftest import WRITTEN, draft_of, institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(now: datetime) -> Proposal:
    return draft_of(institution("20-pii"), now, content=WRITTEN)


@pytest.fixture
def request_(rf: RequestFactory) -> Any:
    asked = rf.post("/musu-iestade/20-pii/ieceres/1/skats/?a=b", {"title": "x"})
    asked.user = User.objects.create_user("skolotaja@example.lv")
    return asked


def test_it_shows_the_page_with_a_line_above_and_writes_nothing(draft: Proposal, request_: Any, now: datetime) -> None:
    page = as_published(kind.apply, draft, request_, now)
    text = page.content.decode()
    assert page.status_code == 200
    assert '<main id="main" tabindex="-1"><div class="message message--info mb-3"' in text
    assert WRITTEN["summary"] in text
    assert f"/musu-iestade/20-pii/ieceres/{draft.pk}/" in text
    assert not Project.objects.exists()
    assert (request_.method, request_.POST["title"]) == ("POST", "x")


def test_what_cannot_be_applied_has_no_preview(draft: Proposal, request_: Any, now: datetime) -> None:
    draft.content = {}
    with pytest.raises(NotNow):
        as_published(kind.apply, draft, request_, now)


@override_settings(PAGES_KEPT=True)
def test_nothing_made_within_it_is_kept_and_after_it_everything_is_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "_last", None)
    kept.parts.clear()
    with stamps.unkept():
        assert stamps.look() is None
        assert kept.part("previewed", lambda: "seen by one", len) == "seen by one"
    assert stamps.look() is not None
    assert kept.part("previewed", lambda: "seen by all", len) == "seen by all"
    kept.parts.clear()
    stamps.forget()


def test_what_only_the_database_refuses_is_a_sentence(draft: Proposal, request_: Any, now: datetime) -> None:
    def broken(proposal: Proposal, *, by: User, now: datetime) -> Project:
        return Project.objects.create(slug="x", title_lv="A", begins_on=date(2027, 3, 2), ends_on=date(2027, 3, 1))

    with pytest.raises(NotNow, match="Projekts nevar"):
        as_published(broken, draft, request_, now)
