"""The whole demonstration for one day."""

from datetime import date

from kopiena.demo.at_home import at_home
from kopiena.demo.outdoors import outdoors
from kopiena.demo.planned import PlannedActivity
from kopiena.demo.safety import safety
from kopiena.demo.stage import stage
from kopiena.demo.weeks import Weeks
from kopiena.demo.workshops import workshops


def plan(today: date) -> list[PlannedActivity]:
    """Every activity of the demonstration, as if made on that day."""
    weeks = Weeks(today)
    return [*workshops(weeks), *outdoors(weeks), *stage(weeks), *at_home(weeks), *safety(weeks)]
