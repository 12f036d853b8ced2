"""Takes the demonstration away again, whole or not at all."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model, Q

from activities.models import Activity, Capacity, Meeting, Need, Occurrence, Venue
from families.models import Registration, SignUp
from kopiena.floor.said import in_language
from partners.models import Institution, Project

# In this order nothing is deleted while something that protects it is still there.
_MARKED: dict[str, type[Model]] = {
    "families signed up": SignUp,
    "dates": Occurrence,
    "needs": Need,
    "activities": Activity,
    "projects": Project,
    "venues": Venue,
    "institutions": Institution,
}


class StillNeeded(Exception):
    """Something real hangs on the demonstration; the message says what."""


@transaction.atomic
def remove() -> Counter[str]:
    """Deletes every row of the demonstration and counts them; StillNeeded while something real hangs on one.

    The places are locked first, as the gate does: a real family that signs up at this moment is either seen here or
    finds the date gone.
    """
    list(
        Capacity.objects.select_for_update(of=("self",))
        .filter(Q(occurrence__is_demo=True) | Q(occurrence__activity__is_demo=True))
        .order_by("pk")
    )
    _refuse_where_real()
    gone: Counter[str] = Counter()
    for name, model in _MARKED.items():
        rows = model._default_manager.filter(is_demo=True)
        gone[name] = rows.count()
        rows.delete()
    return +gone


def _refuse_where_real() -> None:
    of_demo = Q(occurrence__is_demo=True) | Q(occurrence__activity__is_demo=True)
    real = Registration.objects.filter(of_demo, sign_up__is_demo=False)
    if titles := _titles(real.values_list(in_language("occurrence__activity__title", "lv"), flat=True)):
        raise StillNeeded(f"Nothing was removed: real sign-ups, perhaps cancelled ones, hang on {titles}.")
    dates = Occurrence.objects.filter(activity__is_demo=True, is_demo=False)
    if titles := _titles(dates.values_list(in_language("activity__title", "lv"), flat=True)):
        raise StillNeeded(f"Nothing was removed: dates that are not of the demonstration were added to {titles}.")
    meetings = Meeting.objects.filter(venue__is_demo=True, occurrence__is_demo=False)
    if titles := _titles(meetings.values_list(in_language("occurrence__activity__title", "lv"), flat=True)):
        raise StillNeeded(f"Nothing was removed: places of the demonstration are used by {titles}.")


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(f"„{title}”" for title in sorted(set(titles)))
