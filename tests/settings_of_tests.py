"""Settings for a process of its own that a test starts: the portal's, on the test's own database."""

import os

from psycopg2.extensions import ISOLATION_LEVEL_SERIALIZABLE

from kopiena.settings import *  # noqa: F403
from kopiena.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["DATABASE_OF_TEST"]
if "SERIALIZABLE" in os.environ:
    DATABASES["default"]["OPTIONS"]["isolation_level"] = ISOLATION_LEVEL_SERIALIZABLE
