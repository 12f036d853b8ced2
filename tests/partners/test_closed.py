"""An institution that has closed sees who comes, and begins nothing new."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from activities.models import Proposal
from activities.proposing import drafts
from families.models import Registration
from tests.institutions import browser_of, make_institution, make_member

pytestmark = pytest.mark.django_db
DESK = "/musu-iestade/20-pii"


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_closed_institution_begins_nothing(make_occurrence: Callable[..., Any], *, is_closed: bool) -> None:
    now = datetime.now().astimezone()
    closed_on = now.date() - timedelta(days=1) if is_closed else None
    member = make_member(make_institution(closed_on=closed_on))
    draft = drafts.begin(member.institution, "project", language="lv", by=member.user, now=now)
    occurrence = make_occurrence(starts_at=now + timedelta(days=3))
    browser = browser_of(member.user)
    browser.post(f"{DESK}/piedavajums/sakt/", {"kind": "activity"})
    group = browser.get(f"{DESK}/grupas/jauna/{occurrence.pk}/")
    sent = browser.post(f"{DESK}/ieceres/{draft.pk}/iesniegt/", {"title": "A", "summary": "B", "revision": "0"})
    begun = Proposal.objects.filter(kind="activity").exists()
    draft.refresh_from_db()
    assert (begun, group.status_code, draft.state) == ((False, 302, "draft") if is_closed else (True, 200, "proposed"))
    assert sent.status_code == 302
    assert not Registration.objects.exists()
    words = browser.get(f"{DESK}/", follow=True).content.decode()
    assert ("Iestāde ir slēgta" in words) is is_closed
    assert browser.get(f"{DESK}/kas-nak/").status_code == 200
