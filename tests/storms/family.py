"""A family at its phone: opens the form, sends it, joins the queue if it must, and reads its private page."""

import asyncio
import base64
import random
import re
from dataclasses import dataclass, field
from html import unescape

from tests.storms.http import Answer, NoAnswer, ask

INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|type|value)="([^"]*)"')
JOIN_THE_QUEUE = re.compile(r'<button[^>]*name="wait"[^>]*>[^<]')  # the one with words, not the one for Enter
STATUS = re.compile(r'class="status status--(confirmed|waiting|cancelled)">(.*?)</p>', re.S)
PRIVATE = re.compile(r"/pieteikums/([\w-]+)/")
WORDS_OF_STATUS = {"confirmed": "placed", "waiting": "waiting", "cancelled": "cancelled"}


@dataclass(frozen=True)
class Seen:
    """What a private page says."""

    link: str
    status: str
    number: int | None  # in the queue
    code: str
    people: tuple[int, ...]  # adults, children

    @property
    def link_id(self) -> str:
        """The half of the link that stands in the database."""
        return base64.urlsafe_b64decode(self.link + "=" * (-len(self.link) % 4))[:16].hex()


@dataclass
class Family:
    """One party; everything it was answered is kept."""

    port: int
    name: str
    occurrence: int
    adults: int = 1
    children: int = 0
    is_patient: bool = False  # presses again on "too busy" and where no answer comes, as people do
    answers: list[Answer] = field(default_factory=list, repr=False)
    broken: int = 0  # connections that gave no answer
    fields: dict[str, str] = field(default_factory=dict)
    link: str = ""
    was_asked: bool = False  # told that there is no room, and offered the queue
    seen: Seen | None = None

    @property
    def size(self) -> int:
        return self.adults + self.children

    @property
    def is_answered(self) -> bool:
        """Whether the portal has said that the sign-up is in: from then on it must not get lost."""
        return bool(self.link)

    async def open_form(self) -> bool:
        """Fill in the form; False where there is none, since one cannot sign up now."""
        page = await self.ask(f"/pieteikties/{self.occurrence}/")
        assert page.status == 200, f"the form: {page.status}"
        self.fields = hidden_fields(page.text)
        if not self.fields.get("token"):
            return False
        self.fields |= {"contact_name": self.name, "email": f"{self.name.lower()}@example.lv", "phone": ""}
        self.fields |= {"adults": str(self.adults), "children": str(self.children), "photo": "no", "needs": ""}
        if self.children:
            self.fields["declaration"] = "on"
        return True

    async def send(self, *, wait: bool = False) -> Answer:
        """Press the button; a redirect tells the private link."""
        answer = await self.ask(f"/pieteikties/{self.occurrence}/", {**self.fields, **({"wait": "1"} if wait else {})})
        if answer.status == 302:
            found = PRIVATE.search(answer.headers["location"])
            assert found, answer.headers
            self.link = found[1]
        return answer

    async def send_or_wait(self) -> None:
        """Send; where there is no room together, join the queue."""
        answer = await self.send()
        if answer.status == 200 and JOIN_THE_QUEUE.search(answer.text):
            self.was_asked = True
            await self.send(wait=True)

    async def look(self) -> Seen:
        """Read the private page."""
        page = await self.ask(f"/pieteikums/{self.link}/")
        assert page.status == 200, f"the private page: {page.status}"
        self.seen = read_private_page(page.text, self.link)
        return self.seen

    async def sign_up(self) -> None:
        """All of it."""
        await self.open_form()
        await self.send_or_wait()
        if self.link:
            await self.look()

    async def cancel(self) -> Answer:
        return await self.ask(f"/pieteikums/{self.link}/atcelt/", {"yes": "1"})

    async def change(self, adults: int, children: int) -> Answer:
        typed = {"adults": str(adults), "children": str(children)}
        return await self.ask(f"/pieteikums/{self.link}/mainit/", typed)

    async def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """One request; the patient ones ask again for two minutes, each time with the same form."""
        for _ in range(200 if self.is_patient else 1):
            try:
                answer = await ask(self.port, path, form)
            except NoAnswer:
                self.broken += 1
                if not self.is_patient:
                    raise
            else:
                self.answers.append(answer)
                if answer.status != 503 or not self.is_patient:
                    return answer
            await asyncio.sleep(random.uniform(0.3, 0.9))
        raise NoAnswer(f"{path}: none in two minutes")


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a form, as they came."""
    found = [dict(ATTRIBUTE.findall(tag)) for tag in INPUT.findall(page)]
    return {each["name"]: unescape(each.get("value", "")) for each in found if each.get("type") == "hidden"}


def read_private_page(page: str, link: str) -> Seen:
    """Status, number, code and party, as a family reads them."""
    status = STATUS.search(page)
    code = re.search(r'class="code">(\d{4}) (\d{4})<', page)
    assert status, "a private page without a status"
    assert code, "a private page without its code"
    number = re.search(r"\d+", re.sub(r"<[^>]*>", " ", status[2].rpartition("</svg>")[2]))
    party = re.search(r'<dl class="facts">.*?<dt>.*?</div>', page, re.S)
    people = re.findall(r"<dd>(\d+) ", page[page.index('<dl class="facts">') :]) if party else []
    return Seen(
        link, WORDS_OF_STATUS[status[1]], int(number[0]) if number else None, code[1] + code[2], tuple(map(int, people))
    )
