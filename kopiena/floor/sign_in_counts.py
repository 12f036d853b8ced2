"""How often a code is asked for and tried, counted in the database, known and unknown addresses alike.

Each is counted before it is looked at, so that many in the same instant get no further than one after the other.
"""

from datetime import datetime

from django.conf import settings

from kopiena.floor.models import Tally
from kopiena.floor.models.tally import HOUR, Try

LETTER, ASKING, GUESS, OF_ONE_CODE = "code letter", "code asking", "code guess", "code guess of one"


def may_ask(email: str, connection: str, now: datetime) -> bool:
    """Count one more asking for a code; whether this mailbox and this connection had not too many within the hour."""
    limits = {
        Try(LETTER, email, HOUR): settings.CODE_LETTERS_PER_HOUR,
        Try(ASKING, connection, HOUR): settings.CODES_ASKED_PER_HOUR,
    }
    return _are_within(limits, now)


def may_guess(code: str, connection: str, now: datetime) -> bool:
    """Count one more try of a code; `code` names the asking it belongs to, and is no secret."""
    limits = {
        Try(OF_ONE_CODE, code, HOUR): settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
        Try(GUESS, connection, HOUR): settings.CODE_GUESSES_PER_HOUR,
    }
    return _are_within(limits, now)


def _are_within(limits: dict[Try, int], now: datetime) -> bool:
    Tally.objects.count_each(list(limits), now)
    counts = Tally.objects.tries_of_each(list(limits), now)
    return all(counts[each] <= limit for each, limit in limits.items())
