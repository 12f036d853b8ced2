"""News of a date: moved, called off, taken up again. What nobody has heard yet becomes one word, or none at all."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from families import notices
from families.meeting_times import Told
from families.models import Registration
from kopiena.floor import outbox
from kopiena.floor.models import Notice


def owe_moved(
    registrations: Iterable[Registration],
    old: list[Told],
    *,
    from_date: int,
    starts_at: datetime | None,
    now: datetime,
    new: Collection[Told] = (),
) -> None:
    """Tell each when and where it was and is. Moves not told yet become one: the oldest "was", the newest "is".

    `from_date` is the occurrence the old meetings belong to, which a registration may leave for another one. `new`
    are its meetings as they are now: who has not heard of a move that is taken back hears nothing.
    """
    parties = list(registrations)
    moves = _moves(parties)
    written, as_before = [], []
    for party in parties:
        told = []
        for channel, recipient in notices.ways_to(party.sign_up, starts_at=starts_at, now=now):
            details = _since(moves, (notices.about(party.pk), channel), from_date, old)
            is_as_before = new and details["date"] == from_date and all(each in new for each in details["old"])
            if not is_as_before:
                told.append(notices.owed(notices.MOVED, party, channel, recipient, details))
        written += told
        as_before += [] if told else [party]
    outbox.owe(written, now)
    _take_moves_back(as_before, starts_at=starts_at, now=now)


def _moves(parties: Iterable[Registration]) -> dict[tuple[str, str], Notice]:
    """The last word of a move for each party and channel; where it has none of that channel, the other's."""
    found = Notice.objects.about(*(notices.about(party.pk) for party in parties)).filter(kind=notices.MOVED)
    last: dict[tuple[str, str], Notice] = {}
    for notice in found.exclude(state=Notice.State.WITHDRAWN).order_by("revision", "pk"):
        for channel in Notice.Channel.values:
            known = last.get((notice.about, channel))
            if known is None or known.revision < notice.revision or channel == notice.channel:
                last[notice.about, channel] = notice
    return last


def _since(
    moves: dict[tuple[str, str], Notice], whom: tuple[str, str], from_date: int, old: list[Told]
) -> dict[str, Any]:
    """What the word of a move keeps: what was so when they heard last."""
    known = moves.get(whom)
    if known is None or known.state not in (Notice.State.OWED, Notice.State.FAILED):
        return {"date": from_date, "old": old}
    told = {each["meeting"] for each in known.details["old"]}
    # What is said of another date than this one was true before both moves.
    also = [each for each in old if each["meeting"] not in told] if known.details["date"] == from_date else []
    return {"date": known.details["date"], "old": known.details["old"] + also}


def _take_moves_back(parties: list[Registration], *, starts_at: datetime | None, now: datetime) -> None:
    """Nothing has moved for them: what such a move had made untrue, and nothing has said since, is owed once more."""
    ours = Notice.objects.about(*(notices.about(party.pk) for party in parties))
    ours.filter(kind=notices.MOVED).withdraw(Notice.Reason.NOT_SO)
    states = ours.filter(
        kind__in=[notices.PLACED, notices.WAITING, notices.PROMOTED, notices.CHANGED, notices.MOVED]
    ).exclude(kind=notices.MOVED, state=Notice.State.WITHDRAWN)
    last = {notice.about: notice for notice in states.order_by("pk")}
    for party in parties:
        word = last.get(notices.about(party.pk))
        if word is not None and word.reason == Notice.Reason.OVERTAKEN:
            notices.owe(word.kind, [party], starts_at=starts_at, now=now)


def owe_called_off(
    registrations: Iterable[Registration], meetings: list[Told], *, starts_at: datetime | None, now: datetime
) -> None:
    """Tell each that these meetings will not take place; none named: the whole date. What is not told yet joins."""
    parties = list(registrations)
    unsent = (
        Notice.objects.about(*(notices.about(party.pk) for party in parties)).filter(kind=notices.CALLED_OFF).owed()
    )
    before = {notice.about: notice.details.get("meetings", []) for notice in unsent}
    unsent.withdraw(Notice.Reason.OVERTAKEN)
    written = []
    for party in parties:
        earlier = [each for each in before.get(notices.about(party.pk), []) if each not in meetings]
        details = {"meetings": earlier + meetings} if meetings else {}
        ways = notices.ways_to(party.sign_up, starts_at=starts_at, now=now)
        written += [notices.owed(notices.CALLED_OFF, party, channel, whom, details) for channel, whom in ways]
    outbox.owe(written, now)


def owe_taken_up(registrations: Iterable[Registration], *, starts_at: datetime | None, now: datetime) -> None:
    """Tell those who had heard that it would not take place; the others have missed nothing."""
    parties = list(registrations)
    ours = Notice.objects.about(*(notices.about(party.pk) for party in parties))
    ours.filter(kind=notices.CALLED_OFF).withdraw(Notice.Reason.OVERTAKEN)
    heard = Q(kind=notices.CALLED_OFF, state__in=[Notice.State.SENDING, Notice.State.SENT, Notice.State.FAILED])
    # Or something else was not sent because the date was off.
    missed = Q(
        kind__in=[notices.PLACED, notices.WAITING, notices.PROMOTED, notices.CHANGED, notices.MOVED],
        reason=Notice.Reason.NOT_SO,
    )
    concerned = set(ours.filter(heard | missed).values_list("about", flat=True))
    notices.owe(
        notices.TAKEN_UP,
        [party for party in parties if notices.about(party.pk) in concerned],
        starts_at=starts_at,
        now=now,
    )
