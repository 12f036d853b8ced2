"""The call list as an object: whom to ring up, the most urgent first, and what to say in their language."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote

from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from activities.models import Activity
from families import calling, notices
from families.letters import gathering
from families.letters.case import Case
from families.meeting_times import moments
from families.models import Registration, SignUp
from kopiena.floor import night, phones
from kopiena.floor.admin.office import at
from kopiena.floor.models import Notice
from kopiena.floor.models.notice import NoticeQuerySet
from kopiena.floor.outbox import Pointless, label_of
from kopiena.floor.said import said

ANSWERED_WITHIN = timedelta(days=1)  # a wish to be rung up
LISTED_FOR = timedelta(days=1)  # calls that were made
MOST_NAMES = 3
NO_LETTER = ""


@dataclass(frozen=True)
class Call:
    """One call; `title`, `when` and `sentence` say nothing of a date that is to stay unseen."""

    notice: Notice
    registration: Registration | None  # None where somebody only asked to be rung up
    name: str
    title: str  # of the activity
    when: str
    safe_to_call: str
    sentence: str  # in the family's language
    otherwise: str  # what to say, in that language, where somebody else answers
    is_discreet: bool
    letter: str  # what became of the letter about the same: a Notice.State, or NO_LETTER
    due_at: datetime

    @property
    def what(self) -> str:
        """The activity and when."""
        return " · ".join(filter(None, [self.title, self.when]))

    @property
    def phone(self) -> str:
        return phones.shown(self.notice.recipient)

    @property
    def kind(self) -> str:
        return label_of(self.notice.kind)

    @property
    def say_it(self) -> str:
        """What stands above the sentence."""
        words = {"lv": _("Say in Latvian:"), "ru": _("Say in Russian:"), "en": _("Say in English:")}
        return words[self.notice.language]

    @property
    def has_letter(self) -> bool:
        """Whether they can read of it, too."""
        return self.letter not in (NO_LETTER, Notice.State.FAILED)

    @property
    def is_letter_lost(self) -> bool:
        return self.letter == Notice.State.FAILED

    @property
    def tel(self) -> str:
        return f"tel:{self.notice.recipient}"

    @property
    def sms(self) -> str:
        """Opens a message ready to send; nothing where one must not be written.

        Android wants the text after "?", iPhones have wanted it after "&" since iOS 8: both find it after "?&".
        """
        if self.is_discreet or not self.sentence:
            return ""
        return f"sms:{self.notice.recipient}?&body={quote(self.sentence, safe='')}"


def owed(now: datetime, occurrence_id: int | None = None) -> list[Call]:
    """Who is still to be rung up, perhaps only about one date: those whom no letter reaches first, then by urgency.

    What there is nothing to tell of any more is left out; the worker withdraws it.
    """
    calls = []
    for call in _calls(Notice.objects.calls().owed(), occurrence_id, now):
        try:
            calls.append(_with_words(call, now))
        except Pointless:
            continue
    return sorted(calls, key=lambda call: (call.has_letter, call.due_at, call.notice.pk))


def made(now: datetime, occurrence_id: int | None = None) -> list[Call]:
    """Calls made within the last day, the latest first."""
    lately = Notice.objects.calls().filter(state=Notice.State.SENT, sent_at__gt=now - LISTED_FOR)
    calls = _calls(lately.select_related("done_by").order_by("-sent_at", "-pk"), occurrence_id, now)
    return list(calls)


def _calls(rows: NoticeQuerySet, occurrence_id: int | None, now: datetime) -> Iterable[Call]:
    """The same number of queries for one and for many."""
    found = list(rows.exclude(recipient=""))
    gathering.gather(found)
    letters, callers = _letters(found), _callers(found)
    for notice in found:
        is_wish = notice.kind == notices.PLEASE_CALL
        registration = None if is_wish else gathering.of(notice).registration
        if occurrence_id is not None and (registration is None or registration.occurrence_id != occurrence_id):
            continue
        if registration is not None:
            yield _of_registration(notice, registration, letters, now)
        elif is_wish:
            yield _of_wish(notice, callers.get(notice.recipient, []))


def _letters(found: Collection[Notice]) -> dict[tuple[str, str, int], str]:
    """What became of the letters about the same as these calls."""
    same = Notice.objects.letters().about(*{notice.about for notice in found})
    rows = same.exclude(state=Notice.State.WITHDRAWN).values_list("about", "kind", "revision", "state")
    return {(about, kind, revision): state for about, kind, revision, state in rows}


def _callers(found: Collection[Notice]) -> dict[str, list[SignUp]]:
    """Who signed up with the phones of those who asked to be rung up, the latest first."""
    asked = {notice.recipient for notice in found if notice.kind == notices.PLEASE_CALL}
    unseen = Registration.objects.filter(occurrence__activity__audience=Activity.Audience.DISCREET)
    rows = SignUp.objects.filter(phone__in=asked, erased_at__isnull=True).order_by("-pk")
    by_phone: dict[str, list[SignUp]] = {}
    for sign_up in rows.annotate(is_discreet=Exists(unseen.filter(sign_up=OuterRef("pk")))):
        by_phone.setdefault(sign_up.phone, []).append(sign_up)
    return by_phone


def _of_registration(
    notice: Notice, registration: Registration, letters: dict[tuple[str, str, int], str], now: datetime
) -> Call:
    sign_up, activity = registration.sign_up, registration.occurrence.activity
    is_discreet = Case(notice, registration, now).is_discreet
    ours = gathering.meetings_of(registration.occurrence)
    begins = [(each.starts_at, each.is_all_day) for each in ours if each.ends_at > now]
    # Whoever was not told of the new time would come at the old one.
    known = [(moments(told)[0], told["is_all_day"]) for told in notice.details.get("old", ())]
    begins += [(start, is_whole_day) for start, is_whole_day in known if start > now]
    due_at, is_whole_day = min(begins, default=(notice.created_at, False))
    return Call(
        notice=notice,
        registration=registration,
        name=sign_up.contact_name,
        title="" if is_discreet else said(activity, "title").text,
        when="" if is_discreet or not begins else at(due_at, is_whole_day=is_whole_day),
        safe_to_call=sign_up.safe_to_call,
        sentence="",
        otherwise="",
        is_discreet=is_discreet,
        letter=letters.get((notice.about, notice.kind, notice.revision), NO_LETTER),
        due_at=due_at,
    )


def _of_wish(notice: Notice, sign_ups: list[SignUp]) -> Call:
    """Whoever asked gave a phone alone: whose it is stands in what was signed up with it."""
    is_discreet = any(sign_up.is_discreet for sign_up in sign_ups)  # type: ignore[attr-defined]
    names = list(dict.fromkeys(sign_up.contact_name for sign_up in sign_ups if sign_up.contact_name))
    known = [sign_up.safe_to_call for sign_up in sign_ups if sign_up.safe_to_call]
    return Call(
        notice=notice,
        registration=None,
        name=", ".join(names[:MOST_NAMES]),
        title="",
        when="",
        safe_to_call=notice.details.get("when") or next(iter(known), ""),
        sentence="",
        otherwise="",
        is_discreet=is_discreet,
        letter=NO_LETTER,
        due_at=notice.created_at + ANSWERED_WITHIN,
    )


def _with_words(call: Call, now: datetime) -> Call:
    """The call with what to say. Raises Pointless where there is nothing to tell any more."""
    sentence, otherwise = "", ""
    try:
        sentence = calling.sentence(call.notice, now)
    except Pointless:
        raise
    except Exception as reason:  # one row that cannot be put into words must not hide all the others
        if night.is_away():
            raise
        night.say(f"what to say in call {call.notice.pk}", reason)
    if call.is_discreet:
        with translation.override(call.notice.language):
            greeting = _("Hello! Is this %(name)s?") if call.name else _("Hello!")
            sentence = greeting % {"name": call.name}
            otherwise = _("Thank you, I will call again.")
    return replace(call, sentence=sentence, otherwise=otherwise)
