"""What only the invited come to, unseen, is nowhere at an institution's desk, even at that of its organiser."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import get_resolver

from activities.models import Activity, Occurrence
from families.desk import daily
from families.models import Attendance, Registration
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.families.desk.visits import AFTER, BEGINS, another_day, at_desk, family, institution, own, teacher
from tests.gate import class_comes
from tests.guards.test_access_marks import addresses

pytestmark = pytest.mark.django_db

Make = Callable[..., Occurrence]
DESK = re.compile(r"^lv/musu-iestade/<slug:slug>/|^musu-iestade/<slug:slug>/")
TELLING = 8  # at least so many pages speak of what is not discreet
CANARY = "Kanarijputns"
EVE = (BEGINS - timedelta(days=1)).replace(hour=10)


@pytest.fixture
def occurrence(make_occurrence: Make) -> Occurrence:
    """Begun and going on next week: a family and a class come, and it is known how many came."""
    made = make_occurrence(places=100)
    begun = own(made)
    Activity.objects.filter(pk=made.activity_id).update(title_lv=CANARY, title_ru=CANARY, title_en=CANARY)
    another_day(made, 3)
    family(made, f"{CANARY} Anna")
    class_comes(made, 2, 12)
    Attendance.objects.create(meeting=begun, adults=3, children=17, noted_at=AFTER)
    return made


def pages(occurrence: Occurrence) -> Iterator[tuple[str, bytes, int]]:
    """Every page of the desk that can be about it: its address, what stands there, the status."""
    begun = occurrence.meetings.order_by("starts_at")[0]
    numbers = {
        "slug": institution().slug,
        "meeting_id": begun.pk,
        "activity_id": occurrence.activity_id,
        "occurrence_id": occurrence.pk,
        "pk": Registration.objects.get(is_group=True).pk,
    }
    routes = {route.split("/", 1)[1] if route.startswith("lv/") else route for _, _, route, _ in _desk()}
    with at_desk(institution()) as client:
        for route in sorted(routes):
            if "/<int:" in route and not re.search("grupas|kas-nak", route):
                continue  # drafts and colleagues: their numbers stand for other things
            path = "/" + re.sub(r"<\w+:(\w+)>", lambda match: str(numbers[match[1]]), route)
            answer = client.get(path)
            body = answer.content
            if path.endswith(".xlsx"):
                with ZipFile(BytesIO(body)) as parts:
                    body = b"".join(parts.read(name) for name in parts.namelist())
            yield path, body, answer.status_code


def _desk() -> Iterator[tuple[str, str, str, object]]:
    return (found for found in addresses(get_resolver().url_patterns) if DESK.match(found[2]))


def hide(occurrence: Occurrence) -> None:
    Activity.objects.filter(pk=occurrence.activity_id).update(audience=Activity.Audience.DISCREET)


def test_no_page_and_no_file_of_the_desk_knows_of_it(occurrence: Occurrence) -> None:
    known = {path: (CANARY.encode() in body, status) for path, body, status in pages(occurrence)}
    telling = [path for path, (tells, _status) in known.items() if tells]
    assert len(telling) >= TELLING, f"the walk itself would find it: {telling}"
    hide(occurrence)
    for path, body, status in pages(occurrence):
        assert CANARY.encode() not in body, path
        assert status == (HTTPStatus.NOT_FOUND if re.search(r"/\d+/", path) else known[path][1]), path


def test_its_numbers_are_in_no_sum(occurrence: Occurrence) -> None:
    def people() -> list[str]:
        with at_desk(institution()) as client:
            page = client.get(f"/musu-iestade/{institution().slug}/skaitli/").content.decode()
        return re.findall(r"\b(?:3|17|20)\b(?=</)", page)

    assert people()
    hide(occurrence)
    assert not people()


def test_nobody_is_written_to_about_it(occurrence: Occurrence) -> None:
    teacher(institution())
    hide(occurrence)
    assert daily.owe_tomorrow(EVE) == 0
    assert daily.owe_new_sign_ups(NOW + timedelta(days=1)) == 0
    assert not Notice.objects.filter(kind__in=["tomorrow", "new_sign_ups"]).exists()
    Activity.objects.update(audience=Activity.Audience.OPEN)
    assert daily.owe_tomorrow(EVE) == 1
    assert daily.owe_new_sign_ups(NOW + timedelta(days=1)) == 1
