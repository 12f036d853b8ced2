"""Two made-up projects, so that the pages of institutions look alive."""

from typing import Any

from kopiena.start.in_three import in_three

PROJECTS: dict[str, dict[str, Any]] = {
    "sills": {
        "slug": "paraugs-zalas-palodzes",
        **in_three("title", "Zaļās palodzes", "Зелёные подоконники", "Green windowsills"),
        **in_three(
            "summary",
            "Bērnudārzi un ģimenes audzē zaļumus un puķes kaimiņiem.",
            "Детские сады и семьи выращивают зелень и цветы для соседей.",
            "Kindergartens and families grow greens and flowers for their neighbours.",
        ),
        **in_three(
            "story",
            """
            Katra ģimene mājās audzē nelielu dārziņu kastītē. Kad zaļumi izauguši, tiekamies un nododam tos tiem, kas
            paši uz dārzu vairs netiek.
            """,
            """
            Каждая семья дома выращивает маленький сад в ящике. Когда зелень подрастёт, мы встречаемся и передаём её
            тем, кому до своего сада уже не добраться.
            """,
            """
            Every family grows a small garden in a box at home. When the greens are ready, we meet and hand them over to
            those who can no longer get to a garden.
            """,
        ),
        "institutions": ("20-pii", "21-pii", "26-pii"),
    },
    "stage": {
        "slug": "paraugs-teatris-pagalma",
        **in_three("title", "Teātris pagalmā", "Театр во дворе", "A theatre in the yard"),
        **in_three(
            "summary",
            "Bērni, vecāki un skolas kopā iestudē leļļu izrādi.",
            "Дети, родители и школы вместе ставят кукольный спектакль.",
            "Children, parents and schools stage a puppet show together.",
        ),
        **in_three(
            "story",
            "Vieni spēlē, citi šuj lelles un krāso dekorācijas, un beigās visi kopā skatāmies izrādi.",
            "Одни играют, другие шьют кукол и рисуют декорации, а потом все вместе смотрим спектакль.",
            "Some play, others sew the puppets and paint the scenery, and in the end we all watch the show together.",
        ),
        "institutions": ("bjc-jauniba", "15-vsk"),
    },
}
