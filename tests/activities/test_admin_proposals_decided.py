"""Proposals decided in the office: approved, returned, a place in words made a venue; and where else they are seen."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from activities.models import Meeting, Proposal, Venue
from activities.proposing import drafts
from kopiena.floor.models import Notice, User
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners.models import Project
from tests.activities.proposing.office import list_page, page, read
from tests.activities.proposing.story import activity, again, person, sent
from tests.conftest import NOW
from tests.office import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def teacher() -> User:
    return person()


@pytest.fixture
def office() -> Client:
    return signed_in(COORDINATOR)


# The deeds


def test_approved_by_one_button_it_is_published(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    link = f"{page('approve', proposal)}?revision=0"
    assert link in read(office, "change", proposal)
    assert 'name="revision" value="0"' in office.get(link).content.decode()
    answer = office.post(page("approve", proposal), {"revision": "0"}, follow=True)
    assert "Apstiprināts un publicēts." in answer.content.decode()
    assert again(proposal).project == Project.objects.published().get()
    assert page("approve", proposal) not in read(office, "change", proposal)


def test_changed_since_the_page_was_opened_it_is_not_approved(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    Proposal.objects.update(revision=1)
    for ask in (office.get, office.post):
        answer = ask(page("approve", proposal), {"revision": "0"}, follow=True)
        assert answer.redirect_chain == [(page("change", proposal), 302)]  # where the new words are read
        assert "Kopš atvērāt šo lapu, tas ir mainīts." in answer.content.decode()
    assert Project.objects.count() == 0


def test_what_the_institution_took_back_is_asked_about_no_more(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    drafts.take_back(proposal.pk)
    for ask in (office.get, office.post):
        answer = ask(page("approve", proposal), {"revision": "0"}, follow=True).content.decode()
        assert "Tas vairs negaida atbildi" in answer
        assert "Jā, apstiprināt" not in answer


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "\x00", "1.5"])
def test_a_revision_nobody_sent_is_refused_in_a_sentence(office: Client, teacher: User, revision: str) -> None:
    proposal = sent(teacher)
    for ask in (office.get, office.post):
        answer = ask(page("approve", proposal), {"revision": revision}, follow=True)
        assert again(proposal).state == "proposed"
        assert "Kopš atvērāt šo lapu, tas ir mainīts." in answer.content.decode()


def test_returned_with_its_note(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    office.post(page("return", proposal), {"note": "Lūdzu, pierakstiet laiku."})
    assert (again(proposal).state, again(proposal).note) == ("returned", "Lūdzu, pierakstiet laiku.")
    assert "Lūdzu, pierakstiet laiku." in read(office, "change", proposal)


@pytest.mark.parametrize(
    ("note", "kept"),
    [("", ""), ("   ", "   "), ("a" * 2001, "a" * 2001), ("a\x00b", "")],
    ids=["no", "blank", "long", "nul"],
)
def test_a_note_that_will_not_do_is_refused_and_kept(office: Client, teacher: User, note: str, kept: str) -> None:
    proposal = sent(teacher)
    answer = office.post(page("return", proposal), {"note": note})
    assert (answer.status_code, again(proposal).state) == (200, "proposed")
    assert kept in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


# A place in words


def seen(proposal: Proposal) -> dict[str, int]:
    return {"revision": proposal.revision}


def elsewhere(teacher: User) -> Proposal:
    content = activity(where="elsewhere", place="Mūsu pagalms aiz skolas")
    return sent(teacher, kind="activity", content=content)


def test_a_place_in_words_becomes_a_known_venue_and_then_it_can_be_approved(office: Client, teacher: User) -> None:
    proposal = elsewhere(teacher)
    venue = Venue.objects.create(slug="mezgls", name_lv="Mezgls")
    shown = read(office, "change", proposal)
    assert page("venue", proposal) in shown
    assert page("approve", proposal) not in shown
    assert "Mūsu pagalms aiz skolas" in read(office, "venue", proposal)
    office.post(page("venue", proposal), {"venue": venue.pk, "revision": proposal.revision})
    office.post(page("approve", proposal), {"revision": again(proposal).revision})
    assert Meeting.objects.get().venue == venue
    assert again(proposal).content["place"] == "Mūsu pagalms aiz skolas"
    assert list(Notice.objects.filter(kind="approved").values_list("recipient", flat=True)) == [teacher.email]


def test_a_new_venue_is_made_with_its_own_address_on_the_site(office: Client, teacher: User) -> None:
    proposal = elsewhere(teacher)
    office.post(page("venue", proposal), {**seen(proposal), "name": "20. PII pagalms", "address": "Bruģu iela 1"})
    made = Venue.objects.get()
    assert (made.slug, made.name_lv, made.address) == ("20-pii-pagalms", "20. PII pagalms", "Bruģu iela 1")
    assert again(proposal).content["where"] == f"v{made.pk}"
    assert office.get(page("venue", proposal)).status_code == 302  # nothing left to choose


@pytest.mark.parametrize(
    "data", [{}, {"venue": "999"}, {"venue": "x"}, {"name": "a" * 161}, {"name": "a\x00"}, {"address": "Iela 1"}]
)
def test_without_a_venue_nothing_is_chosen_nor_made(office: Client, teacher: User, data: dict[str, str]) -> None:
    proposal = elsewhere(teacher)
    answer = office.post(page("venue", proposal), {**seen(proposal), **data})
    assert answer.status_code == 200
    assert "office__error" in answer.content.decode()
    assert (Venue.objects.count(), again(proposal).revision) == (0, proposal.revision)


def test_both_a_known_and_a_new_one_are_asked_about(office: Client, teacher: User) -> None:
    proposal = elsewhere(teacher)
    venue = Venue.objects.create(slug="mezgls", name_lv="Mezgls")
    both = {**seen(proposal), "venue": venue.pk, "name": "Cita"}
    assert office.post(page("venue", proposal), both).status_code == 200
    assert Venue.objects.count() == 1


@pytest.mark.parametrize("revision", ["", "x", "1"])
def test_a_venue_is_not_chosen_for_words_nobody_read(office: Client, teacher: User, revision: str) -> None:
    proposal = elsewhere(teacher)
    content = {**proposal.content, "place": "Pavisam cita zāle"}
    Proposal.objects.update(revision=proposal.revision + 2, content=content)
    answer = office.post(page("venue", proposal), {"revision": revision, "name": "Zāle A"}).content.decode()
    for part in ("Kopš atvērāt šo lapu, tas ir mainīts.", "Pavisam cita zāle", 'value="Zāle A"'):
        assert part in answer
    assert (Venue.objects.count(), again(proposal).content["where"]) == (0, "elsewhere")


# Where else it is seen


def test_the_first_page_counts_what_waits_and_leads_to_it(office: Client, teacher: User) -> None:
    assert "Iestāžu piedāvājumi gaida" not in office.get("/admin/").content.decode()
    for number in range(2):
        sent(teacher, content={"title": f"Iecere {number}", "summary": "Ir."})
    shown = office.get("/admin/").content.decode()
    assert f'href="{list_page()}?state__exact=proposed">Iestāžu piedāvājumi gaida: 2</a>' in shown
    for role in (HELPER, AUDITOR):
        assert "Iestāžu piedāvājumi" not in signed_in(role).get("/admin/").content.decode()


def test_the_list_of_notices_leads_to_the_proposal_and_to_the_institution(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    about = f"institution:{proposal.institution_id}:2027-03-26:user:{teacher.pk}"
    Notice.objects.create(about=about, kind="tomorrow", recipient=teacher.email)
    Notice.objects.create(about="institution:99999:2027-03-26:user:1", kind="tomorrow", recipient=teacher.email)
    Notice.objects.create(about="proposal:99999:user:1", kind="returned", recipient=teacher.email)
    shown = office.get(reverse("admin:floor_notice_changelist")).content.decode()
    assert f'<a href="{page("change", proposal)}">Zaļā palodze</a>' in shown
    institution = reverse("admin:partners_institution_change", args=[proposal.institution_id])
    assert f'<a href="{institution}">20. PII</a><br>' in shown
