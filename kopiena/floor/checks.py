"""Start-up checks: the database as the gate needs it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, connection, transaction

NEEDED_ISOLATION = "read committed"


def driver() -> str:
    """The name of the database driver in use; Django silently prefers psycopg 3 where it is importable."""
    wrapper: Any = connection
    return str(wrapper.Database.__name__)


@register(Tags.compatibility)
def settings_suit_the_gate(**_kwargs: Any) -> list[CheckMessage]:
    """The driver is psycopg2 on PostgreSQL, and no request runs inside one long transaction."""
    found: list[CheckMessage] = []
    database = settings.DATABASES["default"]
    if connection.vendor != "postgresql":
        found.append(Error("Kopiena needs PostgreSQL: its rules live there.", id="kopiena.E001"))
    elif driver() != "psycopg2":
        found.append(Error("psycopg 3 is installed and shadows psycopg2: remove it.", id="kopiena.E002"))
    if database.get("ATOMIC_REQUESTS"):
        found.append(Error("ATOMIC_REQUESTS must be off: the gate makes its own transaction.", id="kopiena.E003"))
    return found


@register(Tags.database)
def isolation_suits_the_gate(databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """The gate reads after it has locked, which only READ COMMITTED shows truly (`check --database default`)."""
    if not databases or "default" not in databases:
        return []
    try:
        # In a transaction: an isolation asked for in OPTIONS comes with its BEGIN and shows nowhere else.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            (isolation,) = cursor.fetchone()
    except OperationalError as reason:
        return [Error(f"The database does not answer: {reason}", id="kopiena.E004")]
    if isolation != NEEDED_ISOLATION:
        return [Error(f"The database works at {isolation!r}; the gate needs {NEEDED_ISOLATION!r}.", id="kopiena.E005")]
    return []
