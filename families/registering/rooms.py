"""A room is never booked twice: asked at once, so that the answer is a sentence and not an error at the commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from families.refusals import Refused

RULE = "meeting_room_never_booked_twice"


@contextmanager
def kept_free(message: str = "") -> Iterator[None]:
    """Change meetings inside; raises Refused, with nothing changed, where a room is then booked twice."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute(f"SET CONSTRAINTS {RULE} IMMEDIATE")
                cursor.execute(f"SET CONSTRAINTS {RULE} DEFERRED")
    except IntegrityError as clash:
        if RULE not in str(clash):
            raise
        raise Refused(message or _("The room is taken at that time. Choose another time or another room.")) from clash
