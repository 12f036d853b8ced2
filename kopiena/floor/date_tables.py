"""The tables of day, month and season words in three languages, in the cases that dates need."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The tables of one language; months count from January, weekdays from Monday."""

    weekday: tuple[str, ...]  # nominative
    on_weekday: tuple[str, ...]
    weekday_short: tuple[str, ...]
    month: tuple[str, ...]  # nominative
    on_month: tuple[str, ...]  # after a day: "27. martā"
    from_month: tuple[str, ...]  # after "no 28."
    to_month: tuple[str, ...]  # after "līdz 3."
    month_short: tuple[str, ...]  # under the numeral of a date block
    seasons: dict[str, tuple[str, str]]  # nominative and "in …"; {} is the year
    near: tuple[str, str]


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split("|"))


_RU_OF_MONTH = _words("января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря")
_EN_MONTH = _words("January|February|March|April|May|June|July|August|September|October|November|December")
_EN_WEEKDAY = _words("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday")

TABLES = {
    "lv": Words(
        weekday=_words("pirmdiena|otrdiena|trešdiena|ceturtdiena|piektdiena|sestdiena|svētdiena"),
        on_weekday=_words("pirmdien|otrdien|trešdien|ceturtdien|piektdien|sestdien|svētdien"),
        weekday_short=_words("pirmd.|otrd.|trešd.|ceturtd.|piektd.|sestd.|svētd."),
        month=_words(
            "janvāris|februāris|marts|aprīlis|maijs|jūnijs|jūlijs|augusts|septembris|oktobris|novembris|decembris"
        ),
        on_month=_words(
            "janvārī|februārī|martā|aprīlī|maijā|jūnijā|jūlijā|augustā|septembrī|oktobrī|novembrī|decembrī"
        ),
        from_month=_words(
            "janvāra|februāra|marta|aprīļa|maija|jūnija|jūlija|augusta|septembra|oktobra|novembra|decembra"
        ),
        to_month=_words(
            "janvārim|februārim|martam|aprīlim|maijam|jūnijam|jūlijam|augustam|septembrim|oktobrim|novembrim|decembrim"
        ),
        month_short=_words("janv.|febr.|marts|apr.|maijs|jūn.|jūl.|aug.|sept.|okt.|nov.|dec."),
        seasons={
            "year": ("{}. gads", "{}. gadā"),
            "winter": ("{}. gada ziema", "{}. gada ziemā"),
            "spring": ("{}. gada pavasaris", "{}. gada pavasarī"),
            "summer": ("{}. gada vasara", "{}. gada vasarā"),
            "autumn": ("{}. gada rudens", "{}. gada rudenī"),
        },
        near=("šodien", "rīt"),
    ),
    "ru": Words(
        weekday=_words("понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"),
        on_weekday=_words("в понедельник|во вторник|в среду|в четверг|в пятницу|в субботу|в воскресенье"),
        weekday_short=_words("пн|вт|ср|чт|пт|сб|вс"),
        month=_words("январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь"),
        on_month=_RU_OF_MONTH,
        from_month=_RU_OF_MONTH,
        to_month=_RU_OF_MONTH,
        month_short=_words("янв.|февр.|марта|апр.|мая|июня|июля|авг.|сент.|окт.|нояб.|дек."),
        seasons={
            "year": ("{} год", "в {} году"),
            "winter": ("зима {} года", "зимой {} года"),
            "spring": ("весна {} года", "весной {} года"),
            "summer": ("лето {} года", "летом {} года"),
            "autumn": ("осень {} года", "осенью {} года"),
        },
        near=("сегодня", "завтра"),
    ),
    "en": Words(
        weekday=_EN_WEEKDAY,
        on_weekday=tuple(f"on {weekday}" for weekday in _EN_WEEKDAY),
        weekday_short=_words("Mon|Tue|Wed|Thu|Fri|Sat|Sun"),
        month=_EN_MONTH,
        on_month=_EN_MONTH,
        from_month=_EN_MONTH,
        to_month=_EN_MONTH,
        month_short=_words("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
        seasons={
            "year": ("{}", "in {}"),
            "winter": ("winter {}", "in winter {}"),
            "spring": ("spring {}", "in spring {}"),
            "summer": ("summer {}", "in summer {}"),
            "autumn": ("autumn {}", "in autumn {}"),
        },
        near=("today", "tomorrow"),
    ),
}
