"""Posts that no browser of ours would send: torn, foreign, enormous."""

import pytest
from django.test import Client

from activities.models import Occurrence
from tests.journeys.conftest import NOTHING, saved
from tests.journeys.resident import Page

FORM = "application/x-www-form-urlencoded"
MANY = "&".join(f"field{n}=1" for n in range(400))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe%ff%00=%80", FORM),
        (b"contact_name=%ff%fe&adults=%00", FORM),
        (b'{"contact_name": "Anna"}', "application/json"),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
        (b"torn", "multipart/form-data"),
        (b"contact_name=Anna", "application/x-www-form-urlencoded; charset=nobody-knows"),
        (MANY.encode(), FORM),
        (b"needs=" + b"x" * 1_100_000, FORM),
    ],
    ids=["bytes", "bad-utf8", "json", "torn-multipart", "no-boundary", "charset", "400-fields", "over-1-MB"],
)
@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_a_body_that_is_no_form_of_ours_is_answered_with_a_page(
    with_ages: Occurrence, body: bytes, kind: str, prefix: str
) -> None:
    for address in (f"/pieteikties/{with_ages.pk}/", "/mans-pieteikums/"):
        answer = Client().generic("POST", prefix + address, body, content_type=kind)
        assert answer.status_code in (200, 400), address
        page = Page(answer, address)
        assert page.document.get("lang") == (prefix.strip("/") or "lv")
        assert page.heading
    assert saved() == NOTHING


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_ways_of_asking_change_nothing(with_ages: Occurrence, method: str) -> None:
    answer = getattr(Client(), method)(f"/pieteikties/{with_ages.pk}/")
    assert answer.status_code in (200, 405)
    assert saved() == NOTHING
