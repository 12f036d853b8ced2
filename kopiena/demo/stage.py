"""The demonstration on stage: a puppet theatre and its helpers, a concert, a Russian evening, an exhibition."""

from datetime import timedelta

from kopiena.demo.planned import PlannedActivity, at, just_come, meeting, one, whole_days
from kopiena.demo.weeks import FRI, MON, SAT, SUN, THU, TUE, Weeks
from kopiena.start.in_three import in_three


def stage(weeks: Weeks) -> list[PlannedActivity]:
    """All of them, for these weeks; what is made for another stands after it."""
    return [_puppets(weeks), _scenery(weeks), _concert(weeks), _russian_evening(weeks), _exhibition(weeks)]


PUPPETS = {
    "theme": "stage",
    "unit": "children",
    "usual_places": 12,
    "age_from": 7,
    "age_to": 12,
    "is_age_asked": True,
    "is_adult_needed": False,
    "is_companion_seated": False,
    "is_in_latvian": True,
    "is_in_russian": True,
    **in_three("led_by", "Leļļu teātra pulciņš", "Кружок кукольного театра", "The puppet theatre group"),
    **in_three("title", "Leļļu teātris „Vecīša cimdiņš”", "Кукольный театр «Рукавичка»", "Puppet theatre “The Mitten”"),
    **in_three(
        "summary",
        "Sešas nedēļas iestudējam pasaku, tad spēlējam visiem kaimiņiem.",
        "Шесть недель ставим сказку, а потом играем для всех соседей.",
        "For six weeks we stage a tale, then we play it for all the neighbours.",
    ),
    **in_three(
        "description",
        """
        Uz mēģinājumiem piesakās tie, kas spēlēs: bērns nāk uz visiem. Uz izrādi var nākt ikviens, pieteikties
        nevajag.
        """,
        """
        На репетиции записываются те, кто будет играть: ребёнок приходит на все. На спектакль может прийти каждый,
        записываться не нужно.
        """,
        """
        Those who play sign up for the rehearsals, and come to all of them. Everybody may come to the show without
        signing up.
        """,
    ),
}


def _puppets(weeks: Weeks) -> PlannedActivity:
    rehearsals = [meeting(day, "17:30", "19:00", "house", "hall") for day in weeks.course(TUE, 6)]
    course = one(*rehearsals, guests=6, first_guest=5, **in_three("name", "Mēģinājumi", "Репетиции", "Rehearsals"))
    show = just_come(
        meeting(weeks.coming(SAT, 8), "15:00", "16:00", "palace"), **in_three("name", "Izrāde", "Спектакль", "The show")
    )
    return PlannedActivity("lellu-teatris", PUPPETS, ("bjc-jauniba", "15-vsk"), (course, show), project="stage")


def _scenery(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "craft",
        "is_for_helpers": True,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Dekorācijas leļļu teātrim", "Декорации для кукольного театра", "Scenery for the puppets"),
        **in_three(
            "summary",
            "Vakars palīgiem: zāģējam, līmējam un krāsojam.",
            "Вечер для помощников: пилим, клеим и красим.",
            "An evening for helpers: we saw, glue and paint.",
        ),
        **in_three(
            "description",
            "Prast nevajag, parādīsim. Krāsas un otas būs uz vietas.",
            "Уметь не обязательно, мы покажем. Краски и кисти будут на месте.",
            "No skills needed, we will show you. Paint and brushes are here.",
        ),
        **in_three("bring", "Vecs krekls.", "Старую рубашку.", "An old shirt."),
    }
    needs = (
        {"kind": "helpers", "wanted": 4, **in_three("title", "krāsotāji", "те, кто будет красить", "painters")},
        {"kind": "things", "wanted": 6, **in_three("title", "lielas kastes", "большие коробки", "large boxes")},
    )
    evening = one(meeting(weeks.coming(THU, 3), "17:30", "20:00", "house", "hall"), guests=2, first_guest=3)
    return PlannedActivity("dekoracijas", fields, ("15-vsk",), (evening,), needs, "stage", "lellu-teatris")


def _concert(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "stage",
        "usual_places": 120,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Ģimeņu dziesmu diena", "День семейной песни", "A day of family songs"),
        **in_three(
            "summary",
            "Koncerts, kurā dzied trīs paaudzes.",
            "Концерт, на котором поют три поколения.",
            "A concert in which three generations sing.",
        ),
        **in_three(
            "description",
            "Dzied skolu kori un ģimenes, bet pēdējo dziesmu dziedam visi kopā.",
            "Поют школьные хоры и семьи, а последнюю песню поём все вместе.",
            "School choirs and families sing, and the last song we sing all together.",
        ),
    }
    day = weeks.coming(SUN, 7)
    concert = one(meeting(day, "15:00", "17:00", "palace"), sign_up_opens_at=at(weeks.coming(MON, 1), "09:00"))
    needs = (
        {"kind": "helpers", "wanted": 2, **in_three("title", "kūku cepēji", "те, кто испечёт торты", "cake bakers")},
    )
    return PlannedActivity("dziesmu-diena", fields, ("13-vsk", "15-vsk", "bjc-jauniba"), (concert,), needs)


def _russian_evening(weeks: Weeks) -> PlannedActivity:
    # Written in Russian only, on purpose: the other languages show it marked as such.
    fields = {
        "theme": "stage",
        "usual_places": 40,
        "is_in_russian": True,
        **in_three("title", "Krievu pasaku vakars", "Вечер русской сказки", "An evening of Russian tales"),
        "summary_ru": "Слушаем и сами рассказываем сказки, пьём чай с вареньем. Вечер проходит на русском языке.",
        "description_ru": "Читают бабушки и дедушки, дети рисуют услышанное. Можно прийти просто послушать.",
    }
    evening = one(meeting(weeks.coming(FRI, 2), "18:00", "19:30", "house", "studio"), guests=4, first_guest=1)
    return PlannedActivity("pasaku-vakars", fields, ("13-vsk",), (evening,))


def _exhibition(weeks: Weeks) -> PlannedActivity:
    begins = weeks.past(SAT)
    fields = {
        "theme": "craft",
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Zīmējumu izstāde „Mūsu pagalms”", "Выставка рисунков «Наш двор»", "Drawings: “Our yard”"),
        **in_three(
            "summary",
            "Bērnu zīmējumi par pagalmiem, kaimiņiem un kaķiem.",
            "Детские рисунки о дворах, соседях и котах.",
            "Children’s drawings of yards, neighbours and cats.",
        ),
        **in_three(
            "description",
            "Nāciet, kad centrs ir vaļā. Savu zīmējumu var piekarināt turpat.",
            "Приходите, когда центр открыт. Свой рисунок можно повесить тут же.",
            "Come when the centre is open. You can hang up a drawing of your own.",
        ),
    }
    days = just_come(whole_days(begins, begins + timedelta(days=22), "mezgls"))
    return PlannedActivity("izstade", fields, ("21-pii", "bjc-jauniba"), (days,))
