"""A phone number is printed as it is read aloud, and a block is kept to be printed again."""

from django.template import Context, Template


def test_a_phone_number_is_printed_as_it_is_read_and_a_missing_one_not_at_all() -> None:
    template = Template("{% load kopiena %}{{ here|phone }}|{{ missing|phone }}")
    assert template.render(Context({"here": "+37120000000"})) == "2000 0000|"


def test_what_is_kept_is_printed_at_once_and_again_where_a_quote_would_end_an_attribute() -> None:
    page = Template('{% load kopiena %}<b>{% keep x %}A "B" &amp; C{% endkeep %}</b><i title="{{ x }}">')
    assert page.render(Context()) == '<b>A "B" &amp; C</b><i title="A &quot;B&quot; &amp; C">'
