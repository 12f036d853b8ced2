"""The letter of invitation: what it says in each language, and when there is no point in it any more."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from kopiena.floor.models import Notice, User
from kopiena.floor.outbox import Pointless, kind_of, sending
from kopiena.roles import COORDINATOR
from partners import inviting
from partners.models import Invitation
from tests.institutions import make_institution
from tests.office import signed_in

pytestmark = pytest.mark.django_db
SAYS = {
    "lv": ("Daugavpils 20-pii", "http://127.0.0.1:8000/ielugums/"),
    "ru": ("Даугавпилсский 20 д/с", "http://127.0.0.1:8000/ru/ielugums/"),
    "en": ("Daugavpils 20-pii", "http://127.0.0.1:8000/en/ielugums/"),
}


def invited(now: datetime, language: str = "lv") -> Invitation:
    institution = make_institution(name_ru="Даугавпилсский 20 д/с")
    return inviting.invite(institution, "anna@example.lv", "manager", language, by=None, now=now)


@pytest.mark.parametrize("language", SAYS)
def test_it_names_the_institution_and_leads_to_the_page_in_its_language(language: str) -> None:
    made = invited(timezone.now(), language)
    assert sending.send_due().counts["sent"] == 1
    message = mail.outbox[0]
    assert message.to == ["anna@example.lv"]
    with translation.override(language):
        role = made.get_role_display()
    for text in (*SAYS[language], inviting.link_of(made), role):
        assert text in message.body
    assert inviting.link_of(made) not in str(Notice.objects.values().get())


def test_taken_back_accepted_or_too_late_it_is_not_sent(now: datetime) -> None:
    made = invited(now)
    notice, letter = Notice.objects.get(), kind_of("invitation").letter
    assert letter(notice, now + inviting.VALID - timedelta(seconds=1)).ways
    reasons = []
    for state, moment in (({}, now + inviting.VALID), ({"revoked_at": now}, now), ({"accepted_at": now}, now)):
        Invitation.objects.update(revoked_at=None, accepted_at=None)
        Invitation.objects.update(**state)
        with pytest.raises(Pointless) as pointless:
            letter(notice, moment)
        reasons.append(pointless.value.reason)
    made.delete()
    with pytest.raises(Pointless) as pointless:
        letter(notice, now)
    assert [*reasons, pointless.value.reason] == ["too_late", "not_so", "not_so", "erased"]


def test_it_goes_to_the_address_it_was_written_for_alone(now: datetime) -> None:
    invited(now)
    Invitation.objects.update(email="other@example.lv")
    with pytest.raises(Pointless):
        kind_of("invitation").letter(Notice.objects.get(), now)


def test_the_office_can_look_at_it(now: datetime) -> None:
    invited(timezone.now())
    page = signed_in(COORDINATOR).get(f"/admin/floor/notice/{Notice.objects.get().pk}/change/")
    assert page.status_code == 200
    assert "anna@example.lv" in page.content.decode()
    assert not User.objects.filter(email="anna@example.lv").exists()
