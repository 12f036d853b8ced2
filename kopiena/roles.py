"""Roles as data: which group of the staff may do what. `manage.py roles` gives them their rights."""

# A migration cannot do it: on a fresh database the permissions are made only after the last one.

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_noop

COORDINATOR = gettext_noop("Coordinator")
HELPER = gettext_noop("Helper")
AUDITOR = gettext_noop("Auditor")


def rights(app: str, deeds: Iterable[str], *models: str) -> frozenset[str]:
    """ "partners.view_project" and so on: each deed on each model of the app."""
    return frozenset(f"{app}.{deed}_{model}" for deed in deeds for model in models)


LOOK = ["view"]
EDIT = ["view", "add", "change", "delete"]

WHAT_IS_OFFERED = ("activity", "occurrence", "meeting", "need", "venue", "room")

ROLES: dict[str, frozenset[str]] = {
    # Plans and runs everything. Registrations and places she changes through the gate, so here she only looks at
    # them. Makes and keeps staff accounts, but deletes none: the log names them; an account is switched off.
    COORDINATOR: frozenset({"floor.coordinate"})
    | rights("floor", ["view", "change"], "centre")
    | rights("floor", EDIT, "supporter")
    | rights("floor", ["view", "add", "change"], "user")
    | rights("floor", LOOK, "notice")
    | rights("partners", EDIT, "institution", "membership", "project")
    | rights("partners", ["view", "add", "change"], "invitation")
    | rights("partners", ["view", "change"], "joinrequest")
    | rights("activities", ["view", "change"], "proposal")
    | rights("activities", EDIT, *WHAT_IS_OFFERED)
    | rights("activities", LOOK, "capacity")
    | rights("families", LOOK, "signup", "registration", "participant", "attendance"),
    # Stands at the door: what, where, and who comes by name; no phone, no e-mail, nothing discreet, nothing to change.
    HELPER: rights("activities", LOOK, *WHAT_IS_OFFERED, "capacity")
    | rights("partners", LOOK, "institution", "project")
    | rights("families", LOOK, "registration", "participant", "attendance"),
    # Answers to the funder: what was offered, how many places were taken and how many came; nobody's name or contact.
    AUDITOR: rights("activities", LOOK, *WHAT_IS_OFFERED, "capacity")
    | rights("partners", LOOK, "institution", "project")
    | rights("families", LOOK, "attendance")
    | rights("floor", LOOK, "centre", "supporter"),
}


class UnknownRight(Exception):
    """A right named here does not exist in the database."""


@transaction.atomic
def set_rights() -> list[str]:
    """Make each group and give it exactly its rights; returns a line for each change, none when all was so already."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    if unknown := sorted(frozenset().union(*ROLES.values()) - known.keys()):
        raise UnknownRight(f"No such right: {', '.join(unknown)}. Has the database been migrated?")
    changes: list[str] = []
    for name, wanted in ROLES.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            changes.append(f"{name}: made")
        had = {f"{app}.{code}" for app, code in group.permissions.values_list("content_type__app_label", "codename")}
        changes += [f"{name}: may {right}" for right in sorted(wanted - had)]
        changes += [f"{name}: may no longer {right}" for right in sorted(had - wanted)]
        if had != wanted:
            group.permissions.set([known[right] for right in wanted])
    return changes
