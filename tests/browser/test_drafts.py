"""A draft is saved by itself, and two windows never write over each other."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import ROOT, Site

MAKE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from activities.proposing import drafts
from kopiena.floor.models import User
from partners.models import Institution, Membership
user, _ = User.objects.get_or_create(email="raksta@example.lv")
institution = Institution.objects.get(slug="13-vsk")
Membership.objects.get_or_create(institution=institution, user=user)
draft = drafts.begin(institution, "project", language="lv", by=user, now=timezone.now())
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key, draft.pk)
"""


@pytest.fixture
def draft(site: Site) -> tuple[str, str]:
    """The session of somebody who writes, and the address of an empty draft."""
    made = subprocess.run(
        [sys.executable, ROOT / "manage.py", "shell", "--no-imports", "-c", MAKE],
        env={**os.environ, "KOPIENA_VAR": str(site.var)}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    session, number = made.stdout.split()
    return session, site(f"/musu-iestade/13-vsk/ieceres/{number}/")


def window(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def test_what_is_typed_is_there_after_the_window_was_closed(visit: Any, site: Site, draft: tuple[str, str]) -> None:
    session, address = draft
    page = visit(is_staff=True)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.address}])
    page.goto(address)
    page.locator("#id_title").fill("Palodzes dārzs")
    expect(page.locator("[data-draft-said]")).to_have_text(re.compile(r"Saglabāts plkst\. \d+\.\d\d"), timeout=15_000)
    page.locator("#id_summary").fill("Audzējam lociņus.")
    page.get_by_role("button", name="Saglabāt melnrakstu").last.click()  # knows the revision saved meanwhile
    again = window(page.context, address)
    expect(again.locator("#id_title")).to_have_value("Palodzes dārzs")
    expect(again.locator("#id_summary")).to_have_value("Audzējam lociņus.")


def test_the_second_window_is_told_and_loses_nothing(visit: Any, site: Site, draft: tuple[str, str]) -> None:
    session, address = draft
    page = visit(scripted=False, is_staff=True)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.address}])
    first, second = window(page.context, address), window(page.context, address)
    first.locator("#id_title").fill("Pirmais logs")
    first.get_by_role("button", name="Saglabāt melnrakstu").last.click()
    second.locator("#id_title").fill("Otrais logs")
    second.get_by_role("button", name="Saglabāt melnrakstu").last.click()
    expect(second.locator(".desk-differences")).to_contain_text("Pirmais logs")
    expect(second.locator("#id_title")).to_have_value("Otrais logs")
    second.get_by_role("button", name="Saglabāt melnrakstu").last.click()
    expect(window(page.context, address).locator("#id_title")).to_have_value("Otrais logs")


def test_signed_out_while_writing_one_presses_save_after_signing_in_and_all_is_there(
    visit: Any, site: Site, draft: tuple[str, str]
) -> None:
    session, address = draft
    page = visit(is_staff=True)
    cookie = {"name": "sessionid", "value": session, "url": site.address}
    page.context.add_cookies([cookie])
    page.goto(address)
    page.context.clear_cookies()
    page.locator("#id_title").fill("Palodzes dārzs")
    expect(page.locator("[data-draft-said]")).to_have_text(re.compile("jāpieslēdzas vēlreiz"), timeout=15_000)
    page.context.add_cookies([cookie, {"name": "csrftoken", "value": "b" * 32, "url": site.address}])
    page.get_by_role("button", name="Saglabāt melnrakstu").last.click()
    expect(page.locator(".message--good")).to_be_visible()
    expect(window(page.context, address).locator("#id_title")).to_have_value("Palodzes dārzs")
