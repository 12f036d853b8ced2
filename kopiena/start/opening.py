"""The opening of 23 January 2020: the first past activity, with true content."""

from datetime import date
from typing import Any

from kopiena.start.in_three import in_three

OPENED_ON = date(2020, 1, 23)  # the hour is not known
OPENING_SLUG = "centra-atklasana"
OPENING_ORGANISER_SLUGS = ("iic", "british-council")

OPENING: dict[str, Any] = {
    **in_three("title", "Centra atklāšanas svētki", "Праздник открытия центра", "The opening of the centre"),
    **in_three(
        "summary",
        "Kolāža „Ko mūsu ģimene dara kopā”, kvests par Ķīmiķu mikrorajonu un sālsmīklas medaļas.",
        "Коллаж «Что наша семья делает вместе», квест о микрорайоне Химия и медали из солёного теста.",
        "A collage “What our family does together”, a quest about the Ķīmiķu district, and salt-dough medals.",
    ),
    **in_three(
        "description",
        """
        Svētkus rīkoja Izglītības iniciatīvu centrs kopā ar British Council Latvijā. Ģimenes varēja veidot kolāžu „Ko
        mūsu ģimene dara kopā”, izspēlēt viltīgu kvestu par Ķīmiķu mikrorajonu un gatavot medaļas no krāsainas
        sālsmīklas.
        """,
        """
        Праздник провёл Центр образовательных инициатив вместе с Британским Советом в Латвии. Семьи могли сделать коллаж
        «Что наша семья делает вместе», пройти хитрый квест о микрорайоне Химия и слепить медали из цветного солёного
        теста.
        """,
        """
        The celebration was held by the Centre for Education Initiatives together with the British Council in Latvia.
        Families could make a collage “What our family does together”, solve a tricky quest about the Ķīmiķu district,
        and make medals of coloured salt dough.
        """,
    ),
    **in_three(
        "outcome",
        """
        Atnāca 11 ģimenes: pirmsskolas un skolas vecuma bērni kopā ar vecākiem. Kopā ar viņiem bija partneriestāžu,
        British Council Latvijā, pilsētas Izglītības pārvaldes, Sociālā dienesta, Izglītības iniciatīvu centra un
        vietējo plašsaziņas līdzekļu pārstāvji.

        Tapa kolāža „Ko mūsu ģimene dara kopā”, kvestā iepazinām Ķīmiķu mikrorajonu, bet no krāsainas sālsmīklas
        gatavojām medaļas. Tās vēlāk saņēma aktīvākās ģimenes un arī citi dalībnieki. Darbnīcas vadīja Bērnu un jauniešu
        centra „Jaunība” pedagogi.
        """,
        """
        Пришло 11 семей: дошкольники и школьники с родителями. С ними были представители учреждений-партнёров,
        Британского Совета в Латвии, городского Управления образования, Социальной службы, Центра образовательных
        инициатив и местных СМИ.

        Мы сделали коллаж «Что наша семья делает вместе», в квесте познакомились с микрорайоном Химия, а из цветного
        солёного теста лепили медали. Позже их получили самые активные семьи и другие участники. Мастерские вели
        педагоги Центра детей и молодёжи «Jaunība».
        """,
        """
        11 families came: preschool and school children with their parents. With them were people from the partner
        institutions, the British Council in Latvia, the city’s Education Department, the Social Service, the Centre for
        Education Initiatives and the local media.

        We made a collage “What our family does together”, got to know the Ķīmiķu district in a quest, and made medals
        of coloured salt dough. They were given later to the most active families and to other participants as well. The
        workshops were led by teachers of the Children’s and Youth Centre “Jaunība”.
        """,
    ),
    **in_three(
        "led_by", "BJC „Jaunība” pedagogi", "Педагоги Центра «Jaunība»", "Teachers of the youth centre “Jaunība”"
    ),
    "theme": "stage",
    "state": "published",
}
