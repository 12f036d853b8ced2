"""The demonstration's workshops: medals, a day of workshops side by side, a drawing studio, a collage that is over."""

from kopiena.demo.planned import PlannedActivity, meeting, one, repeated
from kopiena.demo.weeks import MON, SAT, SUN, Weeks
from kopiena.start.in_three import in_three


def workshops(weeks: Weeks) -> list[PlannedActivity]:
    """All of them, for these weeks."""
    return [_medals(weeks), _side_by_side(weeks), _studio(weeks), _collage(weeks)]


def _medals(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "craft",
        "unit": "children",
        "usual_places": 10,
        "age_from": 4,
        "age_to": 10,
        "is_age_asked": True,
        "is_companion_seated": False,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Sālsmīklas medaļas", "Медали из солёного теста", "Salt-dough medals"),
        **in_three(
            "summary",
            "Veidojam un krāsojam medaļu kādam, kurš to pelnījis.",
            "Лепим и раскрашиваем медаль тому, кто её заслужил.",
            "We shape and paint a medal for somebody who has earned one.",
        ),
        **in_three(
            "description",
            "Mīklu un krāsas dodam mēs. Medaļa žūst nedēļu, tāpēc paņemsiet to nākamajā reizē.",
            "Тесто и краски даём мы. Медаль сохнет неделю, поэтому заберёте её в следующий раз.",
            "We give dough and paint. A medal dries for a week, so you take it home the next time.",
        ),
        **in_three("bring", "Priekšauts.", "Фартук.", "An apron."),
    }
    days = [meeting(day, "11:00", "12:30", "house", "studio") for day in weeks.each(SAT, (0, 2, 4))]
    # Ten children take all the places on the first day, two more families wait.
    return PlannedActivity("medalas", fields, ("23-pii",), repeated(days, guests=(9, 4, 2)))


def _side_by_side(weeks: Weeks) -> PlannedActivity:
    day = weeks.coming(SUN, 3)
    rooms = (
        ("hall", in_three("name", "Koka rotaļlietas", "Деревянные игрушки", "Wooden toys")),
        ("studio", in_three("name", "Ģimenes kolāža", "Семейный коллаж", "A family collage")),
        ("kitchen", in_three("name", "Piparkūkas", "Пряники", "Gingerbread")),
    )
    fields = {
        "theme": "craft",
        "unit": "families",
        "usual_places": 20,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Ģimeņu darbnīcu diena", "День семейных мастерских", "A day of family workshops"),
        **in_three(
            "summary",
            "Trīs darbnīcas reizē – katrs izvēlas savu.",
            "Три мастерские сразу – каждый выбирает свою.",
            "Three workshops at once: everybody chooses one.",
        ),
        **in_three(
            "description",
            "Darbnīcu izvēlēsieties uz vietas; pēc stundas var pāriet uz citu.",
            "Мастерскую выберете на месте; через час можно перейти в другую.",
            "You choose the workshop when you come; after an hour you may change to another.",
        ),
    }
    occurrence = one(
        *(meeting(day, "12:00", "14:00", "house", room, name=name) for room, name in rooms), guests=6, first_guest=8
    )
    needs = ({"kind": "things", "wanted": 5, **in_three("title", "šķēres", "ножницы", "pairs of scissors")},)
    return PlannedActivity("darbnicu-diena", fields, ("bjc-jauniba", "3-pii"), (occurrence,), needs)


def _studio(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "craft",
        "unit": "children",
        "usual_places": 10,
        "age_from": 11,
        "age_to": 15,
        "is_age_asked": True,
        "is_adult_needed": False,
        "is_sibling_welcome": False,
        "is_in_latvian": True,
        "is_in_english": True,
        **in_three("title", "Zīmēšanas studija", "Студия рисования", "A drawing studio"),
        **in_three(
            "summary",
            "Astoņas pirmdienas pusaudžiem, kas grib iemācīties zīmēt.",
            "Восемь понедельников для подростков, которые хотят научиться рисовать.",
            "Eight Mondays for teenagers who want to learn to draw.",
        ),
        **in_three(
            "description",
            "Sākam ar zīmuli un beidzam ar lielu sienas gleznojumu. Bērni nāk bez vecākiem.",
            "Начинаем с карандаша, заканчиваем большой росписью на стене. Дети приходят без родителей.",
            "We begin with a pencil and end with a large painting on a wall. Children come without their parents.",
        ),
    }
    course = [meeting(day, "16:30", "18:00", "house", "studio") for day in weeks.course(MON, 8)]
    return PlannedActivity("zimesanas-studija", fields, ("15-vsk",), (one(*course, guests=3, first_guest=2),))


def _collage(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "craft",
        "unit": "families",
        "usual_places": 12,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Kolāža „Mūsu pagalma gads”", "Коллаж «Год нашего двора»", "Collage “A year in our yard”"),
        **in_three(
            "summary",
            "Viena liela kolāža no lapām, audumiem un fotogrāfijām.",
            "Один большой коллаж из листьев, тканей и фотографий.",
            "One large collage of leaves, cloth and photographs.",
        ),
        **in_three(
            "description",
            "Katra ģimene izveido vienu gada mēnesi.",
            "Каждая семья делает один месяц года.",
            "Each family makes one month of the year.",
        ),
        **in_three(
            "outcome",
            "Kolāža ir gatava: divpadsmit mēneši, katrs citā krāsā. Tagad tā redzama izstādē.",
            "Коллаж готов: двенадцать месяцев, каждый своего цвета. Теперь его можно увидеть на выставке.",
            "The collage is finished: twelve months, each in a colour of its own. See it now at the exhibition.",
        ),
    }
    day = meeting(weeks.past(SAT), "11:00", "13:00", "house", "studio")
    return PlannedActivity("kolaza", fields, ("26-pii",), (one(day, guests=5, first_guest=4),))
