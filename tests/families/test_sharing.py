"""A private page gives nothing away that another place could show beside its link."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from families import links
from families.models import Registration


@pytest.mark.parametrize("below", ["", "mainit/", "atcelt/", "dzest/", "izdruka/"])
@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_a_private_page_has_nothing_to_be_sent_on_by(
    client: Client, comes: Callable[..., Registration], prefix: str, below: str
) -> None:
    link = links.link_of(comes().sign_up)
    response = client.get(f"{prefix}/pieteikums/{link}/{below}")
    head = response.content.decode().split("</head>")[0]
    assert response.status_code == 200
    assert "<title>" in head
    assert not re.search(r"canonical|og:|twitter:|hreflang|/attels/", head)
    assert link not in head
