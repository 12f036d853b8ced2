"""Letters and calls about the date itself: it will not take place, or after all, or at another time or place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.models import Meeting
from families import notices
from families.letters import about_a_place, gathering, whereabouts
from families.letters.case import Case, Reason
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Letter, Pointless
from kopiena.floor.said import Said, said

STANDING = frozenset({notices.PLACED, notices.WAITING, notices.PROMOTED, notices.NO_PLACE, notices.CHANGED})


def _missed(case: Case) -> list[Meeting]:
    """What will not take place. Raises Pointless where it does after all, or is past."""
    told = {each["meeting"] for each in case.notice.details.get("meetings", ())}
    case.expect(is_so=not case.registration.is_cancelled)
    gone = [meeting for meeting in case.meetings if not told or meeting.pk in told]
    case.expect(is_so=case.offer.is_cancelled or bool(told and all(meeting.is_cancelled for meeting in gone)))
    missed = [meeting for meeting in gone if meeting.ends_at > case.now]
    case.expect(is_so=bool(missed), reason=Reason.TOO_LATE)
    return missed


def _times(case: Case) -> list[str]:
    """When it would have been, each time once."""
    return list(dict.fromkeys(whereabouts.time(meeting, case.today) for meeting in _missed(case)))


def called_off(case: Case) -> Letter:
    times = _times(case)
    paragraphs: list[str | Said] = [_("Will not take place: %(title)s.") % {"title": case.title}]
    if case.reason:
        paragraphs.append(case.reason)
    is_held = any(each.starts_at > case.now and not each.is_cancelled for each in case.meetings)
    if is_held and not case.offer.is_cancelled:
        paragraphs.append(_("The other meetings take place as planned."))
    return Letter(
        subject=case.subject(_("Will not take place")) if case.offer.is_cancelled else _of_meetings(case),
        greeting=case.greeting,
        paragraphs=paragraphs,
        facts=[(_("When"), "\n".join(times))],
        ways=[case.way(_("See the registration"))],
        afterwards=[_("You need not do anything. If it takes place after all, we will let you know.")],
        files=case.calendar() if case.registration.is_placed else (),
    )


def _of_meetings(case: Case) -> str:
    """The subject where only some meetings are off: the day of the whole date would be another one."""
    return _("Will not take place: %(title)s, %(when)s") % {"title": case.title, "when": _times(case)[0]}


def say_called_off(case: Case) -> str:
    times = "; ".join(dict.fromkeys(whereabouts.begins(meeting, case.today) for meeting in _missed(case)))
    told = _("Will not take place: %(title)s, %(when)s.") % {"title": case.title, "when": times}
    return f"{told} {case.reason}".strip()


def taken_up(case: Case) -> Letter:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    return Letter(
        subject=case.subject(_("Takes place after all")),
        greeting=case.greeting,
        paragraphs=[_("Takes place after all: %(title)s.") % {"title": case.title}, case.status],
        facts=case.facts(),
        ways=[
            case.way(_("See, change or cancel the registration")),
            case.way_to_cancel(_("We can't come this time")),
        ],
        afterwards=[case.code],
        files=case.calendar() if case.registration.is_placed else (),
    )


def say_taken_up(case: Case) -> str:
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    told = _("Takes place after all: %(title)s.") % {"title": case.what_and_when}
    return f"{told} {case.status}"


@dataclass(frozen=True)
class Move:
    """When and where it was and is."""

    was: list[str]
    is_now: list[str]
    words: str  # "Cits laiks", "Cita vieta" or both

    @property
    def is_none(self) -> bool:
        """Whether all is where it was when it was last told."""
        return self.was == self.is_now


def _move(case: Case) -> Move:
    """What the notice remembers against what is now. Raises Pointless where there is nothing to come."""
    case.expect(is_so=not case.registration.is_cancelled)
    case.expect_to_come()
    told = case.notice.details.get("old", [])
    before = whereabouts.remembered(told, gathering.of(case.notice))
    ids = {each["meeting"] for each in told}
    now = [meeting for meeting in case.meetings if case.left or meeting.pk in ids]
    titles = ["", ""]
    if case.left and case.left.activity_id != case.occurrence.activity_id:
        titles = [f"{said(case.left.activity, 'title')}, ", f"{case.title}, "]
    was, is_now = (
        [f"{title}{whereabouts.time_and_place(meeting, case.today)}" for meeting in meetings]
        for title, meetings in zip(titles, (before, now), strict=True)
    )
    is_elsewhere = {whereabouts.place(meeting) for meeting in before} != {whereabouts.place(each) for each in now}
    is_another_time = sorted((each.starts_at, each.ends_at) for each in before) != sorted(
        (each.starts_at, each.ends_at) for each in now
    )
    words = {
        (True, True): _("New time and place"),
        (False, True): _("New place"),
    }.get((is_another_time, is_elsewhere), _("New time"))
    return Move(was, is_now, words)


def moved(case: Case) -> Letter:
    move = _move(case)
    if move.is_none:
        _expect_unheard(case)
        return about_a_place.placed(case) if case.registration.is_placed else about_a_place.waiting(case)
    return Letter(
        subject=case.subject(move.words),
        greeting=case.greeting,
        paragraphs=[f"{move.words}: {case.title}.", case.status],
        facts=[
            (pgettext("time and place", "Was"), "\n".join(move.was)),
            (pgettext("time and place", "Now"), "\n".join(move.is_now)),
            (_("Who comes"), case.party),
        ],
        ways=[
            case.way(_("See, change or cancel the registration")),
            case.way_to_cancel(_("We can't come this time")),
        ],
        afterwards=[case.code],
        files=case.calendar() if case.registration.is_placed or case.left else (),
    )


def say_moved(case: Case) -> str:
    move = _move(case)
    if move.is_none:
        _expect_unheard(case)
        return f"{case.what_and_when}. {case.status}"
    return _("%(words)s: %(title)s. Was: %(was)s. Now: %(now)s. %(status)s") % {
        "words": move.words,
        "title": case.title,
        "was": "; ".join(move.was),
        "now": "; ".join(move.is_now),
        "status": case.status,
    }


def _expect_unheard(case: Case) -> None:
    """It was moved there and back. Raises Pointless unless the first move had withdrawn a word nobody heard since."""
    ours = Notice.objects.about(case.notice.about).filter(pk__lt=case.notice.pk)
    told = ours.filter(state=Notice.State.SENT).order_by("-pk").values_list("pk", flat=True).first() or 0
    unheard = ours.filter(pk__gt=told, kind__in=STANDING, reason=Reason.OVERTAKEN)
    if not unheard.exists():
        raise Pointless(Reason.NOT_SO)
