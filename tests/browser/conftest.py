"""A real Chromium in front of the real portal: `portal.py run` with a database and a folder of its own."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from kopiena.floor import embedded_postgres
from tests.processes import ends_with_the_tests

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ("DATABASE_URL", "DEBUG", "SITE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "EMAIL_URL")
# One browser plays hundreds of families with one phone, who type in no time.
AT_ONCE = {
    "MINIMUM_FILLING_SECONDS": "0",
    "CONTACT_SIGN_UPS_PER_DAY": "100000",
    "ADDRESS_SIGN_UPS_PER_HOUR": "100000",
    "STAMP_READ_SECONDS": "0",
}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium otherwise asks its makers for updates and lists; no test of ours waits for that.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
WIDTHS = {"phone": 360, "desktop": 1280}
LANGUAGES = {"lv": "", "ru": "/ru", "en": "/en"}


@dataclass
class Site:
    """The running portal: its address, and what the tests brought into it beside the demonstration."""

    address: str
    var: Path
    roomy: int  # a date with room, where children's ages are asked
    narrow: int  # a date with two places
    activity: str  # slug of the roomy one
    email: str
    password: str

    def __call__(self, path: str, language: str = "lv") -> str:
        return f"{self.address}{LANGUAGES[language]}{path}"


@pytest.fixture(scope="package")
def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("REQUIRE_BROWSER=1 is set, and there is no Chromium here.")
    if not found:
        pytest.skip("No Chromium here, so the browser's tests are left out (Debian: apt install chromium libatomic1).")
    return found


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """For this folder only: while it runs, Django takes the whole process for an asynchronous one."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *as_root])
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`portal.py run` as a newcomer starts it, with the demonstration."""
    var = tmp_path_factory.mktemp("browser") / "var"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment["KOPIENA_VAR"] = str(var)
    environment |= AT_ONCE
    log = var.with_name("portal.log")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, ROOT / "portal.py", "run", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=ends_with_the_tests,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/readiness", process, log)
        said = dict(
            line.split(":", 1) for line in log.read_text().splitlines() if line.startswith(("E-mail:", "Password:"))
        )
        made = subprocess.run(
            [sys.executable, ROOT / "manage.py", "shell", "--no-imports", "-c", MAKE],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        yield Site(
            address, var, email=said["E-mail"].strip(), password=said["Password"].strip(), **json.loads(made.stdout)
        )
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        embedded_postgres.stop(var)  # already stopped, unless the start failed half-way


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=3) as answer:
            if answer.read() == b"ok":
                return
        time.sleep(0.2)
    raise AssertionError(log.read_text())


MAKE = """
import json
from datetime import timedelta
from django.utils import timezone
from activities.models import Activity, Meeting, Occurrence, Venue
now = timezone.now()
venue = Venue.objects.order_by("pk").first()
def make(slug, title, places, **fields):
    activity = Activity.objects.create(
        slug=slug, title_lv=title, title_ru="Субботник у озера", title_en="Lake clean-up", theme="cleanup",
        state="published", published_at=now, usual_places=places, age_from=0, age_to=12, **fields)
    occurrence = Occurrence.objects.create(activity=activity)
    starts = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    Meeting.objects.create(
        occurrence=occurrence, starts_at=starts, ends_at=starts + timedelta(hours=2), where="venue", venue=venue)
    return occurrence.pk
made = {"roomy": make("talka-pie-ezera", "Talka pie ezera", None, is_age_asked=True)}
made["narrow"] = make("maza-talka", "Mazā talka", 2)
print(json.dumps({**made, "activity": "talka-pie-ezera"}))
"""


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Any]:
    """A browser of somebody: `visit(width=360, scripted=False, dark=True)` is a Page that notes all that is wrong."""
    opened: list[tuple[BrowserContext, list[str], bool]] = []

    def open_browser(*, width: int = 360, scripted: bool = True, dark: bool = False, is_staff: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 780},
            java_script_enabled=scripted,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="lv",
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        wrong: list[str] = []
        _note_what_is_wrong(page, site, wrong)
        opened.append((context, wrong, is_staff))
        return page

    yield open_browser
    for context, wrong, is_staff in opened:
        cookies = context.cookies()
        context.close()
        assert wrong == []
        assert is_staff or cookies == [], "a resident was given a cookie"


def _note_what_is_wrong(page: Page, site: Site, wrong: list[str]) -> None:
    """Refusals of the content policy, errors of scripts, requests to anybody else."""
    page.on("console", lambda said: wrong.append(said.text) if _is_wrong(said.text, said.type) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: wrong.append(asked.url) if _is_elsewhere(asked.url, site) else None)


def _is_wrong(text: str, kind: str) -> bool:
    """A status that a test asks for on purpose is said in the console too; that is no fault of the page."""
    return kind in ("error", "warning") and "the server responded with a status of" not in text


def _is_elsewhere(url: str, site: Site) -> bool:
    return not url.startswith((site.address, "data:", "blob:", "about:"))
