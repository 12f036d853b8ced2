"""Proposals in the office: read side by side, approved, returned, and by nobody but a coordinator."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from activities.models import Activity, Meeting, Proposal, Venue
from activities.proposing import drafts, project
from kopiena.floor.models import Notice, User
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners.models import Institution, Picture, Project
from tests.activities.proposing.story import activity, again, institution, person, published, sent
from tests.conftest import NOW
from tests.office import signed_in

pytestmark = pytest.mark.django_db
PAGES = ("change", "approve", "return", "venue", "preview")
STRANGERS = ("helper", "auditor", "member", "nobody")


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


def page(name: str, proposal: Proposal) -> str:
    return reverse(f"admin:activities_proposal_{name}", args=[proposal.pk])


def list_page() -> str:
    return reverse("admin:activities_proposal_changelist")


def read(client: Client, name: str, proposal: Proposal) -> str:
    response = client.get(page(name, proposal))
    assert response.status_code == 200
    return response.content.decode()


def browser_of(who: str, teacher: User) -> Client:
    if who in ("helper", "auditor"):
        return signed_in({"helper": HELPER, "auditor": AUDITOR}[who])
    client = Client()
    if who == "member":
        client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    return client


# Who may come in


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_sees_or_decides(teacher: User, who: str) -> None:
    proposal = sent(teacher)
    client = browser_of(who, teacher)
    signed = {"revision": proposal.revision, "note": "Nē.", "name": "Vieta"}
    for address in [*(page(name, proposal) for name in PAGES), list_page()]:
        for response in (client.get(address), client.post(address, signed)):
            assert response.status_code == 403 if who in ("helper", "auditor") else "/login/" in response["Location"]
    assert (again(proposal).state, Project.objects.count()) == ("proposed", 0)
    assert not Notice.objects.filter(kind__in=["approved", "returned"]).exists()


def test_who_may_look_only_decides_nothing(teacher: User) -> None:
    proposal = sent(teacher)
    user = User.objects.create_user("skatitaja@example.lv", is_staff=True)
    rights = Permission.objects.filter(codename__in=["coordinate", "view_proposal"])
    user.user_permissions.set(rights)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert page("approve", proposal) not in read(client, "change", proposal)
    for name in ("approve", "return", "venue"):
        assert client.post(page(name, proposal), {"revision": proposal.revision, "note": "Nē."}).status_code == 403
    assert again(proposal).state == "proposed"


def test_django_has_no_form_of_it(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    assert office.post(page("change", proposal), {"state": "approved"}).status_code == 403
    for name in ("add", "delete"):
        arguments = [] if name == "add" else [proposal.pk]
        assert office.post(reverse(f"admin:activities_proposal_{name}", args=arguments)).status_code == 403
    assert (again(proposal).state, Proposal.objects.count()) == ("proposed", 1)


@pytest.mark.parametrize("name", ["approve", "return", "venue", "preview"])
def test_what_is_not_there_is_not_found(office: Client, name: str) -> None:
    assert office.get(reverse(f"admin:activities_proposal_{name}", args=[999])).status_code == 404


# The list


def test_what_waits_stands_first_the_oldest_of_it_before_the_others(office: Client, teacher: User) -> None:
    rows = [sent(teacher, content={"title": f"Iecere {number}", "summary": "Ir."}) for number in range(4)]
    drafts.take_back(rows[0].pk)
    for row, day in zip(rows, (1, 20, 21, 1), strict=True):
        Proposal.objects.filter(pk=row.pk).update(proposed_at=NOW.replace(month=2, day=day))
    found = office.get(list_page()).context["cl"].result_list
    assert [row.title for row in found] == ["Iecere 3", "Iecere 1", "Iecere 2", "Iecere 0"]


def test_it_is_found_by_its_title_and_counts_few_questions(
    office: Client, teacher: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        sent(teacher, content={"title": f"Iecere {number}", "summary": "Ir."})
    found = office.get(list_page(), {"q": "iecere 4"}).context["cl"].result_list
    assert [row.title for row in found] == ["Iecere 4"]
    with django_assert_max_num_queries(12):
        office.get(list_page())


@pytest.mark.parametrize("query", ["q=%00", "o=9999999999", "state__exact=king", "p=99999999999", "institution__id=x"])
def test_what_a_list_cannot_be_asked_is_no_fault(office: Client, query: str) -> None:
    assert office.get(f"{list_page()}?{query}").status_code in (200, 302)


# Side by side


def test_a_change_stands_beside_what_is_published_and_is_marked_in_words(office: Client, teacher: User) -> None:
    there = published()
    content = {**project.content_of(there, "lv"), "summary": "Audzējam <b>lociņus</b>."}
    proposal = sent(teacher, content=content, project=there)
    shown = read(office, "change", proposal)
    for part in ("Publicēts pašlaik", "<del>sīpolus", "&lt;b&gt;lociņus", ">mainīts</strong>"):
        assert part in shown
    assert shown.count(">mainīts</strong>") == 1
    assert "{&#x27;" not in shown  # no machine's words


def taken_in(of: Institution) -> Picture:
    return Picture.objects.create(institution=of, width=800, height=600, declared_at=NOW, uploaded_at=NOW)


def test_another_picture_is_shown_beside_the_one_on_the_site(office: Client, teacher: User) -> None:
    ours, theirs = institution(), institution("13-vsk")
    old, new, foreign = taken_in(ours), taken_in(ours), taken_in(theirs)
    there = published(picture=old.name, picture_alt_lv="Sīpoli uz palodzes")
    content = project.content_of(there, "lv")
    proposal = sent(teacher, content=content, project=there)
    shown = read(office, "change", proposal)
    assert (old.key in shown, ">mainīts</strong>" in shown) == (True, False)
    for key, mark in ((new.key, "mainīts"), (foreign.key, "izņemts"), ("", "izņemts")):
        Proposal.objects.update(content={**content, "picture": key})
        shown = read(office, "change", proposal)
        assert (old.key in shown, new.key in shown) == (True, key == new.key)
        assert foreign.key not in shown
        assert f">{mark}</strong>" in shown


@pytest.mark.parametrize(
    "content", [{}, {"title": "A" * 5000, "story": None, "dates": "x"}, {"title": ["a"], "picture": ["b"]}]
)
@pytest.mark.parametrize("kind", ["project", "activity"])
def test_whatever_a_draft_holds_its_page_opens(office: Client, teacher: User, kind: str, content: Any) -> None:
    proposal = sent(teacher, kind=kind, content=content)
    for state in ("proposed", "draft"):
        Proposal.objects.filter(pk=proposal.pk).update(state=state)
        assert f"/{proposal.pk}/" in read(office, "change", proposal)


def test_the_preview_is_the_public_page_in_its_language_and_nothing_of_it_stays(office: Client, teacher: User) -> None:
    written = {"title": "Сказки на окне", "summary": "Читаем вместе."}
    proposal = sent(teacher, content=written, language="ru")
    response = office.get(page("preview", proposal))
    shown = response.content.decode()
    assert '<html lang="ru"' in shown
    assert "Сказки на окне" in shown
    assert f'href="{page("change", proposal)}"' in shown
    assert "no-store" in response["Cache-Control"]
    assert Project.objects.count() == 0


def test_the_way_back_from_the_preview_of_an_activity_leads_back(office: Client, teacher: User) -> None:
    proposal = sent(teacher, kind="activity", content=activity())
    assert f'href="{page("change", proposal)}"' in read(office, "preview", proposal)
    assert Activity.objects.count() == 0


def test_a_preview_that_cannot_be_made_says_why(office: Client, teacher: User) -> None:
    proposal = sent(teacher, content={"title": "", "summary": ""})
    response = office.get(page("preview", proposal), follow=True)
    assert response.redirect_chain[0][0] == page("change", proposal)
    assert [each.level_tag for each in response.context["messages"]] == ["error"]


# The deeds


def test_approved_by_one_button_it_is_published(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    assert 'name="revision" value="0"' in read(office, "approve", proposal)
    answer = office.post(page("approve", proposal), {"revision": "0"}, follow=True)
    assert "Apstiprināts un publicēts." in answer.content.decode()
    assert again(proposal).project == Project.objects.published().get()
    assert page("approve", proposal) not in read(office, "change", proposal)


def test_changed_since_the_page_was_opened_it_is_not_approved(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    Proposal.objects.update(revision=1)
    answer = office.post(page("approve", proposal), {"revision": "0"}).content.decode()
    assert "Kopš atvērāt šo lapu, tas ir mainīts." in answer
    assert 'name="revision" value="1"' in answer
    assert Project.objects.count() == 0


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "\x00", "1.5"])
def test_a_revision_nobody_sent_is_refused_in_a_sentence(office: Client, teacher: User, revision: str) -> None:
    proposal = sent(teacher)
    answer = office.post(page("approve", proposal), {"revision": revision})
    assert (answer.status_code, again(proposal).state) == (200, "proposed")
    assert 'role="alert"' in answer.content.decode()


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
    office.post(page("venue", proposal), {"venue": venue.pk})
    office.post(page("approve", proposal), {"revision": again(proposal).revision})
    assert Meeting.objects.get().venue == venue
    assert again(proposal).content["place"] == "Mūsu pagalms aiz skolas"
    assert list(Notice.objects.filter(kind="approved").values_list("recipient", flat=True)) == [teacher.email]


def test_a_new_venue_is_made_with_its_own_address_on_the_site(office: Client, teacher: User) -> None:
    proposal = elsewhere(teacher)
    office.post(page("venue", proposal), {"name": "20. PII pagalms", "address": "Bruģu iela 1"})
    made = Venue.objects.get()
    assert (made.slug, made.name_lv, made.address) == ("20-pii-pagalms", "20. PII pagalms", "Bruģu iela 1")
    assert again(proposal).content["where"] == f"v{made.pk}"
    assert office.get(page("venue", proposal)).status_code == 302  # nothing left to choose


@pytest.mark.parametrize(
    "data", [{}, {"venue": "999"}, {"venue": "x"}, {"name": "a" * 161}, {"name": "a\x00"}, {"address": "Iela 1"}]
)
def test_without_a_venue_nothing_is_chosen_nor_made(office: Client, teacher: User, data: dict[str, str]) -> None:
    proposal = elsewhere(teacher)
    answer = office.post(page("venue", proposal), data)
    assert answer.status_code == 200
    assert "office__error" in answer.content.decode()
    assert (Venue.objects.count(), again(proposal).revision) == (0, proposal.revision)


def test_both_a_known_and_a_new_one_are_asked_about(office: Client, teacher: User) -> None:
    proposal = elsewhere(teacher)
    venue = Venue.objects.create(slug="mezgls", name_lv="Mezgls")
    assert office.post(page("venue", proposal), {"venue": venue.pk, "name": "Cita"}).status_code == 200
    assert Venue.objects.count() == 1


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
