"""What of a draft that was sent is kept."""

from activities.desk.keeping import storable


def test_what_no_page_can_show_is_left_out_and_a_word_processors_line_end_is_one() -> None:
    sent = {"title": "Pa\x07vasaris", "story": "Sējam.\x0bLaistām.\x1b", "dates": [{"day": "\0"}], "places": 7}
    assert storable(sent) == {
        "title": "Pavasaris",
        "story": "Sējam.\nLaistām.",
        "dates": [{"day": ""}],
        "places": 7,
    }
