"""The demonstration for families at home: porridge, toddlers, parents online, board games, and two by invitation."""

from kopiena.demo.planned import PlannedActivity, just_come, meeting, one, online, repeated
from kopiena.demo.weeks import FRI, SAT, THU, TUE, WED, Weeks
from kopiena.start.in_three import in_three


def at_home(weeks: Weeks) -> list[PlannedActivity]:
    """All of them, for these weeks."""
    return [_porridge(weeks), _toddlers(weeks), _parents(weeks), _games(weeks), _thanks(weeks), _unseen(weeks)]


def _porridge(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "home",
        "unit": "families",
        "usual_places": 6,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Putras un pankūku rīts", "Утро каши и блинов", "A porridge and pancake morning"),
        **in_three(
            "summary",
            "Kopā izvāram brokastis un kopā tās apēdam.",
            "Вместе готовим завтрак и вместе его съедаем.",
            "We cook breakfast together and eat it together.",
        ),
        **in_three(
            "description",
            "Katrā reizē cita putra. Bērni maisa, pieaugušie cep. Produkti būs uz vietas.",
            "Каждый раз другая каша. Дети помешивают кашу, взрослые пекут блины. Продукты будут на месте.",
            "A different porridge every time. Children stir, adults fry. The food is here.",
        ),
    }
    days = [meeting(day, "10:00", "12:00", "house", "kitchen") for day in weeks.each(SAT, (1, 3, 5, 8))]
    needs = ({"kind": "things", "wanted": 2, **in_three("title", "lieli katli", "большие котлы", "large pots")},)
    return PlannedActivity("putras-rits", fields, ("4-spii", "3-pii"), repeated(days, guests=(5, 3)), needs)


def _toddlers(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "home",
        "age_from": 0,
        "age_to": 3,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three("title", "Rotaļu stunda mazuļiem", "Час игр для малышей", "Playtime for toddlers"),
        **in_three(
            "summary",
            "Rotaļas un dziesmiņas mazuļiem kopā ar mammu, tēti vai vecmāmiņu.",
            "Игры и песенки для малышей с мамой, папой или бабушкой.",
            "Games and songs for toddlers with mum, dad or grandma.",
        ),
        **in_three(
            "description",
            "Katru nedēļu, bez pieteikšanās. Ratiņus var atstāt gaitenī.",
            "Каждую неделю, без записи. Коляску можно оставить в коридоре.",
            "Every week, no sign-up. Leave the pushchair in the hall.",
        ),
    }
    days = [meeting(day, "10:00", "11:00", "house", "hall") for day in (weeks.past(WED), *weeks.each(WED, range(10)))]
    return PlannedActivity("mazuli", fields, ("3-pii",), tuple(just_come(day) for day in days))


def _parents(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "home",
        "unit": "families",
        "usual_places": 30,
        "is_in_latvian": True,
        **in_three("title", "Vecāku vakars tiešsaistē", "Родительский вечер онлайн", "Parents’ evening online"),
        **in_three(
            "summary",
            "Saruna par miegu, ekrāniem un strīdiem pie vakariņu galda.",
            "Разговор о сне, экранах и спорах за ужином.",
            "A talk about sleep, screens and quarrels at supper.",
        ),
        **in_three(
            "description",
            "Saiti redzēsiet savā pieteikumā. Kameru var neieslēgt.",
            "Ссылку увидите в своей записи. Камеру можно не включать.",
            "You will see the link in your registration. The camera may stay off.",
        ),
    }
    evening = online(weeks.coming(THU, 1), "19:00", "20:00", "https://example.lv/vecaku-vakars")
    return PlannedActivity("vecaku-vakars", fields, ("26-pii", "4-spii"), (one(evening, guests=3, first_guest=9),))


def _games(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "home",
        "is_in_latvian": True,
        "is_in_russian": True,
        "is_in_english": True,
        **in_three("title", "Galda spēļu vakars", "Вечер настольных игр", "Board game evening"),
        **in_three(
            "summary",
            "Spēles visiem vecumiem un tēja no liela samovāra.",
            "Игры для всех возрастов и чай из большого самовара.",
            "Games for all ages and tea from a large samovar.",
        ),
        **in_three(
            "description",
            "Vienkārši nāciet – vieni vai ar ģimeni. Spēli var paņemt līdzi arī savu.",
            "Просто приходите – одни или с семьёй. Можно принести и свою игру.",
            "Just come, alone or with your family. You may bring a game of your own.",
        ),
    }
    days = [
        meeting(day, "18:00", "20:30", "house", "hall") for day in (weeks.past(FRI), *weeks.each(FRI, (0, 1, 3, 5)))
    ]
    return PlannedActivity("galda-speles", fields, ("15-vsk",), tuple(just_come(day) for day in days))


def _thanks(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "home",
        "audience": "invited",
        "usual_places": 25,
        "is_in_latvian": True,
        "is_in_russian": True,
        **in_three(
            "title", "Pateicības vakars palīgiem", "Вечер благодарности помощникам", "Thank-you evening for helpers"
        ),
        **in_three(
            "summary",
            "Vakars tiem, kas šogad palīdzēja.",
            "Вечер для тех, кто помогал в этом году.",
            "An evening for those who helped this year.",
        ),
        **in_three(
            "description",
            "Kūka, fotogrāfijas un klusa mūzika.",
            "Торт, фотографии и тихая музыка.",
            "Cake, photographs and quiet music.",
        ),
    }
    evening = one(meeting(weeks.coming(FRI, 7), "18:00", "20:00", "house", "studio"))
    return PlannedActivity("paldies-vakars", fields, ("bjc-jauniba",), (evening,))


def _unseen(weeks: Weeks) -> PlannedActivity:
    fields = {
        "theme": "home",
        "audience": "discreet",
        "usual_places": 6,
        **in_three("title", "Saruna pie tējas", "Беседа за чаем", "A talk over tea"),
        **in_three(
            "summary",
            "Neliela grupa, tikai ar ielūgumu.",
            "Небольшая группа, только по приглашению.",
            "A small group, by invitation only.",
        ),
        **in_three(
            "description",
            "Šo aktivitāti redz tikai tie, kam ir ielūgums.",
            "Это мероприятие видят только те, у кого есть приглашение.",
            "Only those with an invitation see this activity.",
        ),
    }
    return PlannedActivity(
        "saruna", fields, (), (one(meeting(weeks.coming(TUE, 2), "11:00", "12:30", "house", "studio")),)
    )
