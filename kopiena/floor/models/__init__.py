"""The floor's nouns: who can sign in, the centre itself, messages owed, and tries counted."""

from kopiena.floor.models.centre import Centre, Supporter
from kopiena.floor.models.notice import Notice
from kopiena.floor.models.tally import Tally
from kopiena.floor.models.user import User

__all__ = ["Centre", "Notice", "Supporter", "Tally", "User"]
