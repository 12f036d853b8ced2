"""The ten partner institutions at the opening, and the two organisers above the centre."""

from typing import Any

from kopiena.start.in_three import in_three
from partners.models import Institution

# The day on which each became a partner is not known, so `joined_on` stays empty and the sentence says what is.
_ABOUT_A_PARTNER = in_three(
    "about",
    "Viena no desmit iestādēm, kas bija centra partneri, kad to atklāja 2020. gada janvārī.",
    "Одно из десяти учреждений, которые были партнёрами центра, когда он открылся в январе 2020 года.",
    "One of the ten institutions that were partners of the centre when it opened in January 2020.",
)
_PARTNERS_OF_A_PARTNER = in_three(
    "own_partners",
    "Ģimenes, pašvaldības iestāžu pārstāvji, nevalstiskās organizācijas un citi.",
    "Семьи, представители муниципальных учреждений, негосударственные организации и другие.",
    "Families, people from municipal institutions, NGOs and others.",
)


def _preschool(number: int) -> dict[str, Any]:
    return {
        "slug": f"{number}-pii",
        "kind": Institution.Kind.PRESCHOOL,
        **in_three("short_name", f"{number}. PII", f"{number}-й детский сад", f"Preschool No. {number}"),
        **in_three(
            "name",
            f"Daugavpils {number}. pirmsskolas izglītības iestāde",
            f"Даугавпилсское {number}-е дошкольное учреждение",
            f"Daugavpils Preschool No. {number}",
        ),
    }


def _secondary_school(number: int) -> dict[str, Any]:
    return {
        "slug": f"{number}-vsk",
        "kind": Institution.Kind.SECONDARY_SCHOOL,
        **in_three("short_name", f"{number}. vsk", f"{number}-я средняя школа", f"Secondary School No. {number}"),
        **in_three(
            "name",
            f"Daugavpils {number}. vidusskola",
            f"Даугавпилсская {number}-я средняя школа",
            f"Daugavpils Secondary School No. {number}",
        ),
    }


_TEN: list[dict[str, Any]] = [
    *(_preschool(number) for number in (3, 20, 21, 23, 26)),
    {
        "slug": "4-spii",
        "kind": Institution.Kind.PRESCHOOL,
        **in_three("short_name", "4. SPII", "4. SPII", "4. SPII"),
        # What the letters stand for here is still to be confirmed, so they are not translated either.
        **in_three("name", "Daugavpils 4. SPII", "Даугавпилс, 4. SPII", "Daugavpils 4. SPII"),
    },
    {
        "slug": "11-psk",
        "kind": Institution.Kind.BASIC_SCHOOL,
        **in_three("short_name", "11. psk", "11-я основная школа", "Basic School No. 11"),
        **in_three(
            "name", "Daugavpils 11. pamatskola", "Даугавпилсская 11-я основная школа", "Daugavpils Basic School No. 11"
        ),
    },
    *(_secondary_school(number) for number in (13, 15)),
    {
        "slug": "bjc-jauniba",
        "kind": Institution.Kind.YOUTH_CENTRE,
        **in_three("short_name", "BJC „Jaunība”", "Центр «Jaunība»", "BJC “Jaunība”"),
        **in_three(
            "name",
            "Bērnu un jauniešu centrs „Jaunība”",
            "Центр детей и молодёжи «Jaunība»",
            "Children’s and Youth Centre “Jaunība”",
        ),
        **in_three(
            "about",
            """
            Viena no desmit iestādēm, kas bija centra partneri, kad to atklāja 2020. gada janvārī. Kopienas resursu
            centrs atrodas tās bērnu klubā „Mezgls”, un tās pedagogi vadīja atklāšanas svētku darbnīcas.
            """,
            """
            Одно из десяти учреждений, которые были партнёрами центра, когда он открылся в январе 2020 года. Ресурсный
            центр находится в его детском клубе «Mezgls», а его педагоги вели мастерские на празднике открытия.
            """,
            """
            One of the ten institutions that were partners of the centre when it opened in January 2020. The centre is
            in its children’s club “Mezgls”, and its teachers led the workshops at the opening.
            """,
        ),
    },
]

PARTNERS: list[dict[str, Any]] = [{**_ABOUT_A_PARTNER, **_PARTNERS_OF_A_PARTNER, **row} for row in _TEN]

ORGANISERS: list[dict[str, Any]] = [
    {
        "slug": "iic",
        "kind": Institution.Kind.ORGANISER,
        "is_partner": False,
        **in_three("short_name", "IIC", "IIC", "IIC"),
        **in_three(
            "name",
            "Izglītības iniciatīvu centrs",
            "Центр образовательных инициатив",
            "Centre for Education Initiatives",
        ),
        **in_three(
            "about",
            "Projekta „Darbīgās kopienas” īstenotājs; kopā ar British Council Latvijā rīkoja centra atklāšanu.",
            "Ведёт проект «Darbīgās kopienas»; вместе с Британским Советом в Латвии провёл открытие центра.",
            "Runs the project “Darbīgās kopienas”; held the opening together with the British Council in Latvia.",
        ),
    },
    {
        "slug": "british-council",
        "kind": Institution.Kind.ORGANISER,
        "is_partner": False,
        **in_three("short_name", "British Council", "Британский Совет", "British Council"),
        **in_three("name", "British Council Latvijā", "Британский Совет в Латвии", "British Council in Latvia"),
        **in_three(
            "about",
            "Kopā ar Izglītības iniciatīvu centru rīkoja centra atklāšanu.",
            "Вместе с Центром образовательных инициатив провёл открытие центра.",
            "Held the opening of the centre together with the Centre for Education Initiatives.",
        ),
    },
]
