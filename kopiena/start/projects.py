"""The one project that the documents name."""

from typing import Any

from kopiena.start.in_three import in_three

PROJECT_SLUG = "darbigas-kopienas"
# It is IIC's, and joins the ten partners.
PROJECT_ORGANISER_SLUG = "iic"

# The last sentence of the story is all that any public page says of the workshops by invitation.
PROJECT: dict[str, Any] = {
    **in_three(
        "title",
        "Darbīgās kopienas",
        "Darbīgās kopienas («Деятельные сообщества»)",
        "Darbīgās kopienas (Active Communities)",
    ),
    **in_three(
        "summary",
        "Izglītības iestādes un iedzīvotāji mācās darboties kopā – Izglītības iniciatīvu centra projekts.",
        "Образовательные учреждения и жители учатся действовать вместе – проект Центра образовательных инициатив.",
        "Institutions and residents learn to work together: a project of the Centre for Education Initiatives.",
    ),
    **in_three(
        "story",
        """
        Šajā projektā 2020. gada 23. janvārī atklāja Daugavpils Kopienas resursu centru. Atklāšanas laikā tam bija
        desmit partneri: pirmsskolas, skolas un Bērnu un jauniešu centrs „Jaunība”.

        2020. gadam kopā iecerējām talku, puķu dobes un palodžu dārziņus, nodarbības par drošību, koncertu un leļļu
        teātri – darbus, no kuriem iegūst visa kopiena. Pievienoties var ikviens, kam rūp dzīve apkaimē.

        Ir arī darbi, kas notiek tikai ar ielūgumu: ar tiem palīdzam jaunajām māmiņām.
        """,
        """
        В этом проекте 23 января 2020 года открылся Даугавпилсский ресурсный центр сообщества. При открытии у него было
        десять партнёров: детские сады, школы и Центр детей и молодёжи «Jaunība».

        На 2020 год мы вместе задумали субботник, клумбы и садики на подоконнике, занятия по безопасности,
        концерт и кукольный театр – дела, полезные для всего сообщества. Присоединиться может каждый, кому
        небезразлична жизнь в микрорайоне.

        Есть и дела, которые проходят только по приглашению: так мы помогаем молодым мамам.
        """,
        """
        Within this project the Daugavpils Community Resource Centre opened on 23 January 2020. At the opening it had
        ten partners: preschools, schools and the Children’s and Youth Centre “Jaunība”.

        For 2020 we planned together a clean-up, flower beds and windowsill gardens, lessons about safety, a concert and
        a puppet theatre: things the whole community benefits from. Everyone who cares about life in the district may
        join.

        Some of the work is by invitation only: with it we help new mothers.
        """,
    ),
    "state": "published",
}
