"""Roles as data, and the commands that give rights and make the first coordinator."""

from io import StringIO
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from kopiena import roles
from kopiena.floor.access import is_coordinator
from kopiena.floor.models import User
from kopiena.roles import AUDITOR, COORDINATOR, HELPER, ROLES
from tests.office import staff

pytestmark = pytest.mark.django_db


def says(command: str, *args: Any) -> list[str]:
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue().splitlines()


def held(name: str) -> set[str]:
    rights = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{code}" for app, code in rights}


def test_each_group_has_exactly_its_rights() -> None:
    call_command("roles", stdout=StringIO())
    assert {name: held(name) for name in ROLES} == {name: set(rights) for name, rights in ROLES.items()}


def test_the_command_says_what_changed_and_the_second_time_nothing() -> None:
    said = says("roles")
    assert f"{COORDINATOR}: made" in said
    assert f"{COORDINATOR}: may floor.coordinate" in said
    assert says("roles") == []


def test_a_right_given_by_hand_is_taken_back_and_a_missing_one_given() -> None:
    roles.set_rights()
    helper = Group.objects.get(name=HELPER)
    helper.permissions.remove(Permission.objects.get(codename="view_registration"))
    helper.permissions.add(Permission.objects.get(codename="delete_user"))
    assert says("roles") == [
        "Helper: may families.view_registration",
        "Helper: may no longer floor.delete_user",
    ]


def test_a_right_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "ROLES", {HELPER: frozenset({"activities.view_nothing"})})
    with pytest.raises(CommandError, match=r"activities\.view_nothing"):
        call_command("roles")
    assert not Group.objects.exists()


def test_only_a_coordinator_coordinates() -> None:
    assert [is_coordinator(staff(role)) for role in (COORDINATOR, HELPER, AUDITOR)] == [True, False, False]


def test_a_coordinator_may_do_all_that_helpers_and_auditors_may() -> None:
    """She hands these roles out, and can hand out only what she holds."""
    assert ROLES[HELPER] <= ROLES[COORDINATOR]
    assert ROLES[AUDITOR] <= ROLES[COORDINATOR]


def test_helpers_and_auditors_change_nothing() -> None:
    for name in (HELPER, AUDITOR):
        assert all(right.split(".")[1].startswith("view_") for right in ROLES[name])


def test_no_contact_is_for_helpers_and_no_person_for_auditors() -> None:
    assert "families.view_signup" not in ROLES[HELPER]
    assert {right for right in ROLES[AUDITOR] if right.startswith("families.")} == {"families.view_attendance"}
    assert not any(right.endswith(("_user", "_membership")) for right in ROLES[HELPER] | ROLES[AUDITOR])


def test_nobody_may_write_what_the_gate_keeps() -> None:
    for rights in ROLES.values():
        gated = {right for right in rights if right.startswith("families.") or right.endswith("_capacity")}
        assert all(".view_" in right for right in gated)


# The first coordinator


def test_with_debug_and_nobody_there_the_first_coordinator_is_made_once(settings: Any) -> None:
    settings.DEBUG = True
    said = says("coordinator")
    email, password = (line.split()[1] for line in said)
    assert email == "coordinator@example.lv"
    assert [len(group) for group in password.split("-")] == [6, 6, 6]
    user = User.objects.get()
    assert user.check_password(password)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert is_coordinator(user)
    assert says("coordinator") == []


def test_without_debug_nothing_happens_unless_an_e_mail_is_named(settings: Any) -> None:
    settings.DEBUG = False
    assert says("coordinator") == []
    assert not User.objects.exists()


def test_an_e_mail_makes_that_coordinator_and_again_gives_a_new_password() -> None:
    first = says("coordinator", "Vita@Example.lv")
    second = says("coordinator", "vita@example.lv")
    assert first[0] == second[0] == "E-mail:   vita@example.lv"
    assert first[1] != second[1]
    assert User.objects.get().check_password(second[1].split()[1])


def test_a_new_password_lets_a_locked_out_person_in_again(rf: Any) -> None:
    says("coordinator", "vita@example.lv")
    AccessAttempt.objects.create(username="vita@example.lv", ip_address="192.0.2.1", failures_since_start=99)
    password = says("coordinator", "vita@example.lv")[1].split()[1]
    assert not AccessAttempt.objects.exists()
    assert authenticate(rf.post("/konts/login/"), email="vita@example.lv", password=password) is not None


@pytest.mark.parametrize("email", ["", "x", "a@b", "x" * 10_000])
def test_what_is_no_e_mail_is_refused(email: str) -> None:
    with pytest.raises(CommandError):
        call_command("coordinator", email)
    assert not User.objects.exists()
