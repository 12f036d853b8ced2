"""All public pages with starting data and demonstration: they answer in three languages and tell nothing hidden."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from activities.models import Activity
from kopiena.demo import loading
from kopiena.start.loading import load as load_start
from partners.models import Institution, Project

LISTS = (
    "/",
    "/kalendars/",
    "/kalendars/2020-01/",
    "/kalendars/2027-02/",
    "/kalendars/2027-03/",
    "/kalendars/2027-04/",
    "/kalendars/2027-n09/",
    "/kalendars/2027-03/dienas/",
    "/aktivitates/",
    "/plans/2020/",
    "/plans/2027/",
    "/plans/2028/",
    "/iestades/",
    "/projekti/",
    "/par-mums/",
    "/par-mums/iestadem/",
)
LANGUAGES = {"lv": "", "ru": "/ru", "en": "/en"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def _all_loaded(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(loading, "sign_up_guests", lambda *_: 0)
    load_start()
    loading.load(now)


def addresses() -> list[str]:
    rows = (*Institution.objects.all(), *Project.objects.all(), *Activity.objects.public().filter(is_demo=False))
    return [*LISTS, *(row.get_absolute_url() for row in rows)]


@pytest.mark.usefixtures("_all_loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_tells_of_what_is_invited_or_discreet(client: Client, language: str, now: datetime) -> None:
    hidden = Activity.objects.exclude(audience=Activity.Audience.OPEN)
    telling = {row.slug for row in hidden} | {
        getattr(row, f"{text}_{code}") for row in hidden for text in ("title", "summary") for code in LANGUAGES
    }
    assert len(telling) == 21  # three activities: an address, and two texts in three languages each

    with time_machine.travel(now, tick=False):
        for address in addresses():
            response = client.get(LANGUAGES[language] + address)
            page = response.content.decode()
            assert response.status_code == 200, address
            assert not [text for text in telling if text in page], address


@pytest.mark.usefixtures("_all_loaded")
def test_what_is_invited_or_discreet_answers_as_if_it_were_not_there(client: Client) -> None:
    for activity in Activity.objects.exclude(audience=Activity.Audience.OPEN):
        assert client.get(activity.get_absolute_url()).status_code == 404
        for occurrence in activity.occurrences.all():
            assert client.get(occurrence.get_sign_up_url()).status_code == 404
