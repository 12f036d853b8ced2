"""What was planned for 2020; who held which, when and for what ages is not known, so those fields stay empty."""

from typing import Any

from kopiena.start.in_three import in_three

PLANNED_YEAR = 2020

PLANNED: list[dict[str, Any]] = [
    {
        "slug": "krasosanas-stends-poliklinika",
        "theme": "craft",
        "is_for_helpers": True,
        **in_three(
            "title",
            "Krāsošanas stends poliklīnikā",
            "Стенд для раскрашивания в поликлинике",
            "A colouring stand in the polyclinic",
        ),
        **in_three(
            "summary",
            "Iekārtojam poliklīnikā stendu, kur izkrāsot sienas zīmējumus.",
            "Оборудуем в поликлинике стенд, где можно раскрашивать настенные рисунки.",
            "We set up a stand in the polyclinic for colouring wall drawings.",
        ),
    },
    {
        "slug": "jaunas-baznicas-iekartosana",
        "theme": "craft",
        "is_for_helpers": True,
        **in_three("title", "Jaunās baznīcas iekārtošana", "Обустройство новой церкви", "Furnishing the new church"),
        **in_three(
            "summary",
            "Palīdzam iekārtot un izrotāt no jauna uzcelto katoļu baznīcu.",
            "Помогаем обустроить и украсить недавно построенную католическую церковь.",
            "We help to furnish and decorate the newly built Catholic church.",
        ),
    },
    {
        "slug": "gubisces-ezera-krasta-sakopsana",
        "theme": "cleanup",
        **in_three(
            "title",
            "Gubiščes ezera krasta un parka sakopšana",
            "Уборка берега озера Губище и парка",
            "Cleaning the shore of Lake Gubišče and the park",
        ),
        **in_three(
            "summary",
            "Talka vairākās vietās: aicinātas gan ģimenes, gan veselas iestāžu grupas.",
            "Субботник в нескольких местах: приглашаем и семьи, и целые группы из учреждений.",
            "A clean-up in several places, for families and for whole groups from institutions.",
        ),
    },
    {
        "slug": "sipollocini-un-dilles",
        "theme": "garden",
        **in_three(
            "title",
            "Sīpollociņi un dilles palodžu dārziņiem",
            "Зелёный лук и укроп для садиков на подоконнике",
            "Green onions and dill for windowsill gardens",
        ),
        **in_three(
            "summary",
            "Vairākas nedēļas audzējam sīpollociņus un dilles vientuļu senioru palodžu dārziņiem.",
            "Несколько недель выращиваем зелёный лук и укроп для садиков на подоконнике одиноких пожилых людей.",
            "For several weeks we grow green onions and dill for the windowsill gardens of lonely elderly people.",
        ),
    },
    {
        # Its texts are for those invited; the address too says nothing of what it is.
        "slug": "nodarbibas-ar-ielugumu",
        "theme": "home",
        "audience": "discreet",
        "other_organisers_lv": "",
        "other_organisers_ru": "",
        "other_organisers_en": "",
        **in_three("title", "Darbnīcas jaunajām māmiņām", "Мастерские для молодых мам", "Workshops for new mothers"),
        **in_three(
            "summary",
            "Putras vārīšanas darbnīcas Ģimenes atbalsta centra jaunajām māmiņām.",
            "Мастерские по варке каши для молодых мам Центра поддержки семьи.",
            "Porridge-cooking workshops for the new mothers of the Family Support Centre.",
        ),
        **in_three(
            "description",
            "Vārām putru un cepam pankūkas, mācāmies kopt bērnu drēbes; notiek arī izglītojošas nodarbības.",
            "Варим кашу и печём блины, учимся ухаживать за детской одеждой; проходят и образовательные занятия.",
            "We cook porridge, bake pancakes, learn to care for children’s clothes; educational sessions are held too.",
        ),
    },
    {
        "slug": "gleznosana-briva-daba",
        "theme": "craft",
        **in_three(
            "title",
            "Gleznošanas nodarbība brīvā dabā",
            "Урок живописи под открытым небом",
            "An outdoor painting lesson",
        ),
        **in_three(
            "summary",
            "Nodarbība Dienas aprūpes centra klientiem.",
            "Занятие для клиентов Центра дневного ухода.",
            "A lesson for the clients of the Day Care Centre.",
        ),
    },
    {
        "slug": "gleznosanas-aprikojums",
        "theme": "craft",
        "is_for_helpers": True,
        "made_for": "gleznosana-briva-daba",
        **in_three(
            "title",
            "Aprīkojums gleznošanai brīvā dabā",
            "Оборудование для живописи под открытым небом",
            "Equipment for painting outdoors",
        ),
        **in_three(
            "summary",
            "Gatavojam aprīkojumu gleznošanas nodarbībai, kas domāta Dienas aprūpes centra klientiem.",
            "Мастерим оборудование для урока живописи, который задуман для клиентов Центра дневного ухода.",
            "We build the equipment for the painting lesson for the clients of the Day Care Centre.",
        ),
    },
    {
        "slug": "puku-dobes-kimiku-mikrorajona",
        "theme": "garden",
        **in_three(
            "title",
            "Puķu stādi un dobes Ķīmiķu mikrorajonā",
            "Цветочная рассада и клумбы в микрорайоне Химия",
            "Flower seedlings and beds in the Ķīmiķu district",
        ),
        **in_three(
            "summary",
            "Izaudzējam puķu stādus un ierīkojam dobes – vairākas dienas un daudzās vietās reizē.",
            "Выращиваем цветочную рассаду и разбиваем клумбы – несколько дней и во многих местах сразу.",
            "We grow seedlings and lay flower beds: on several days and in many places at once.",
        ),
    },
    {
        "slug": "drosiba-pie-udens",
        "theme": "safety",
        **in_three("title", "Drošība pie ūdens", "Безопасность у воды", "Safety by the water"),
        **in_three(
            "summary",
            "Nodarbība brīvā dabā mikrorajona bērniem un ģimenēm.",
            "Занятие под открытым небом для детей и семей микрорайона.",
            "An outdoor lesson for the district’s children and families.",
        ),
    },
    {
        "slug": "drosiba-uz-cela-un-transporta",
        "theme": "safety",
        **in_three(
            "title",
            "Drošība uz ceļa un transportā",
            "Безопасность на дороге и в транспорте",
            "Safety on the road and in transport",
        ),
        **in_three(
            "summary",
            "Nodarbība brīvā dabā mikrorajona bērniem un ģimenēm.",
            "Занятие под открытым небом для детей и семей микрорайона.",
            "An outdoor lesson for the district’s children and families.",
        ),
    },
    {
        "slug": "gimenes-dienas-koncerts",
        "theme": "stage",
        **in_three("title", "Ģimenes dienas koncerts", "Концерт ко Дню семьи", "A concert for Family Day"),
        **in_three(
            "summary",
            "Koncerts Ģimenes dienā – visai kopienai.",
            "Концерт ко Дню семьи – для всего сообщества.",
            "A concert on Family Day, for the whole community.",
        ),
    },
    {
        "slug": "lellu-teatra-izrade",
        "theme": "stage",
        **in_three("title", "Leļļu teātra izrāde", "Кукольный спектакль", "A puppet theatre show"),
        **in_three(
            "summary",
            "Iestudējam leļļu teātra izrādi: mēģinājumi dalībniekiem un izrāde, uz kuru var nākt ikviens.",
            "Ставим кукольный спектакль: репетиции для участников и показ, на который может прийти каждый.",
            "We stage a puppet show: rehearsals for those who play, and a show to which everybody may come.",
        ),
    },
]
