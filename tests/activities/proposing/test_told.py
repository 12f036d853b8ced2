"""Who is told of a proposal and its answer, in which language, and when there is nothing to tell any more."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation

from activities.models import Proposal
from activities.proposing import deciding, drafts
from kopiena.floor.models import Centre, Notice, User
from kopiena.floor.outbox import Letter, Pointless, kind_of
from kopiena.roles import COORDINATOR, HELPER
from partners.models import Membership, Project
from tests.activities.proposing.story import again, institution, person, sent
from tests.conftest import NOW
from tests.gate import boss
from tests.office import staff

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOTE = "Lūdzu, pierakstiet, kurā laikā nākt."


@pytest.fixture
def teacher() -> User:
    return person(language="ru")


def told(kind: str) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("recipient", "language"))


def notice(kind: str) -> Notice:
    return Notice.objects.filter(kind=kind).latest("pk")


def letter(row: Notice) -> Letter:
    with translation.override(row.language):
        return kind_of(row.kind).letter(row, NOW + HOUR)


def text(row: Notice) -> str:
    """The letter as it goes over the wire, without its HTML."""
    with translation.override(row.language):
        return str(letter(row).message(row, None, NOW).body)


def returned(by: User) -> Proposal:
    return deciding.send_back(sent(by).pk, NOTE, by=boss(), now=NOW)


def test_the_office_is_told_of_what_is_sent_in_latvian_and_nobody_else(teacher: User) -> None:
    coordinators = [staff(COORDINATOR), staff(COORDINATOR)]
    staff(HELPER)
    staff(COORDINATOR, is_active=False)
    proposal = sent(teacher)
    assert told("proposed") == [(each.email, "lv") for each in coordinators]
    words = text(notice("proposed"))
    for part in ("Zaļā palodze", "20. PII", f"{settings.SITE_URL}/admin/activities/proposal/{proposal.pk}/change/"):
        assert part in words
    assert "ilze" not in words


def test_where_nobody_coordinates_the_centre_is_told(teacher: User) -> None:
    Centre.objects.update_or_create(pk=1, defaults={"name_lv": "Centrs", "email": "centrs@example.lv"})
    sent(teacher)
    assert told("proposed") == [("centrs@example.lv", "lv")]
    assert letter(notice("proposed")).subject == "Gaida apstiprinājumu: Zaļā palodze"


def test_sent_once_more_without_a_change_the_office_hears_of_it_once_more(teacher: User) -> None:
    staff(COORDINATOR)
    proposal = sent(teacher)
    first = notice("proposed")
    drafts.take_back(proposal.pk)
    with pytest.raises(Pointless):
        letter(first)
    drafts.propose(proposal.pk, proposal.revision, by=teacher, now=NOW + HOUR)
    assert len(told("proposed")) == 2
    assert Notice.objects.get(pk=first.pk).state == "withdrawn"  # nobody had sent it
    assert letter(notice("proposed")).subject


def test_who_no_longer_coordinates_reads_nothing(teacher: User) -> None:
    coordinator = staff(COORDINATOR)
    sent(teacher)
    staff(COORDINATOR)
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    with pytest.raises(Pointless):
        letter(Notice.objects.get(kind="proposed", recipient=coordinator.email))


def test_what_is_rolled_back_was_never_told(teacher: User) -> None:
    staff(COORDINATOR)
    proposal = sent(teacher)
    Notice.objects.all().delete()
    with pytest.raises(drafts.NotNow):
        drafts.propose(proposal.pk, proposal.revision + 1, by=teacher, now=NOW)
    assert told("proposed") == []


def test_what_is_sent_twice_is_told_once(teacher: User) -> None:
    staff(COORDINATOR)
    proposal = sent(teacher)
    again = drafts.propose(proposal.pk, proposal.revision, by=teacher, now=NOW + HOUR)
    assert (again.proposed_at, len(told("proposed"))) == (proposal.proposed_at, 1)


def test_who_sent_it_hears_the_note_in_their_own_language_with_the_way_to_it(teacher: User) -> None:
    person("vadiba@example.lv", role="manager")
    proposal = returned(teacher)
    assert told("returned") == [("ilze@example.lv", "ru")]
    words = text(notice("returned"))
    page = f"{settings.SITE_URL}/ru/musu-iestade/20-pii/ieceres/{proposal.pk}/"
    for part in ("Возвращено на доработку", NOTE, "20-й детский сад", page):
        assert part in f"{letter(notice('returned')).subject}\n{words}"
    assert notice("returned").details.keys() == {"at"}  # nobody's name, not the note either


def test_approved_they_hear_where_everybody_sees_it(teacher: User) -> None:
    proposal = sent(teacher)
    deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert told("approved") == [("ilze@example.lv", "ru")]
    words = text(notice("approved"))
    assert f"{settings.SITE_URL}/ru/projekti/zala-palodze/" in words
    assert letter(notice("approved")).subject == "Одобрено: Zaļā palodze"
    Project.objects.update(state="archived")
    assert "/projekti/" not in text(notice("approved"))


@pytest.mark.parametrize("manages", [True, False])
@pytest.mark.parametrize("how", ["removed", "disabled", "gone"])
def test_where_who_sent_it_left_the_managers_hear_it_else_everybody(teacher: User, how: str, manages: bool) -> None:
    proposal = sent(teacher)
    person("otra@example.lv")
    person("tresa@example.lv", role="manager" if manages else "editor")
    person("cita@example.lv", of=institution("13-vsk"), role="manager")
    leaves = {
        "removed": lambda: Membership.objects.filter(user=teacher).delete(),
        "disabled": lambda: User.objects.filter(pk=teacher.pk).update(is_active=False),
        "gone": lambda: User.objects.filter(pk=teacher.pk).delete(),
    }
    leaves[how]()
    deciding.send_back(proposal.pk, NOTE, by=boss(), now=NOW)
    everybody = [("otra@example.lv", "lv"), ("tresa@example.lv", "lv")]
    assert told("returned") == (everybody[1:] if manages else everybody)


def test_removed_after_it_was_owed_they_get_nothing_stale(teacher: User) -> None:
    returned(teacher)
    Membership.objects.all().delete()
    with pytest.raises(Pointless):
        letter(notice("returned"))


def test_sent_again_before_the_letter_left_there_is_nothing_to_return(teacher: User) -> None:
    proposal = returned(teacher)
    drafts.propose(proposal.pk, proposal.revision, by=teacher, now=NOW + HOUR)
    with pytest.raises(Pointless):
        letter(notice("returned"))
    deciding.send_back(proposal.pk, "Vēl kaut kas.", by=boss(), now=NOW + 2 * HOUR)
    assert [row.state for row in Notice.objects.filter(kind="returned").order_by("pk")] == ["withdrawn", "owed"]
    assert "Vēl kaut kas." in text(notice("returned"))


def test_of_what_is_gone_nothing_is_told(teacher: User) -> None:
    proposal = returned(teacher)
    again(proposal).delete()
    with pytest.raises(Pointless):
        letter(notice("returned"))


@pytest.mark.parametrize("language", ["lv", "ru", "en"])
def test_each_letter_is_whole_in_each_language(language: str) -> None:
    staff(COORDINATOR)
    teacher = person(language=language)
    back = returned(teacher)
    kept = letter(notice("returned"))
    drafts.propose(back.pk, back.revision, by=teacher, now=NOW)
    deciding.approve(back.pk, back.revision, by=boss(), now=NOW)
    done = letter(notice("approved"))
    hello = {"lv": "Labdien!", "ru": "Здравствуйте!", "en": "Hello!"}[language]
    assert (kept.greeting, done.greeting) == (hello, hello)
    words = {"lv": "Atvērt un labot", "ru": "Открыть и доработать", "en": "Open and mend it"}[language]
    assert kept.ways[0].words == words
    html = letter(notice("approved")).message(notice("approved"), None, NOW).alternatives[0][0]
    assert "Zaļā palodze" in str(html)
