"""The centre and the place where it is; phone, e-mail and hours are the coordinator's to enter."""

from kopiena.start.in_three import in_three

CENTRE = {
    **in_three(
        "name",
        "Daugavpils Kopienas resursu centrs",
        "Даугавпилсский ресурсный центр сообщества",
        "Daugavpils Community Resource Centre",
    ),
    **in_three(
        "address",
        "Smilšu iela 92, Daugavpils – bērnu klubs „Mezgls”, Kultūras pils ēkā",
        "ул. Смилшу, 92, Даугавпилс – детский клуб «Mezgls», в здании Дворца культуры",
        "Smilšu iela 92, Daugavpils – children’s club “Mezgls”, in the building of the Palace of Culture",
    ),
    **in_three(
        "about",
        """
        Šeit izglītības iestādes un vietējie iedzīvotāji mācās sadarboties un līdzdarboties. Aktivitātes plānojam un
        rīkojam gan centrā, gan ārpus tā, un veicinām sociālo uzņēmējdarbību.

        Kopā ar iestādēm var darboties ikviens iedzīvotājs, kam rūp dzīves apstākļi, vide un vietējā kopiena. Ģimenes
        šeit satiekas, mācās un iedvesmo cita citu. Darbojoties kopā, cilvēki – arī bērni – iegūst jaunas zināšanas,
        mācās līdzdarboties un uzņemties atbildību, bet no padarītā iegūst visa kopiena.

        Centru atklāja 2020. gada 23. janvārī. Tas darbojas Izglītības iniciatīvu centra projektā „Darbīgās kopienas”.
        """,
        """
        Здесь образовательные учреждения и жители учатся сотрудничать и участвовать в жизни сообщества. Мероприятия мы
        планируем и проводим и в центре, и за его пределами, а также поддерживаем социальное предпринимательство.

        Вместе с учреждениями может действовать каждый житель, кому небезразличны условия жизни, окружающая среда и
        местное сообщество. Семьи здесь встречаются, учатся и вдохновляют друг друга. Действуя вместе, люди – и дети
        тоже – узнают новое, учатся участвовать в общих делах и брать на себя ответственность, а сделанное приносит
        пользу всем.

        Центр открылся 23 января 2020 года. Он работает в проекте Центра образовательных инициатив
        «Darbīgās kopienas» («Деятельные сообщества»).
        """,
        """
        Here educational institutions and local people learn to work together and to take part. We plan and hold
        activities both in the centre and outside it, and encourage social entrepreneurship.

        Every resident who cares about living conditions, the environment and the local community may join in, together
        with the institutions. Families meet here, learn and inspire one another. By taking part together people,
        children among them, gain new knowledge, learn to take part and to take responsibility, and the community
        benefits from what they do.

        The centre opened on 23 January 2020. It works within “Darbīgās kopienas” (Active Communities), a project of
        the Centre for Education Initiatives.
        """,
    ),
}

VENUE_SLUG = "mezgls"
VENUE = {
    **in_three("name", "Bērnu klubs „Mezgls”", "Детский клуб «Mezgls»", "Children’s club “Mezgls”"),
    "address": "Smilšu iela 92, Daugavpils",
    **in_three("district", "Ķīmija", "Химия", "Ķīmija"),
    **in_three("way_in", "Kultūras pils ēkā.", "В здании Дворца культуры.", "In the Palace of Culture."),
}
