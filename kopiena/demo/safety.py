"""The demonstration's lessons about safety: few places, only for some ages."""

from kopiena.demo.planned import PlannedActivity, meeting, repeated
from kopiena.demo.weeks import SUN, WED, Weeks
from kopiena.start.in_three import in_three


def safety(weeks: Weeks) -> list[PlannedActivity]:
    """All of them, for these weeks."""
    return [_seen(weeks), _helmets(weeks)]


def _seen(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "safety",
        "unit": "children",
        "usual_places": 12,
        "age_from": 5,
        "age_to": 9,
        "is_age_asked": True,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Esi redzams!", "Будь заметен!", "Be seen!"),
        **in_three(
            "summary",
            "Nodarbība par ceļa šķērsošanu un atstarotājiem.",
            "Занятие о переходе через дорогу и о светоотражателях.",
            "A lesson about crossing the road and about reflectors.",
        ),
        **in_three(
            "description",
            "Uz grīdas uzzīmēta iela ar gājēju pāreju. Katrs bērns saņem atstarotāju.",
            "На полу нарисована улица с пешеходным переходом. Каждый ребёнок получит светоотражатель.",
            "A street with a zebra crossing is drawn on the floor. Every child gets a reflector.",
        ),
    }
    days = [meeting(day, "16:00", "17:00", "house", "hall") for day in weeks.each(WED, (1, 3, 6))]
    return PlannedActivity("esi-redzams", fields, ("11-psk", "20-pii"), repeated(days, guests=(5, 2)))


def _helmets(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "safety",
        "usual_places": 25,
        "age_from": 6,
        "is_in_latvian": True,
        **in_three("title", "Velosipēdu darbnīca", "Ремонт велосипедов", "A bicycle workshop"),
        **in_three(
            "summary",
            "Sakārtojam bremzes un lukturus, pielaikojam ķiveri.",
            "Чиним тормоза и фонари, подбираем шлем.",
            "We mend brakes and lights and fit a helmet.",
        ),
        **in_three(
            "description",
            "Atvediet savu velosipēdu vai nāciet paskatīties, kā to dara.",
            "Привезите свой велосипед или приходите посмотреть, как это делают.",
            "Bring your bicycle, or come and see how it is done.",
        ),
    }
    days = [
        meeting(weeks.coming(SUN), "13:00", "15:00", "yard"),
        meeting(weeks.coming(SUN, 6), "13:00", "15:00", "yard"),
    ]
    return PlannedActivity("velosipedi", fields, ("13-vsk",), repeated(days, guests=(3,)))
