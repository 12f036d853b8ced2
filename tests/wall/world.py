"""A neighbourhood with two institutions, and everybody who may knock at a door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from activities.models import Meeting, Occurrence, Proposal, Room, Venue
from activities.proposing import drafts
from families import links, registering
from families.models import Registration, SignUp
from families.parties import Party
from families.registering import Sender, Staff
from kopiena import roles
from kopiena.floor.models import Centre, Notice, User
from partners import inviting
from partners.models import Asking, Institution, Invitation, JoinRequest, Membership, Project

# In the order of the table's letters.
ROLES = ("visitor", "family", "editor of A", "editor of B", "manager of A", "helper", "auditor", "coordinator")
STAFF = {"helper": roles.HELPER, "auditor": roles.AUDITOR, "coordinator": roles.COORDINATOR}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class World:
    """What stands behind the addresses: all of it is institution A's, or the family's."""

    clients: dict[str, Client]
    users: dict[str, User]
    mine: Institution
    theirs: Institution
    occurrence: Occurrence
    registration: Registration
    sign_up: SignUp
    rows: dict[str, Any]

    @property
    def invited(self) -> str:
        """The link of an invitation of A to an address that nobody here has."""
        return inviting.link_of(self.rows["invitation"])

    def link(self, role: str) -> str:
        """The family's private link; in everybody else's hands a forged one."""
        return links.link_of(self.sign_up) if role == "family" else "f" * 40


def build(make_occurrence: Callable[..., Occurrence], now: datetime) -> World:
    """Two institutions with people, an activity of A with a date, a family that comes, and the staff."""
    roles.set_rights()
    mine, theirs = (
        Institution.objects.create(slug=f"iestade-{letter}", kind="preschool", short_name_lv=letter, name_lv=letter)
        for letter in "ab"
    )
    users = _people(mine, theirs)
    Centre.objects.get_or_create(pk=1, defaults={"name_lv": "Centrs"})
    project = Project.objects.create(slug="projekts-a", title_lv="Zaļā palodze", state="published")
    project.institutions.add(mine)
    occurrence = make_occurrence(slug="aktivitate-a", project=project, starts_at=now + timedelta(days=10))
    occurrence.activity.organisers.add(mine)
    sender = Sender(name="Anna", language="lv", email="anna@example.lv")
    sign_up = registering.register("", occurrence.pk, sender, Party(2), now=now)
    group = registering.register_for(
        "", occurrence.pk, sender, Party(1, 3), staff=Staff(users["coordinator"]), institution=mine, now=now
    )
    registration = Registration.objects.get(sign_up=sign_up)
    venue = Venue.objects.get(slug="mezgls")
    gone = make_occurrence(activity=occurrence.activity, starts_at=now - timedelta(days=2))
    Meeting.objects.create(
        occurrence=gone,
        starts_at=now - timedelta(days=1),
        ends_at=now - timedelta(hours=22),
        where="venue",
        venue=venue,
    )
    rows: dict[str, Any] = {
        "project": project,
        "group": Registration.objects.get(sign_up=group),
        **_at_the_desk(mine, theirs, project, users["editor of A"], now),
        "venue": venue,
        "room": Room.objects.create(venue=venue, name_lv="Zāle"),
        "meeting": Meeting.objects.get(occurrence=occurrence),
        "meeting gone": Meeting.objects.filter(occurrence=gone).earliest("starts_at"),
        "notice": Notice.objects.earliest("pk"),
        "proposal": _proposal(mine, users["editor of A"], now),
    }
    return World(_clients(users), users, mine, theirs, occurrence, registration, sign_up, rows)


def _proposal(mine: Institution, by: User, now: datetime) -> Proposal:
    """A project that A has sent to the centre."""
    written = {"title": "Zaļā palodze", "summary": "Audzējam lociņus."}
    begun = drafts.begin(mine, "project", language="lv", content=written, by=by, now=now)
    return drafts.propose(begun.pk, begun.revision, by=by, now=now)


def _at_the_desk(
    mine: Institution, theirs: Institution, project: Project, editor: User, now: datetime
) -> dict[str, Any]:
    """What A writes, asks and is asked."""
    later = now + timedelta(days=14)
    invitation = Invitation.objects.create(institution=mine, email="ilze@example.lv", created_at=now, expires_at=later)
    others = Project.objects.create(slug="projekts-b", title_lv="Kopīgs dārzs", state="published")
    others.institutions.add(theirs)
    JoinRequest.objects.create(
        institution_name="C", name="Olga", email="olga@example.lv", form_token="a" * 32, created_at=now
    )
    content = {"title": "Jauns projekts", "summary": "Viens teikums."}
    return {
        "draft": drafts.begin(mine, "project", language="lv", content=content, by=editor, now=now),
        "asking": Asking.objects.create(project=others, institution=mine, asked_by=theirs, asked_at=now),
        "invitation": invitation,
        "membership": Membership.objects.get(user=editor),
        "join request": JoinRequest.objects.get(),
    }


def _people(mine: Institution, theirs: Institution) -> dict[str, User]:
    users = {
        role: User.objects.create_user(f"{role.replace(' ', '-')}@example.lv".lower(), "a long enough secret")
        for role in ROLES[2:]
    }
    for role, group in STAFF.items():
        users[role].is_staff = True
        users[role].save()
        users[role].groups.add(Group.objects.get(name=group))
    acting = (("editor of A", mine, "editor"), ("editor of B", theirs, "editor"), ("manager of A", mine, "manager"))
    for role, institution, kind in acting:
        Membership.objects.create(institution=institution, user=users[role], role=kind)
    return users


def _clients(users: dict[str, User]) -> dict[str, Client]:
    clients = {role: Client(raise_request_exception=True) for role in ROLES}
    for role, user in users.items():
        clients[role].force_login(user, backend=BACKEND)
    return clients
