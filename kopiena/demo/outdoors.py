"""The demonstration outdoors and in gardens: a clean-up, green onions, flower beds, a quest, a walk."""

from datetime import timedelta
from typing import Any

from kopiena.demo.planned import PlannedActivity, at, meeting, one, whole_days
from kopiena.demo.weeks import FRI, MON, SAT, SUN, Weeks
from kopiena.start.in_three import in_three


def outdoors(weeks: Weeks) -> list[PlannedActivity]:
    """All of them, for these weeks."""
    return [_clean_up(weeks), _green_onions(weeks), _flower_beds(weeks), _quest(weeks), _walk(weeks)]


CLEAN_UP = {
    "theme": "cleanup",
    "is_in_latvian": True,
    "is_in_russian": True,
    **in_three("title", "Talka: ezers, parks, pagalmi", "Субботник: озеро, парк, дворы", "Clean-up: lake, park, yards"),
    **in_three(
        "summary",
        "Trīs stundas kopā ar kaimiņiem – un krasts, parks un pagalmi ir tīri.",
        "Три часа вместе с соседями – и берег, парк и дворы чистые.",
        "Three hours with the neighbours, and the shore, the park and the yards are clean.",
    ),
    **in_three(
        "description",
        """
        Strādājam trijās vietās vienlaikus: pie ezera, parkā un pagalmos. Vietu izvēlēsieties, kad atnāksiet. Nāciet
        ar ģimeni, kaimiņiem vai visu bērnudārza grupu.
        """,
        """
        Работаем сразу в трёх местах: у озера, в парке и во дворах. Место выберете, когда придёте. Приходите с
        семьёй, с соседями или всей группой детского сада.
        """,
        """
        We work in three places at once: by the lake, in the park and in the yards. You choose the place when you
        come. Come with your family, your neighbours or a whole kindergarten group.
        """,
    ),
    **in_three("bring", "Darba cimdi.", "Рабочие перчатки.", "Work gloves."),
    **in_three(
        "weather",
        "Nelielā lietū strādājam. Ja stipri līst vai snieg, paziņosim šeit.",
        "При небольшом дожде работаем. При ливне или снегопаде сообщим здесь.",
        "We work in light rain. In heavy rain or snow we will say so here.",
    ),
}


def _clean_up(weeks: Weeks) -> PlannedActivity:
    day = weeks.coming(SAT, 1)
    places = (
        ("shore", in_three("name", "Pie ezera", "У озера", "By the lake")),
        ("park", in_three("name", "Parkā", "В парке", "In the park")),
        ("yard", in_three("name", "Pagalmos", "Во дворах", "In the yards")),
    )
    side_by_side = [meeting(day, "10:00", "13:00", venue, name=name) for venue, name in places]
    needs = (
        {"kind": "things", "wanted": 3, **in_three("title", "grābekļi", "грабли", "rakes")},
        {
            "kind": "helpers",
            "wanted": 2,
            **in_three("title", "zupas vārītāji", "те, кто сварит суп", "people to cook soup"),
        },
    )
    occurrence = one(*side_by_side, guests=7, decision_at=at(day, "08:00"))
    return PlannedActivity("talka", CLEAN_UP, ("11-psk", "13-vsk", "bjc-jauniba"), (occurrence,), needs)


GREEN_ONIONS = {
    "theme": "garden",
    "unit": "families",
    "is_in_latvian": True,
    "is_in_russian": True,
    **in_three(
        "title", "Sīpollociņi kaimiņu palodzei", "Зелёный лук для соседей", "Green onions for a neighbour’s sill"
    ),
    **in_three(
        "summary",
        "Piecas nedēļas audzējam mājās, tad kopā aiznesam zaļumus vientuļiem kaimiņiem.",
        "Пять недель растим дома, а потом вместе относим зелень одиноким соседям.",
        "We grow for five weeks at home, then take the greens to lonely neighbours together.",
    ),
    **in_three(
        "description",
        """
        Kastīti, augsni un sīpolus saņemsiet mūsu centrā. Mājās vajadzēs gaišu palodzi un kādu, kas neaizmirst
        apliet. Ja paši nevarat aiznest izaudzēto, to izdarīs citi.
        """,
        """
        Ящик, землю и луковицы получите в нашем центре. Дома понадобится светлый подоконник и тот, кто не забудет
        полить. Если сами не сможете отнести выращенное, это сделают другие.
        """,
        """
        You get a box, soil and onions at our centre. At home you need a light sill and somebody who remembers to
        water. If you cannot hand over what has grown, others will.
        """,
    ),
}


def _green_onions(weeks: Weeks) -> PlannedActivity:
    begins = weeks.coming(MON)
    ends = begins + timedelta(days=34)
    grow = whole_days(begins, ends, name=in_three("name", "Audzējam", "Выращиваем", "We grow"))
    hand_over = meeting(
        ends + timedelta(days=6),
        "11:00",
        "13:00",
        "mezgls",
        name=in_three("name", "Nododam izaudzēto", "Передаём выращенное", "We hand over what has grown"),
    )
    needs = (
        {"kind": "things", "wanted": 10, **in_three("title", "augu kastītes", "ящики для рассады", "plant boxes")},
    )
    occurrence = one(grow, hand_over, guests=5, first_guest=2)
    return PlannedActivity(
        "sipollocini", GREEN_ONIONS, ("20-pii", "21-pii", "26-pii"), (occurrence,), needs, project="sills"
    )


def _flower_beds(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "garden",
        # The next spring that has not begun.
        "approximate_year": weeks.today.year + (weeks.today.month >= 3),
        "approximate_season": "spring",
        **in_three("title", "Puķu dobes pagalmos", "Клумбы во дворах", "Flower beds in the yards"),
        **in_three(
            "summary",
            "Pavasarī kopā iestādīsim puķes pie mājām.",
            "Весной вместе посадим цветы у домов.",
            "In spring we will plant flowers by the houses together.",
        ),
        **in_three(
            "description",
            "Stādus izaudzēs bērnudārzi, dobes rakt iesim kopā. Laiku paziņosim, kad zeme būs silta.",
            "Рассаду вырастят детские сады, клумбы вскопаем вместе. Время сообщим, когда земля прогреется.",
            "Kindergartens will grow the seedlings, we dig the beds together. We will set the day when it is warm.",
        ),
    }
    return PlannedActivity("puku-dobes", fields, ("20-pii", "23-pii"), project="sills")


def _quest(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "stage",
        "unit": "families",
        "usual_places": 15,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Kvests pa Ķīmiju", "Квест по микрорайону Химия", "A quest around Ķīmija"),
        **in_three(
            "summary",
            "Ģimene kļūst par izlūku komandu: astoņi uzdevumi, viena karte.",
            "Семья становится командой разведчиков: восемь заданий, одна карта.",
            "The family becomes a team of scouts: eight tasks, one map.",
        ),
        **in_three(
            "description",
            "Sākam pie „Mezgla”, beidzam ar karstu tēju. Var iet arī ar ratiņiem.",
            "Начинаем у клуба «Mezgls», заканчиваем горячим чаем. Можно идти и с коляской.",
            "We start at “Mezgls” and end with hot tea. It can be done with a pushchair.",
        ),
        **in_three("bring", "Ērti apavi un zīmulis.", "Удобную обувь и карандаш.", "Comfortable shoes and a pencil."),
    }
    occurrence = one(meeting(weeks.coming(SUN, 2), "12:00", "14:00", "mezgls"), guests=5, first_guest=6)
    return PlannedActivity("kvests", fields, ("bjc-jauniba",), (occurrence,))


def _walk(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "safety",
        "is_in_latvian": True,
        **in_three("title", "Pastaiga ar lukturīšiem", "Прогулка с фонариками", "A walk with lanterns"),
        **in_three(
            "summary",
            "Vakara pastaiga gar ezeru visai ģimenei.",
            "Вечерняя прогулка у озера для всей семьи.",
            "An evening walk by the lake for the whole family.",
        ),
        **in_three(
            "description",
            "Ejam lēnām, skatāmies, kā gaisma atspīd ūdenī.",
            "Идём не спеша, смотрим, как свет отражается в воде.",
            "We walk slowly and look at the light in the water.",
        ),
    }
    off: dict[str, Any] = {
        "state": "cancelled",
        **in_three("reason", "Stipra vēja dēļ.", "Из-за сильного ветра.", "Strong wind."),
    }
    return PlannedActivity(
        "pastaiga", fields, ("11-psk",), (one(meeting(weeks.coming(FRI), "17:00", "18:30", "shore"), **off),)
    )
