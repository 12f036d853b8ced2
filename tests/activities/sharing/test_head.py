"""What other places learn of a link: the head of every kind of page, read as strictly as a browser may."""

import gzip
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.http import HttpResponse
from django.test import Client

from activities.models import Activity
from kopiena.floor.models import Centre
from partners.models import Institution, Project

Make = Callable[..., Any]
Tags = dict[str, list[str]]

SITE = "https://kopiena.example.lv"
PREFIX = {"lv": "", "ru": "/ru", "en": "/en"}
LOCALE = {"lv": "lv_LV", "ru": "ru_RU", "en": "en_GB"}
PUBLIC = [
    "/",
    "/kalendars/2027-03/",
    "/kalendars/2020-01/",
    "/aktivitates/",
    "/aktivitates/talka/",
    "/plans/2027/",
    "/iestades/",
    "/iestades/darzins/",
    "/projekti/",
    "/projekti/darbi/",
    "/par-mums/",
    "/privatums/",
    "/pieklustamiba/",
]
ONCE = ["canonical", "og:url", "og:type", "og:site_name", "og:title", "og:description", "og:locale", "og:image"]
ONCE += ["og:image:width", "og:image:height", "og:image:alt", "twitter:card", "title", "description"]


@pytest.fixture(autouse=True)
def site(settings: Any, at_noon: None, make_occurrence: Make) -> None:
    """A portal with one of everything."""
    settings.SITE_URL = SITE
    Centre.objects.create(pk=1, name_lv="Centrs")
    institution = Institution.objects.create(
        slug="darzins", kind="preschool", short_name_lv="Dārziņš", name_lv="Pirmsskola „Dārziņš”"
    )
    project = Project.objects.create(slug="darbi", title_lv="Labie darbi", state="published")
    make_occurrence(slug="talka", project=project, summary_lv="Sakopsim krastu.").activity.organisers.add(institution)


def head_of(response: HttpResponse) -> Tags:
    """Every tag that tells of the page, by its name."""
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    head = document.find("head")
    tags: Tags = {}
    for meta in head.iter("meta"):
        name = meta.get("property") or meta.get("name")
        if name:
            tags.setdefault(name, []).append(meta.get("content"))
    for link in head.iter("link"):
        if link.get("rel") == "canonical":
            tags.setdefault("canonical", []).append(link.get("href"))
    tags["title"] = [title.text for title in head.iter("title")]
    return tags


def one(tags: Tags, name: str) -> str:
    (only,) = tags[name]
    return only


@pytest.mark.parametrize("language", PREFIX)
@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_tells_what_it_is(client: Client, path: str, language: str) -> None:
    address = PREFIX[language] + path
    response = client.get(address)
    assert response.status_code == 200
    tags = head_of(response)
    assert {name: len(tags.get(name, [])) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert one(tags, "canonical") == one(tags, "og:url") == SITE + address
    assert one(tags, "title") == f"{one(tags, 'og:title')} – Kopiena"
    assert one(tags, "og:description").endswith(one(tags, "description"))
    assert one(tags, "og:locale") == LOCALE[language]
    assert tags["og:locale:alternate"] == [code for name, code in LOCALE.items() if name != language]
    assert (one(tags, "og:type"), one(tags, "og:site_name")) == ("website", "Kopiena")
    assert (one(tags, "og:image:width"), one(tags, "og:image:height")) == ("1200", "630")
    assert one(tags, "twitter:card") == "summary_large_image"
    picture = "talka" if path == "/aktivitates/talka/" else "kopiena"
    assert one(tags, "og:image") == f"{SITE}{PREFIX[language]}/attels/{picture}.png"
    assert client.get(one(tags, "og:image").removeprefix(SITE))["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("lv", "Ezera talka 1", "Ceturtdien, 11. martā, plkst. 12.00. Mezgls, Smilšu iela 92"),
        ("ru", "Субботник у озера 1", "В четверг, 11 марта, в 12.00. Mezgls, Smilšu iela 92"),
        ("en", "Lake clean-up 1", "On Thursday 11 March at 12:00. Mezgls, Smilšu iela 92"),
    ],
)
def test_of_an_activity_the_date_and_the_place_are_told(client: Client, language: str, title: str, words: str) -> None:
    tags = head_of(client.get(f"{PREFIX[language]}/aktivitates/talka/"))
    assert one(tags, "og:title") == title
    assert one(tags, "og:description") == f"{words}. Sakopsim krastu."
    assert one(tags, "og:image:alt") == f"{title}. {words}"


def test_the_current_month_is_known_by_its_lasting_address(client: Client) -> None:
    tags = head_of(client.get("/ru/kalendars/"))
    assert one(tags, "canonical") == one(tags, "og:url") == f"{SITE}/ru/kalendars/2027-03/"


def test_what_others_added_is_no_part_of_the_address(client: Client) -> None:
    tags = head_of(client.get("/aktivitates/?theme=cleanup&fbclid=1&x=%22%3E"))
    assert one(tags, "canonical") == f"{SITE}/aktivitates/?theme=cleanup"


def test_quotes_and_brackets_in_a_title_stay_text(client: Client) -> None:
    title = """Talka "Krasts" & <script>'x'</script>"""
    Activity.objects.update(title_lv=title, summary_lv='"><img src=x>')
    tags = head_of(client.get("/aktivitates/talka/"))
    assert one(tags, "og:title") == title
    assert one(tags, "title") == f"{title} – Kopiena"
    assert one(tags, "og:image:alt").startswith(title)
    assert one(tags, "og:description").endswith('. "><img src=x>')


@pytest.mark.parametrize("path", ["/mans-pieteikums/", "/pieteikties/{occurrence}/", "/konts/login/"])
@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_form_has_no_address_to_be_sent_on_by(client: Client, path: str, prefix: str) -> None:
    address = path.format(occurrence=Activity.objects.get().occurrences.get().pk)
    response = client.get(address if "konts" in path else prefix + address)
    assert response.status_code == 200
    assert sent_on(head_of(response)) == []


@pytest.mark.parametrize(
    "path", ["/nav-tadas/", "/aktivitates/nav-tadas/", "/ru/projekti/nav-tada/", "/en/attels/-.png"]
)
def test_what_is_not_there_has_no_address_to_be_sent_on_by(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert sent_on(head_of(response)) == []


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"audience": "invited"}, {"audience": "discreet"}])
def test_of_what_nobody_may_see_no_head_tells(client: Client, make_occurrence: Make, hidden: dict[str, str]) -> None:
    make_occurrence(slug="kanarejputns", title_lv="Kanārijputns", **hidden)
    for path in [*PUBLIC, "/aktivitates/kanarejputns/"]:
        head = client.get(path).content.decode().split("</head>")[0]
        assert "kanarejputns" not in head
        assert "Kanārijputns" not in head


def test_the_tags_are_few_bytes(client: Client) -> None:
    page = client.get("/aktivitates/talka/").content
    begin, end = page.index(b'<link rel="canonical"'), page.index(b"summary_large_image")
    assert len(gzip.compress(page)) - len(gzip.compress(page[:begin] + page[end:])) < 600


def sent_on(tags: Tags) -> list[str]:
    return [name for name in tags if name == "canonical" or name.startswith(("og:", "twitter:"))]
