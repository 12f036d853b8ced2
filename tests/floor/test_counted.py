"""Numbers and nouns agree: 0, 1, 2, 5, 11, 21, 101 and 111 of each noun in three languages, written out by hand."""

from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.utils import translation

from kopiena.floor import counted

NUMBERS = (0, 1, 2, 5, 11, 21, 101, 111)

# One line for each noun and language, the numbers in the order of NUMBERS.
TABLE = {
    ("places_left", "lv"): (
        "Brīvu vietu nav|Palikusi 1 vieta|Palikušas 2 vietas|Palikušas 5 vietas|Palikušas 11 vietas|"
        "Palikusi 21 vieta|Palikusi 101 vieta|Palikušas 111 vietas"
    ),
    ("places_left", "ru"): (
        "Свободных мест нет|Осталось 1 место|Осталось 2 места|Осталось 5 мест|Осталось 11 мест|"
        "Осталось 21 место|Осталось 101 место|Осталось 111 мест"
    ),
    ("places_left", "en"): (
        "No places left|1 place left|2 places left|5 places left|11 places left|"
        "21 places left|101 places left|111 places left"
    ),
    ("places", "lv"): "0 vietu|1 vieta|2 vietas|5 vietas|11 vietas|21 vieta|101 vieta|111 vietas",
    ("places", "ru"): "0 мест|1 место|2 места|5 мест|11 мест|21 место|101 место|111 мест",
    ("places", "en"): "0 places|1 place|2 places|5 places|11 places|21 places|101 places|111 places",
    ("people", "lv"): ("0 cilvēku|1 cilvēks|2 cilvēki|5 cilvēki|11 cilvēki|21 cilvēks|101 cilvēks|111 cilvēki"),
    ("people", "ru"): ("0 человек|1 человек|2 человека|5 человек|11 человек|21 человек|101 человек|111 человек"),
    ("people", "en"): "0 people|1 person|2 people|5 people|11 people|21 people|101 people|111 people",
    ("adults", "lv"): (
        "0 pieaugušo|1 pieaugušais|2 pieaugušie|5 pieaugušie|11 pieaugušie|"
        "21 pieaugušais|101 pieaugušais|111 pieaugušie"
    ),
    ("adults", "ru"): ("0 взрослых|1 взрослый|2 взрослых|5 взрослых|11 взрослых|21 взрослый|101 взрослый|111 взрослых"),
    ("adults", "en"): "0 adults|1 adult|2 adults|5 adults|11 adults|21 adults|101 adults|111 adults",
    ("children", "lv"): "0 bērnu|1 bērns|2 bērni|5 bērni|11 bērni|21 bērns|101 bērns|111 bērni",
    ("children", "ru"): "0 детей|1 ребёнок|2 ребёнка|5 детей|11 детей|21 ребёнок|101 ребёнок|111 детей",
    ("children", "en"): ("0 children|1 child|2 children|5 children|11 children|21 children|101 children|111 children"),
    ("families", "lv"): ("0 ģimeņu|1 ģimene|2 ģimenes|5 ģimenes|11 ģimenes|21 ģimene|101 ģimene|111 ģimenes"),
    ("families", "ru"): "0 семей|1 семья|2 семьи|5 семей|11 семей|21 семья|101 семья|111 семей",
    ("families", "en"): ("0 families|1 family|2 families|5 families|11 families|21 families|101 families|111 families"),
    ("activities", "lv"): (
        "0 aktivitāšu|1 aktivitāte|2 aktivitātes|5 aktivitātes|11 aktivitātes|"
        "21 aktivitāte|101 aktivitāte|111 aktivitātes"
    ),
    ("activities", "ru"): (
        "0 мероприятий|1 мероприятие|2 мероприятия|5 мероприятий|11 мероприятий|"
        "21 мероприятие|101 мероприятие|111 мероприятий"
    ),
    ("activities", "en"): (
        "0 activities|1 activity|2 activities|5 activities|11 activities|21 activities|101 activities|111 activities"
    ),
    ("registrations", "lv"): (
        "0 pieteikumu|1 pieteikums|2 pieteikumi|5 pieteikumi|11 pieteikumi|21 pieteikums|101 pieteikums|111 pieteikumi"
    ),
    ("registrations", "ru"): "0 записей|1 запись|2 записи|5 записей|11 записей|21 запись|101 запись|111 записей",
    ("registrations", "en"): (
        "0 registrations|1 registration|2 registrations|5 registrations|11 registrations|"
        "21 registrations|101 registrations|111 registrations"
    ),
    ("activities_found", "lv"): (
        "Nav atrasta neviena aktivitāte|Atrasta 1 aktivitāte|Atrastas 2 aktivitātes|Atrastas 5 aktivitātes|"
        "Atrastas 11 aktivitātes|Atrasta 21 aktivitāte|Atrasta 101 aktivitāte|Atrastas 111 aktivitātes"
    ),
    ("activities_found", "ru"): (
        "Мероприятий не найдено|Найдено 1 мероприятие|Найдено 2 мероприятия|Найдено 5 мероприятий|"
        "Найдено 11 мероприятий|Найдено 21 мероприятие|Найдено 101 мероприятие|Найдено 111 мероприятий"
    ),
    ("activities_found", "en"): (
        "No activities found|1 activity found|2 activities found|5 activities found|11 activities found|"
        "21 activities found|101 activities found|111 activities found"
    ),
    ("waiting", "lv"): (
        "Rindā neviena nav|Rindā: 1 pieteikums|Rindā: 2 pieteikumi|Rindā: 5 pieteikumi|Rindā: 11 pieteikumi|"
        "Rindā: 21 pieteikums|Rindā: 101 pieteikums|Rindā: 111 pieteikumi"
    ),
    ("waiting", "ru"): (
        "В очереди никого нет|В очереди: 1 запись|В очереди: 2 записи|В очереди: 5 записей|В очереди: 11 записей|"
        "В очереди: 21 запись|В очереди: 101 запись|В очереди: 111 записей"
    ),
    ("waiting", "en"): (
        "Nobody is waiting|Waiting: 1 registration|Waiting: 2 registrations|Waiting: 5 registrations|"
        "Waiting: 11 registrations|Waiting: 21 registrations|Waiting: 101 registrations|Waiting: 111 registrations"
    ),
    ("age", "lv"): "mazāks par gadu|1 gads|2 gadi|5 gadi|11 gadi|21 gads|101 gads|111 gadi",
    ("age", "ru"): "меньше года|1 год|2 года|5 лет|11 лет|21 год|101 год|111 лет",
    ("age", "en"): "under one year|1 year|2 years|5 years|11 years|21 years|101 years|111 years",
}


@pytest.mark.parametrize(("noun", "language"), TABLE, ids="-".join)
def test_every_noun_agrees_with_its_number(noun: str, language: str) -> None:
    say: Callable[[int], str] = getattr(counted, noun)
    with translation.override(language):
        assert [say(number) for number in NUMBERS] == TABLE[noun, language].split("|")


@pytest.mark.parametrize("noun", sorted({noun for noun, _ in TABLE}))
def test_every_noun_is_a_filter_of_the_same_name(noun: str) -> None:
    with translation.override("lv"):
        printed = Template("{% load kopiena %}{{ 21|" + noun + " }}").render(Context())
    assert printed == TABLE[noun, "lv"].split("|")[NUMBERS.index(21)]


def test_a_number_that_is_not_known_prints_nothing() -> None:
    template = Template("{% load kopiena %}{{ child.age|age }}{{ nothing|people }}")
    assert template.render(Context({"child": {"age": None}})) == ""


@pytest.mark.parametrize(
    ("ages", "lv", "ru", "en"),
    [
        ((4, 7), "4–7 gadi", "4–7 лет", "4–7 years"),
        ((4, 21), "4–21 gads", "4–21 год", "4–21 years"),
        ((1, 4), "1–4 gadi", "1–4 года", "1–4 years"),
        ((0, 1), "0–1 gads", "0–1 год", "0–1 year"),
        ((None, 7), "0–7 gadi", "0–7 лет", "0–7 years"),
        ((0, 7), "0–7 gadi", "0–7 лет", "0–7 years"),
        ((5, 5), "5 gadi", "5 лет", "5 years"),
        ((0, 0), "mazāks par gadu", "меньше года", "under one year"),
        ((None, 0), "mazāks par gadu", "меньше года", "under one year"),
        ((4, None), "4 gadi un vairāk", "4 года и старше", "4 years and over"),
        ((1, None), "1 gads un vairāk", "1 год и старше", "1 year and over"),
        ((18, None), "18 gadi un vairāk", "18 лет и старше", "18 years and over"),
        ((None, None), "jebkurš vecums", "любой возраст", "any age"),
        ((0, None), "jebkurš vecums", "любой возраст", "any age"),
    ],
)
def test_the_unit_of_ages_agrees_with_the_last_number(
    ages: tuple[int | None, int | None], lv: str, ru: str, en: str
) -> None:
    for language, expected in (("lv", lv), ("ru", ru), ("en", en)):
        with translation.override(language):
            assert counted.age_range(*ages) == expected


def test_the_label_of_ages_stands_in_the_nominative() -> None:
    expected = {"lv": ["Vecums: 4–7 gadi", "Vecums: jebkurš"], "ru": ["Возраст: 4–7 лет", "Возраст: любой"]}
    for language, labels in expected.items():
        with translation.override(language):
            assert [counted.age_label(4, 7), counted.age_label(None, None)] == labels
            html = Template("{% load kopiena %}{% age_label 4 7 %}").render(Context())
            assert html == labels[0]
