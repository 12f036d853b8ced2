"""Every notice in the office: who may look, what became of it, what it says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import get_language

from kopiena.floor.models import Notice
from kopiena.floor.outbox import Letter, Pointless, Way, kinds
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests import notices
from tests.notices import failed, notice, sent, withdrawn
from tests.office import signed_in

pytestmark = pytest.mark.django_db

SECRET_CODE = "417 582"


@pytest.fixture
def new_kind(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes a kind known for one test."""

    def register(name: str, letter: Any, **fields: Any) -> None:
        monkeypatch.setitem(kinds._KINDS, name, notices.kind(name, letter, **fields))

    return register


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> None:
    """Letters are kept as files, as in development."""
    settings.EMAIL_BACKEND, settings.VAR_DIR = notices.FILES, tmp_path


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(client: Client, **query: str) -> list[Notice]:
    return list(client.get(notices.list_page(), query).context["cl"].result_list)


# Who may look


@pytest.mark.parametrize(("role", "expected"), [(None, 200), (COORDINATOR, 200), (HELPER, 403), (AUDITOR, 403)])
def test_notices_are_for_coordinators_only(role: str | None, expected: int, files: None) -> None:
    row = failed()
    notices.keep_file(row)
    client = signed_in(role)
    pages = [notices.list_page(), notices.page_of(row), notices.html_page_of(row), notices.again_page_of(row)]
    assert [client.get(page).status_code for page in pages] == [expected] * 4
    index = text_of(client, "/admin/")
    assert (notices.list_page() in index) == (expected == 200)


def test_a_stranger_is_asked_to_sign_in() -> None:
    row = sent()
    for page in (notices.list_page(), notices.page_of(row), notices.html_page_of(row), notices.again_page_of(row)):
        assert Client().get(page).status_code == 302
        assert Client().post(page).status_code == 302


def test_a_right_given_by_hand_makes_nobody_a_reader_of_letters() -> None:
    row, client = sent(), signed_in(HELPER)
    Group.objects.get(name=HELPER).permissions.add(Permission.objects.get(codename="view_notice"))
    assert [client.get(page).status_code for page in (notices.list_page(), notices.page_of(row))] == [403, 403]


def test_nobody_writes_changes_or_deletes_a_notice() -> None:
    row, client = sent(), signed_in()
    assert client.post(notices.page_of(row), {"state": "owed", "recipient": "x@example.lv"}).status_code == 403
    assert client.post("/admin/floor/notice/add/", {}).status_code == 403
    assert client.post(f"/admin/floor/notice/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert (row.state, row.recipient) == ("sent", "anna@example.lv")


def test_a_coordinator_without_the_right_to_contacts_sees_no_address_and_finds_none() -> None:
    row, client = failed(), signed_in(COORDINATOR)
    Group.objects.get(name=COORDINATOR).permissions.remove(Permission.objects.get(codename="view_signup"))
    for page in (notices.list_page(), notices.page_of(row)):
        text = text_of(client, page)
        assert "anna@example.lv" not in text
    assert shown(client, q="nobody") == [row]  # there is no search at all
    for lookup in ("recipient__startswith", "answer__contains", "details__has_key"):
        assert client.get(notices.list_page(), {lookup: "a"}).status_code == 400
    assert client.get(notices.again_page_of(row)).status_code == 403


# The list


def test_each_stands_there_with_what_became_of_it() -> None:
    moment = timezone.make_aware(datetime(2027, 3, 27, 14, 0))
    rows = [
        notice(kind="placed"),
        notice(kind="waiting", tries=2, due_at=moment),
        notice(kind="moved", state="sending", claimed_until=moment),
        notice(kind="promoted", state="sent", sent_at=moment),
        withdrawn(kind="changed"),
        notice(kind="called_off", channel="call", recipient="+37120000000"),
        notice(kind="cancelled", channel="call", state="sent", sent_at=moment),
        withdrawn(kind="taken_up", channel="call", reason="too_late"),
        failed(kind="reminder"),
    ]
    client = signed_in(COORDINATOR)
    page = text_of(client, notices.list_page())
    for row in rows:
        assert notices.page_of(row) in page
    for words in (
        "vēl nav nosūtīta, mēģinājumi: 2, nākamais: sestd.,\u00a027.03.2027. 14.00",
        "nosūtīta: sestd.,\u00a027.03.2027. 14.00",
        "piezvanīts: sestd.,\u00a027.03.2027. 14.00",
        "jāpiezvana",
        "nav piegādāta",
        "2000 0000",
    ):
        assert words in page, words


def test_the_mail_servers_answer_and_the_recipient_are_text_and_never_html() -> None:
    row = failed(recipient='"><img src=x>@example.lv')
    client = signed_in(COORDINATOR)
    for page in (notices.list_page(), notices.page_of(row), notices.again_page_of(row)):
        text = text_of(client, page)
        assert "550 5.1.1 &lt;b&gt;anna@example.lv&lt;/b&gt;&lt;script&gt;" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_it_is_found_by_recipient_kind_state_way_and_language() -> None:
    mail = failed(kind="placed")
    call = notice(kind="moved", channel="call", recipient="+37120000000", language="ru")
    client = signed_in(COORDINATOR)
    assert shown(client, q="anna@example") == [mail]
    assert shown(client, q="2000 0000") == [call]
    assert shown(client, kind="moved") == [call]
    assert shown(client, state__exact="failed") == [mail]
    assert shown(client, channel__exact="call") == [call]
    assert shown(client, language="ru") == [call]
    assert shown(client, undelivered="yes") == [mail]
    for nonsense in ("x", "'; --", "9" * 99):
        assert shown(client, kind=nonsense) == []


def test_the_list_and_the_page_ask_the_database_no_more_for_thirty_than_for_one() -> None:
    client = signed_in(COORDINATOR)
    counts = []
    for upto in (1, 30):
        for number in range(Notice.objects.count(), upto):
            about = f"registration:{number}" if number % 2 else f"sign_up:{number}"
            failed(about, recipient=f"family{number}@example.lv")
        row = Notice.objects.latest("pk")
        for page in (notices.list_page(), notices.page_of(row), "/admin/"):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


def test_what_a_notice_tells_of_may_be_anything() -> None:
    client = signed_in(COORDINATOR)
    for about in ("registration:", "registration:x", f"registration:{'9' * 30}", "sign_up:-1", "<b>x</b>", ""):
        row = sent(about)
        assert "<b>x</b>" not in text_of(client, notices.page_of(row))
    assert len(shown(client)) == 6


# What it says


def test_in_development_the_kept_letter_is_shown_as_text_with_its_headers_and_files(files: None) -> None:
    row = sent(kind="placed")
    notices.keep_file(row, text="Labdien, Anna <b>x</b>!\nRīt plkst. 14.00", html="<p style='color:red'>krāsains</p>")
    page = text_of(signed_in(COORDINATOR), notices.page_of(row))
    for told in (
        "Temats",
        "Labdien, Anna &lt;b&gt;x&lt;/b&gt;!",
        "kopiena.ics",
        "Message-ID",
        notices.html_page_of(row),
    ):
        assert told in page
    assert "krāsains" not in page


def test_the_html_is_a_document_of_its_own_that_can_do_nothing(files: None) -> None:
    row = sent()
    notices.keep_file(row, html="<p>krāsains</p><script>alert(1)</script>")
    answer = signed_in(COORDINATOR).get(notices.html_page_of(row))
    assert "<p>krāsains</p>" in answer.content.decode()
    policy = [part.strip() for part in answer["Content-Security-Policy"].split(";")]
    assert {"sandbox", "default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert not any(part.startswith("script-src") for part in policy)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_with_a_mail_server_a_file_left_over_is_not_shown(files: None, settings: Any) -> None:
    row = sent()
    notices.keep_file(row, text="Slepens teksts")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    client = signed_in(COORDINATOR)
    answer = client.get(notices.page_of(row))
    assert answer.context["says"] is None
    assert "Slepens teksts" not in answer.content.decode()
    assert client.get(notices.html_page_of(row)).status_code == 404


def test_a_letter_still_owed_is_read_in_its_own_language_without_its_links(new_kind: Callable[..., None]) -> None:
    def letter(row: Notice, now: datetime) -> Letter:
        link = Way("Atvērt", "https://example.lv/pieteikums/secret-link/")
        return Letter(f"Temats {get_language()}", ["Sveiki <i>x</i>"], ways=[link])

    new_kind("test", letter)
    row = notice(kind="test", language="ru")
    page = text_of(signed_in(COORDINATOR), notices.page_of(row))
    for told in ("Temats ru", "Sveiki &lt;i&gt;x&lt;/i&gt;", "Atvērt"):
        assert told in page
    assert "secret-link" not in page
    row.refresh_from_db()
    assert (row.state, row.tries) == ("owed", 0)  # looking sends nothing


def test_an_owed_one_that_has_become_pointless_or_cannot_be_written_says_so(new_kind: Callable[..., None]) -> None:
    def gone(row: Notice, now: datetime) -> Letter:
        raise Pointless("too_late")

    def broken(row: Notice, now: datetime) -> Letter:
        raise ZeroDivisionError

    new_kind("gone", gone)
    new_kind("broken", broken)
    client = signed_in(COORDINATOR)
    said = [client.get(notices.page_of(notice(kind=name))).context["says"].instead for name in ("gone", "broken")]
    assert str(Notice.Reason.TOO_LATE.label) in said[0]
    assert said[1]
    assert said[0] != said[1]


def test_what_is_secret_is_neither_shown_nor_sent_again(new_kind: Callable[..., None]) -> None:
    new_kind("code", lambda row, now: Letter("Kods", [row.details["code"]]), is_secret=True)
    client = signed_in(COORDINATOR)
    for row in (notice("a", "code", details={"code": SECRET_CODE}), failed("b", "code", details={"code": SECRET_CODE})):
        pages = [text_of(client, page) for page in (notices.page_of(row), notices.again_page_of(row))]
        assert not any(SECRET_CODE in page for page in pages)
        client.post(notices.again_page_of(row), {"seen": row.message_id})
    assert [row.state for row in Notice.objects.order_by("about")] == ["owed", "failed"]


def test_in_development_the_kept_file_of_a_secret_one_is_shown_and_nothing_else(
    new_kind: Callable[..., None], files: None
) -> None:
    new_kind("code", lambda row, now: Letter("Kods", [row.details["code"]]), is_secret=True)
    row = sent(kind="code", details={})
    client = signed_in(COORDINATOR)
    assert client.get(notices.page_of(row)).context["says"] is None
    notices.keep_file(row, text=SECRET_CODE)
    assert SECRET_CODE in text_of(client, notices.page_of(row))


# The first page of the office


def test_the_first_page_counts_letters_that_were_not_delivered_and_leads_to_them() -> None:
    client = signed_in(COORDINATOR)
    assert client.get("/admin/").context["undelivered"] is None
    rows = [failed(), failed("registration:2", "moved")]
    failed("registration:3", recipient="", reason="erased")
    failed("registration:4", created_at=timezone.now() - timedelta(days=15))
    failed("registration:5", channel="call")
    sent("registration:6")
    line = client.get("/admin/").context["undelivered"]
    assert "2 vēstules nav piegādātas" in line["words"]
    assert line["address"] in text_of(client, "/admin/")
    found = client.get(line["address"]).context["cl"].result_list
    assert sorted(row.pk for row in found) == sorted(row.pk for row in rows)


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_the_first_page_tells_nobody_else_of_letters(role: str) -> None:
    failed()
    answer = signed_in(role).get("/admin/")
    assert "undelivered" not in answer.context
    assert notices.list_page() not in answer.content.decode()


LETTERS = [
    (1, "1 vēstule nav piegādāta"),
    (2, "2 vēstules nav piegādātas"),
    (11, "11 vēstules nav piegādātas"),
    (21, "21 vēstule nav piegādāta"),
]


@pytest.mark.parametrize(("number", "lv"), LETTERS)
def test_the_number_agrees_with_its_noun(number: int, lv: str) -> None:
    for each in range(number):
        failed(f"registration:{each}")
    assert signed_in(COORDINATOR).get("/admin/").context["undelivered"]["words"] == lv
