"""Activities, dates and venues in the admin, as a coordinator works with them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity, Capacity, Meeting, Occurrence, Room, Venue
from kopiena.floor.admin.addresses import AddressedForm
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import signed_in

pytestmark = pytest.mark.django_db


def page_of(occurrence: Occurrence) -> str:
    return reverse("admin:activities_occurrence_change", args=[occurrence.pk])


# Activities


def test_the_address_of_an_activity_is_made_from_its_latvian_title(make_activity: Callable[..., Activity]) -> None:
    make_activity(slug="kimijas-skuna-talka")
    sent = {
        "title_lv": "Ķīmijas šķūņa talka",
        "theme": "cleanup",
        "state": "draft",
        "audience": "open",
        "unit": "people",
        "needs-TOTAL_FORMS": 0,
        "needs-INITIAL_FORMS": 0,
    }
    signed_in(COORDINATOR).post("/admin/activities/activity/add/", sent)
    assert Activity.objects.get(title_lv="Ķīmijas šķūņa talka").slug == "kimijas-skuna-talka-2"


@pytest.mark.parametrize(
    ("fields", "is_seen"),
    [({}, True), ({"state": "draft"}, False), ({"audience": "discreet"}, False), ({"audience": "invited"}, False)],
)
def test_the_page_of_an_activity_leads_straight_to_the_public_one(
    fields: dict[str, str], is_seen: bool, make_activity: Callable[..., Activity]
) -> None:
    activity = make_activity(**fields)
    page = signed_in(COORDINATOR).get(reverse("admin:activities_activity_change", args=[activity.pk]))
    assert (f'href="{activity.get_absolute_url()}"' in page.content.decode()) is is_seen


def test_the_page_of_a_venue_leads_straight_to_the_public_one() -> None:
    venue = Venue.objects.create(slug="mezgls", name_lv="Mezgls")
    page = signed_in(COORDINATOR).get(reverse("admin:activities_venue_change", args=[venue.pk])).content.decode()
    assert f'href="{venue.get_absolute_url()}"' in page
    assert "/admin/r/" not in page


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Ābeļu, ģimeņu & ņemšanās ŽŪRIJA", "abelu-gimenu-nemsanas-zurija"),
        ("Ёлка", "yolka"),
        ("!!!", "activity"),
        ("x" * 160, "x" * 75),
    ],
)
def test_any_title_gives_an_address_that_fits(title: str, address: str) -> None:
    class Form(AddressedForm):
        class Meta:
            model = Activity
            fields = ["slug", "title_lv"]

    form = Form({"title_lv": title})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == address


def test_publishing_and_archiving_from_the_list(make_activity: Callable[..., Activity]) -> None:
    drafts = [make_activity(state="draft", published_at=None) for _ in range(2)]
    client = signed_in(COORDINATOR)
    chosen = {"_selected_action": [draft.pk for draft in drafts]}
    client.post("/admin/activities/activity/", {"action": "publish", **chosen})
    assert Activity.objects.filter(state="published", published_at__isnull=False).count() == 2
    client.post("/admin/activities/activity/", {"action": "archive", **chosen})
    assert set(Activity.objects.values_list("state", flat=True)) == {"archived"}
    assert LogEntry.objects.count() == 4


def test_publishing_in_the_form_remembers_since_when(make_activity: Callable[..., Activity]) -> None:
    draft = make_activity(state="draft", published_at=None)
    sent = {"title_lv": "Talka", "theme": "cleanup", "state": "published", "audience": "open", "unit": "people"}
    sent |= {"needs-TOTAL_FORMS": 0, "needs-INITIAL_FORMS": 0}
    signed_in(COORDINATOR).post(reverse("admin:activities_activity_change", args=[draft.pk]), sent)
    draft.refresh_from_db()
    assert (draft.state, draft.published_at is not None) == ("published", True)


def test_the_actions_are_for_those_who_may_change(make_activity: Callable[..., Activity]) -> None:
    draft = make_activity(state="draft")
    signed_in(HELPER).post("/admin/activities/activity/", {"action": "publish", "_selected_action": [draft.pk]})
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_what_is_discreet_is_seen_by_coordinators_only(role: str, make_occurrence: Callable[..., Occurrence]) -> None:
    hidden = make_occurrence(audience="discreet", title_lv="Klusais vakars")
    lists = ["activity", "occurrence", "capacity"]
    for name in lists:
        assert "Klusais vakars" in signed_in(COORDINATOR).get(f"/admin/activities/{name}/").content.decode()
        assert "Klusais vakars" not in signed_in(role).get(f"/admin/activities/{name}/").content.decode()
    assert signed_in(role).get(page_of(hidden)).status_code == 302
    query = {"app_label": "activities", "model_name": "occurrence", "field_name": "activity", "term": "Klus"}
    assert "Klusais" not in signed_in(role).get("/admin/autocomplete/", query).content.decode()


@pytest.mark.parametrize("name", ["activity", "occurrence", "capacity", "venue"])
def test_a_list_asks_the_database_no_more_for_three_rows_than_for_one(
    name: str, make_occurrence: Callable[..., Occurrence]
) -> None:
    client = signed_in(COORDINATOR)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_occurrence()
        client.get(f"/admin/activities/{name}/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/admin/activities/{name}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_date_with_several_meetings_stands_once_in_the_list_by_month(
    make_occurrence: Callable[..., Occurrence],
) -> None:
    course = make_occurrence(starts_at=datetime(2027, 3, 6, 12, tzinfo=UTC))
    for week in (1, 2):
        starts = datetime(2027, 3, 6, 12, tzinfo=UTC) + timedelta(weeks=week)
        Meeting.objects.create(occurrence=course, starts_at=starts, ends_at=starts + timedelta(hours=1), where="home")
    query = {"meetings__starts_at__year": "2027", "meetings__starts_at__month": "3"}
    answer = signed_in(COORDINATOR).get("/admin/activities/occurrence/", query)
    assert list(answer.context["cl"].result_list) == [course]


# Deleting


def test_a_date_nobody_signed_up_for_can_be_deleted_with_its_places(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence()
    address = reverse("admin:activities_occurrence_delete", args=[occurrence.pk])
    assert signed_in(COORDINATOR).post(address, {"post": "yes"}).status_code == 302
    assert not Capacity.objects.exists()


def test_places_are_only_looked_at_even_by_a_superuser(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence()
    client = signed_in()
    request = client.get("/admin/").wsgi_request
    model_admin = admin.site._registry[Capacity]
    assert not model_admin.has_add_permission(request)
    assert not model_admin.has_delete_permission(request)
    address = reverse("admin:activities_capacity_change", args=[occurrence.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"places": 99}).status_code == 403


def test_a_venue_is_made_with_its_rooms() -> None:
    sent = {"name_lv": "Jauna vieta", "rooms-TOTAL_FORMS": 1, "rooms-INITIAL_FORMS": 0, "rooms-0-name_lv": "Zāle"}
    signed_in(COORDINATOR).post("/admin/activities/venue/add/", sent)
    assert Room.objects.get(name_lv="Zāle").venue.slug == "jauna-vieta"


def test_searching_with_any_text_answers(client: Client) -> None:
    office = signed_in(COORDINATOR)
    for text in ("\x00", "🎈", "x" * 10_000, "<script>"):
        assert office.get("/admin/activities/occurrence/", {"q": text}).status_code == 200
    for value in ("x", "9" * 30, "-1"):
        assert office.get("/admin/activities/occurrence/", {"activity": value}).status_code == 200
