"""Institutions and projects: what the database refuses, who is open, what is published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F

from kopiena.floor.models import User
from partners.models import Asking, Institution, Invitation, JoinRequest, Membership, Picture, Project
from tests.refusals import Breaks, Change, ask, refused_by

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
DAY, DAY_BEFORE, DAY_AFTER = date(2027, 3, 1), date(2027, 2, 28), date(2027, 3, 2)
LATER = NOW + timedelta(hours=1)

BREAKS: Breaks = [
    ("institution_kind_is_known", lambda: Institution.objects.update(kind="shop")),
    ("institution_closes_after_it_joins", lambda: Institution.objects.update(joined_on=DAY, closed_on=DAY_BEFORE)),
    ("membership_once", lambda: Membership.objects.update(user=User.objects.earliest("pk"))),
    ("membership_role_is_known", lambda: Membership.objects.update(role="king")),
    ("project_state_is_known", lambda: Project.objects.update(state="lost")),
    ("project_ends_after_it_begins", lambda: Project.objects.update(begins_on=DAY, ends_on=DAY_BEFORE)),
    ("picture_key_is_random", lambda: Picture.objects.filter(width=1).update(key="0" * 31)),
    ("picture_key_is_random", lambda: Picture.objects.filter(width=1).update(key="../" + "0" * 29)),
    ("picture_key_is_random", lambda: Picture.objects.filter(width=1).update(key="A" * 32)),
    ("picture_has_a_size", lambda: Picture.objects.update(width=0)),
    ("picture_has_a_size", lambda: Picture.objects.update(height=0)),
    ("Picture.key", lambda: Picture.objects.update(key="a" * 32)),
    ("project_has_a_title", lambda: Project.objects.update(title_lv="")),
    ("asking_once", lambda: Asking.objects.update(institution=Institution.objects.get(slug="26-pii"))),
    ("asking_answered_says_when", lambda: Asking.objects.update(has_agreed=True)),
    ("asking_answered_says_when", lambda: Asking.objects.update(answered_at=NOW)),
    ("asking_is_of_another", lambda: Asking.objects.update(asked_by=F("institution"))),
    ("invitation_open_once", lambda: Invitation.objects.filter(email="b@example.lv").update(email="A@Example.lv")),
    ("invitation_role_is_known", lambda: Invitation.objects.update(role="king")),
    ("invitation_language_is_ours", lambda: Invitation.objects.update(language="de")),
    ("invitation_expires_after_it_is_made", lambda: Invitation.objects.update(expires_at=NOW)),
    ("invitation_taken_back_lets_nobody_in", lambda: Invitation.objects.update(accepted_at=LATER, revoked_at=LATER)),
    ("Invitation.link_id", lambda: Invitation.objects.update(link_id="a" * 32)),
    ("join_request_language_is_ours", lambda: JoinRequest.objects.update(language="de")),
    (
        "join_request_invited_says_when",
        lambda: JoinRequest.objects.filter(form_token="a").update(invitation=Invitation.objects.earliest("pk")),
    ),
    ("JoinRequest.form_token", lambda: JoinRequest.objects.update(form_token="a")),
    ("JoinRequest.invitation", lambda: answer_all_with(Invitation.objects.earliest("pk"))),
    ("Institution.slug", lambda: Institution.objects.update(slug="a")),
    ("Project.slug", lambda: Project.objects.update(slug="a")),
]

FITS: list[Change] = [
    *(lambda kind=kind: Institution.objects.update(kind=kind) for kind in Institution.Kind.values),
    *(lambda state=state: Project.objects.update(state=state) for state in Project.State.values),
    *(lambda role=role: Membership.objects.update(role=role) for role in Membership.Role.values),
    lambda: Institution.objects.update(joined_on=DAY, closed_on=DAY),
    lambda: Picture.objects.update(width=1, height=1, institution=None, uploaded_by=None),
    lambda: Picture.objects.filter(width=1).update(key="0123456789abcdef" * 2),
    lambda: Institution.objects.update(joined_on=None, closed_on=DAY),
    lambda: Project.objects.update(begins_on=DAY, ends_on=DAY),
    lambda: Project.objects.update(begins_on=DAY, ends_on=None),
    lambda: Project.objects.update(title_lv="", title_ru="Зелёный подоконник"),
    lambda: Project.objects.update(title_lv="", title_en="The green sill"),
    lambda: Asking.objects.update(has_agreed=False, answered_at=NOW),
    *(lambda role=role: Invitation.objects.update(role=role) for role in Membership.Role.values),
    *(lambda language=language: Invitation.objects.update(language=language) for language in ("lv", "ru", "en")),
    *(lambda language=language: JoinRequest.objects.update(language=language) for language in ("lv", "ru", "en")),
    lambda: Invitation.objects.update(expires_at=NOW + timedelta(microseconds=1)),
    lambda: Invitation.objects.update(accepted_at=LATER),
    lambda: Invitation.objects.update(revoked_at=LATER),
    lambda: again_after("revoked_at"),
    lambda: again_after("accepted_at"),
    lambda: Invitation.objects.filter(email="b@example.lv").update(email="a@example.lv", institution=other()),
    lambda: JoinRequest.objects.update(answered_at=LATER),
    lambda: JoinRequest.objects.filter(form_token="a").update(
        answered_at=LATER, invitation=Invitation.objects.earliest("pk")
    ),
]


def again_after(ended: str) -> None:
    """The same address invited once more, when the first invitation has come to its end."""
    Invitation.objects.filter(email="a@example.lv").update(**{ended: LATER})
    Invitation.objects.filter(email="b@example.lv").update(email="a@example.lv")


def answer_all_with(invitation: Invitation) -> None:
    JoinRequest.objects.update(answered_at=LATER, invitation=invitation)


def other() -> Institution:
    return Institution.objects.get(slug="13-vsk")


@pytest.fixture(autouse=True)
def partners() -> list[Institution]:
    """Two institutions with a project each, and two people who act for the first."""
    made = [make_institution(slug) for slug in ("20-pii", "13-vsk")]
    for institution in made:
        Project.objects.create(slug=institution.slug, title_lv="Zaļā palodze").institutions.add(institution)
    project = Project.objects.get(slug="20-pii")
    for asked in (made[1], make_institution("26-pii")):
        Asking.objects.create(project=project, institution=asked, asked_by=made[0], asked_at=NOW)
    for name in "ab":
        Membership.objects.create(institution=made[0], user=User.objects.create_user(f"{name}@example.lv"))
        Invitation.objects.create(
            institution=made[0], email=f"{name}@example.lv", created_at=NOW, expires_at=NOW + timedelta(days=14)
        )
        JoinRequest.objects.create(
            institution_name="20. PII", name="A", email="a@example.lv", form_token=name, created_at=NOW
        )
    for width in (1, 1200):
        Picture.objects.create(institution=made[0], width=width, height=1, declared_at=NOW, uploaded_at=NOW)
    return made


def make_institution(slug: str, closed_on: date | None = None) -> Institution:
    return Institution.objects.create(
        slug=slug, kind="preschool", short_name_lv=slug, name_lv=f"Daugavpils {slug}", closed_on=closed_on
    )


@pytest.mark.parametrize(("constraint", "change"), BREAKS)
def test_the_database_refuses(constraint: str, change: Change) -> None:
    model, _, field = constraint.partition(".")
    refused = refused_by(change)
    assert refused == constraint if not field else refused.startswith(f"partners_{model.lower()}_{field}_")


@pytest.mark.parametrize("change", FITS)
def test_the_database_accepts_what_just_fits(change: Change) -> None:
    ask(change)


@pytest.mark.parametrize(
    ("closed_on", "is_closed"), [(None, False), (DAY_AFTER, False), (DAY, True), (DAY_BEFORE, True)]
)
def test_an_institution_is_closed_from_the_day_it_closes(closed_on: date | None, is_closed: bool) -> None:
    institution = make_institution("3-pii", closed_on)
    assert institution.is_closed(DAY) is is_closed
    assert Institution.objects.open_on(DAY).filter(pk=institution.pk).exists() is not is_closed


def test_only_published_projects_are_published() -> None:
    Project.objects.all().delete()
    for state in Project.State.values:
        Project.objects.create(slug=state, title_lv=state, state=state)
    assert [project.state for project in Project.objects.published()] == ["published"]


def test_a_project_of_several_institutions_stands_at_each(partners: list[Institution]) -> None:
    project = Project.objects.create(slug="kopa", title_lv="Kopā")
    project.institutions.set(partners)
    assert [project in institution.projects.all() for institution in partners] == [True, True]


def test_addresses_are_made_of_the_slug(partners: list[Institution]) -> None:
    assert partners[0].get_absolute_url() == "/iestades/20-pii/"
    assert partners[0].projects.get().get_absolute_url() == "/projekti/20-pii/"


def test_whoever_acts_for_an_institution_is_not_named_in_the_log() -> None:
    member = Membership.objects.earliest("pk")
    assert str(member) == f"#{member.pk}"
