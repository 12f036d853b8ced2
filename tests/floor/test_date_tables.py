"""Every month and weekday against tables written out by hand, never made by the code they check."""

from datetime import date

import pytest

from kopiena.floor import dates

IN_2027 = date(2027, 1, 1)


def table(line: str) -> list[str]:
    return line.split("|")


# Monday to Sunday.
WEEKDAYS = {
    "lv": ["pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien"],
    "ru": ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"],
    "en": ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"],
}
WEEKDAY_LABELS = {
    "lv": ["pirmdiena", "otrdiena", "trešdiena", "ceturtdiena", "piektdiena", "sestdiena", "svētdiena"],
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
# The seventh of each month of 2027, as one says when something is.
SEVENTH = {
    "lv": table(
        "7. janvārī|7. februārī|7. martā|7. aprīlī|7. maijā|7. jūnijā|7. jūlijā|7. augustā|7. septembrī|"
        "7. oktobrī|7. novembrī|7. decembrī"
    ),
    "ru": table(
        "7 января|7 февраля|7 марта|7 апреля|7 мая|7 июня|7 июля|7 августа|7 сентября|7 октября|7 ноября|7 декабря"
    ),
    "en": table(
        "7 January|7 February|7 March|7 April|7 May|7 June|7 July|7 August|7 September|7 October|7 November|7 December"
    ),
}
SEVENTH_LABELS_LV = table(
    "7. janvāris|7. februāris|7. marts|7. aprīlis|7. maijs|7. jūnijs|7. jūlijs|7. augusts|"
    "7. septembris|7. oktobris|7. novembris|7. decembris"
)
SPANS_IN_A_MONTH = {
    "lv": table(
        "no 5. līdz 9. janvārim|no 5. līdz 9. februārim|no 5. līdz 9. martam|no 5. līdz 9. aprīlim|"
        "no 5. līdz 9. maijam|no 5. līdz 9. jūnijam|no 5. līdz 9. jūlijam|no 5. līdz 9. augustam|"
        "no 5. līdz 9. septembrim|no 5. līdz 9. oktobrim|no 5. līdz 9. novembrim|no 5. līdz 9. decembrim"
    ),
    "ru": table(
        "с 5 по 9 января|с 5 по 9 февраля|с 5 по 9 марта|с 5 по 9 апреля|с 5 по 9 мая|с 5 по 9 июня|"
        "с 5 по 9 июля|с 5 по 9 августа|с 5 по 9 сентября|с 5 по 9 октября|с 5 по 9 ноября|"
        "с 5 по 9 декабря"
    ),
    "en": table(
        "from 5 to 9 January|from 5 to 9 February|from 5 to 9 March|from 5 to 9 April|from 5 to 9 May|"
        "from 5 to 9 June|from 5 to 9 July|from 5 to 9 August|from 5 to 9 September|from 5 to 9 October|"
        "from 5 to 9 November|from 5 to 9 December"
    ),
}
# From the 28th of this month to the 3rd of the next.
SPANS_OVER_TWO_MONTHS = {
    "lv": table(
        "no 28. janvāra līdz 3. februārim|no 28. februāra līdz 3. martam|no 28. marta līdz 3. aprīlim|"
        "no 28. aprīļa līdz 3. maijam|no 28. maija līdz 3. jūnijam|no 28. jūnija līdz 3. jūlijam|"
        "no 28. jūlija līdz 3. augustam|no 28. augusta līdz 3. septembrim|"
        "no 28. septembra līdz 3. oktobrim|no 28. oktobra līdz 3. novembrim|"
        "no 28. novembra līdz 3. decembrim|no 2027. gada 28. decembra līdz 2028. gada 3. janvārim"
    ),
    "ru": table(
        "с 28 января по 3 февраля|с 28 февраля по 3 марта|с 28 марта по 3 апреля|с 28 апреля по 3 мая|"
        "с 28 мая по 3 июня|с 28 июня по 3 июля|с 28 июля по 3 августа|с 28 августа по 3 сентября|"
        "с 28 сентября по 3 октября|с 28 октября по 3 ноября|с 28 ноября по 3 декабря|"
        "с 28 декабря 2027 года по 3 января 2028 года"
    ),
    "en": table(
        "from 28 January to 3 February|from 28 February to 3 March|from 28 March to 3 April|"
        "from 28 April to 3 May|from 28 May to 3 June|from 28 June to 3 July|from 28 July to 3 August|"
        "from 28 August to 3 September|from 28 September to 3 October|from 28 October to 3 November|"
        "from 28 November to 3 December|from 28 December 2027 to 3 January 2028"
    ),
}


def the_seventh_on(month: int, weekday: int) -> date:
    """A seventh of this month that falls on this weekday, in whichever year."""
    return next(on for year in range(2000, 2040) if (on := date(year, month, 7)).weekday() == weekday)


@pytest.mark.parametrize("language", ["lv", "ru", "en"])
@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("weekday", range(7))
def test_every_month_and_weekday_is_said_as_people_say_it(language: str, month: int, weekday: int) -> None:
    on = the_seventh_on(month, weekday)
    comma = "" if language == "en" else ","
    dated, labelled = SEVENTH[language][month - 1], SEVENTH[language][month - 1]
    if language == "lv":
        labelled = SEVENTH_LABELS_LV[month - 1]

    assert dates.day(on, language, today=on) == f"{WEEKDAYS[language][weekday]}{comma} {dated}"
    assert dates.day_label(on, language, today=on) == f"{WEEKDAY_LABELS[language][weekday]}{comma} {labelled}"
    assert dates.plain_day(on, language, today=on) == dated


@pytest.mark.parametrize("language", ["lv", "ru", "en"])
@pytest.mark.parametrize("month", range(1, 13))
def test_days_of_one_month_and_over_two_take_their_cases(language: str, month: int) -> None:
    within = dates.span(date(2027, month, 5), date(2027, month, 9), language, today=IN_2027)
    assert within == SPANS_IN_A_MONTH[language][month - 1]

    following = date(2028, 1, 3) if month == 12 else date(2027, month + 1, 3)
    over = dates.span(date(2027, month, 28), following, language, today=IN_2027)
    assert over == SPANS_OVER_TWO_MONTHS[language][month - 1]
