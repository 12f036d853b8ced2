"""A phone number is printed as it is read aloud."""

from django.template import Context, Template


def test_a_phone_number_is_printed_as_it_is_read_and_a_missing_one_not_at_all() -> None:
    template = Template("{% load kopiena %}{{ here|phone }}|{{ missing|phone }}")
    assert template.render(Context({"here": "+37120000000"})) == "2000 0000|"
