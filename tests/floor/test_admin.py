"""The floor in the admin: the centre's one row, staff accounts, and every page of the office in Latvian."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise

from activities.models import Occurrence
from kopiena.floor.models import Centre, User
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import signed_in, staff

pytestmark = pytest.mark.django_db

PERSON = {"email": "Jauna@Example.lv", "name": "", "password1": "garagaraparole1", "password2": "garagaraparole1"}


@pytest.fixture
def centre() -> Centre:
    return Centre.objects.get_or_create(pk=1, defaults={"name_lv": "Centrs"})[0]


@pytest.mark.parametrize("role", [None, COORDINATOR, HELPER, AUDITOR])
def test_every_list_and_form_opens_for_those_who_may_and_for_nobody_else(
    role: str | None, make_occurrence: Callable[..., Occurrence], centre: Centre
) -> None:
    make_occurrence()
    client = signed_in(role)
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        request = client.get(reverse("admin:index")).wsgi_request
        may = [model_admin.has_view_or_change_permission(request), model_admin.has_add_permission(request)]
        answers = [client.get(reverse(f"{name}_changelist"), follow=True), client.get(reverse(f"{name}_add"))]
        assert [answer.status_code for answer in answers] == [200 if allowed else 403 for allowed in may], name


def test_every_label_of_the_office_is_one_of_the_words_to_translate() -> None:
    for model in admin.site._registry:
        labels = [field.verbose_name for field in model._meta.fields if field.editable and not field.primary_key]
        names = [model._meta.verbose_name, model._meta.verbose_name_plural, model._meta.app_config.verbose_name]
        assert all(isinstance(label, Promise) for label in labels + names), model


def test_people_are_filtered_by_the_latvian_names_of_their_roles() -> None:
    client, helper = signed_in(), staff(HELPER)
    page = client.get("/admin/floor/user/").content.decode().split('id="changelist-filter"')[1]
    roles = page.split('data-filter-title="lomas"')[1].split("</details>")[0]
    assert [name in roles for name in ("Koordinators", "Palīgs", COORDINATOR, HELPER)] == [True, True, False, False]
    found = client.get("/admin/floor/user/", {"groups__id__exact": helper.groups.get().pk}).context["cl"]
    assert [user.pk for user in found.queryset] == [helper.pk]


def test_the_office_is_behind_the_sign_in() -> None:
    answer = Client().get("/admin/")
    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]
    assert Client().get(answer["Location"])["Location"].startswith("/konts/login/")


def test_someone_without_staff_rights_is_refused() -> None:
    client = Client()
    user = User.objects.create_user("family@example.lv", "a long enough secret")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_office_speaks_latvian_and_bears_the_name() -> None:
    page = signed_in(COORDINATOR).get("/admin/").content.decode()
    assert '<html lang="lv"' in page
    assert "Kopiena" in page


def test_no_page_of_the_admin_lists_groups_mail_addresses_or_wrong_guesses() -> None:
    labels = {model._meta.label for model in admin.site._registry}
    assert labels == {
        "floor.Centre",
        "floor.Notice",
        "floor.User",
        "partners.Institution",
        "partners.JoinRequest",
        "partners.Project",
        "activities.Activity",
        "activities.Occurrence",
        "activities.Proposal",
        "activities.Capacity",
        "activities.Venue",
        "activities.Room",
        "families.Registration",
        "families.Participant",
        "families.SignUp",
    }


def test_the_centre_opens_its_one_row_and_cannot_be_added_or_deleted(centre: Centre) -> None:
    client = signed_in()
    answer = client.get(reverse("admin:floor_centre_changelist"))
    assert answer["Location"] == reverse("admin:floor_centre_change", args=[1])
    assert client.get(reverse("admin:floor_centre_add")).status_code == 403
    assert client.post(reverse("admin:floor_centre_delete", args=[1]), {"post": "yes"}).status_code == 403


def test_a_coordinator_makes_an_account_that_may_do_nothing_yet() -> None:
    answer = signed_in(COORDINATOR).post(reverse("admin:floor_user_add"), PERSON)
    made = User.objects.get(email="jauna@example.lv")
    assert answer.status_code == 302
    assert (made.is_staff, made.is_superuser, made.groups.count()) == (False, False, 0)
    assert made.check_password("garagaraparole1")


def test_the_same_mail_in_other_letters_is_refused_beside_the_field() -> None:
    client = signed_in(COORDINATOR)
    client.post(reverse("admin:floor_user_add"), PERSON)
    answer = client.post(reverse("admin:floor_user_add"), {**PERSON, "email": "JAUNA@example.LV"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors


def test_a_coordinator_cannot_raise_anybody_to_superuser() -> None:
    client, helper = signed_in(COORDINATOR), staff(HELPER)
    address = reverse("admin:floor_user_change", args=[helper.pk])
    assert "is_superuser" not in client.get(address).content.decode()
    sent = {"email": helper.email, "is_staff": "on", "is_active": "on", "is_superuser": "on", "user_permissions": ["1"]}
    assert client.post(address, sent).status_code == 302
    helper.refresh_from_db()
    assert not helper.is_superuser
    assert not helper.user_permissions.exists()


def test_a_coordinator_cannot_hand_out_rights_she_lacks() -> None:
    client, helper = signed_in(COORDINATOR), staff(HELPER)
    beyond = Group.objects.create(name="Beyond")
    beyond.permissions.add(*_right("delete_user"))
    sent = {"email": helper.email, "is_staff": "on", "is_active": "on", "groups": [beyond.pk]}
    answer = client.post(reverse("admin:floor_user_change", args=[helper.pk]), sent)
    assert "groups" in answer.context["adminform"].form.errors
    assert not helper.groups.filter(pk=beyond.pk).exists()


def test_a_coordinator_gives_the_roles_of_the_house() -> None:
    client, helper = signed_in(COORDINATOR), staff(HELPER)
    group = Group.objects.get(name=COORDINATOR)
    sent = {"email": helper.email, "is_staff": "on", "is_active": "on", "groups": [group.pk]}
    assert client.post(reverse("admin:floor_user_change", args=[helper.pk]), sent).status_code == 302
    assert list(helper.groups.all()) == [group]


def test_a_coordinator_can_take_over_nobody_who_may_do_more() -> None:
    client, chief, stronger = signed_in(COORDINATOR), staff(), staff(HELPER)
    stronger.user_permissions.add(*_right("delete_user"))
    through_group = staff(HELPER)
    beyond = Group.objects.create(name="Beyond")
    beyond.permissions.add(*_right("delete_user"))
    through_group.groups.add(beyond)
    for user in (chief, stronger, through_group):
        assert (
            client.post(reverse("admin:floor_user_change", args=[user.pk]), {"email": "x@example.lv"}).status_code
            == 403
        )
        assert client.get(f"/admin/floor/user/{user.pk}/password/").status_code == 403
    assert client.get(f"/admin/floor/user/{staff(HELPER).pk}/password/").status_code == 200


def test_nobody_shuts_herself_out() -> None:
    user = staff(COORDINATOR)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("admin:floor_user_change", args=[user.pk]), {"email": user.email}).status_code == 302
    user.refresh_from_db()
    assert (user.is_staff, user.is_active, user.groups.count()) == (True, True, 1)


def test_an_account_is_switched_off_and_never_deleted_by_a_coordinator() -> None:
    helper = staff(HELPER)
    answer = signed_in(COORDINATOR).post(reverse("admin:floor_user_delete", args=[helper.pk]), {"post": "yes"})
    assert answer.status_code == 403


def test_the_log_names_nobody() -> None:
    signed_in(COORDINATOR).post(reverse("admin:floor_user_add"), {**PERSON, "name": "Zane"})
    entry = LogEntry.objects.get()
    assert entry.object_repr == f"#{User.objects.get(email='jauna@example.lv').pk}"


def _right(codename: str) -> list:
    from django.contrib.auth.models import Permission

    return list(Permission.objects.filter(codename=codename))


def test_every_page_of_the_office_names_its_icon_so_that_no_browser_guesses_one(centre: Centre) -> None:
    client = signed_in()
    for path in ("/admin/", "/admin/floor/centre/1/change/", "/admin/activities/activity/", "/admin/logout/"):
        page = client.post(path) if "logout" in path else client.get(path)
        assert page.content.count(b'rel="icon"') == 1, path


@pytest.mark.parametrize("path", ["floor/notice", "activities/proposal", "families/registration"])
def test_a_nul_in_the_address_of_a_list_is_a_page_and_no_error(path: str) -> None:
    answer = signed_in().get(f"/admin/{path}/?state__exact=%00&status__exact=%00")
    assert answer.status_code in (302, 400)
