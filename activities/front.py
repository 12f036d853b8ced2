"""What the home page shows of the activities: what to know today, the next seven days, and what is new."""

from dataclasses import dataclass
from datetime import datetime

from activities.ahead import offers_ahead
from activities.cards import rendered
from activities.finder import loading
from activities.models import Activity
from activities.offer import in_time
from activities.today import Word, words_of

NEWEST = 6


@dataclass(frozen=True)
class Front:
    """The cards are ready for the page."""

    today: list[Word]
    this_week: list[str]
    newest: list[str]


def front_of(now: datetime) -> Front:
    """What the catalogue names, in two queries for the cards nobody has seen yet, and two more on a rainy day."""
    catalogue = loading.current(now)
    week, newest = catalogue.week, catalogue.newest[:NEWEST]
    ids = list(dict.fromkeys([*week, *newest]))
    cards = dict(zip(ids, rendered(ids, now), strict=True))
    return Front(_words(catalogue.today, now), [cards[pk] for pk in week], [cards[pk] for pk in newest])


def words_of_today(now: datetime) -> list[Word]:
    """What will not take place today and what is decided upon."""
    return _words(loading.current(now).today, now)


def _words(ids: list[int], now: datetime) -> list[Word]:
    """No query where there is nothing to say."""
    activities = list(Activity.objects.public().filter(pk__in=ids).order_by("pk")) if ids else []
    offers = offers_ahead(activities, now) if activities else {}
    return words_of(in_time((offer for theirs in offers.values() for offer in theirs), now))
