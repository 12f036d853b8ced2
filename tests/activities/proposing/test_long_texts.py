"""No field for words lets a browser cut in silence what is too long: the sentence says how long it may be."""

import re

import pytest

from activities.admin.proposal_pages import ReturnForm
from activities.desk.own_page_form import OwnPageForm
from activities.proposing.activity_fields import ActivityFields
from activities.proposing.project_form import ProjectForm
from families.forms.group import GroupForm
from partners.forms.join import JoinForm

WORDS = {
    ReturnForm: ("note",),
    OwnPageForm: ("about",),
    ProjectForm: ("title", "summary", "story", "outcome"),
    ActivityFields: ("title", "summary", "description", "weather"),
    GroupForm: ("needs",),
    JoinForm: ("words",),
}


@pytest.mark.parametrize(("form", "name"), [(form, name) for form, names in WORDS.items() for name in names])
def test_the_sentence_says_how_long_it_may_be(form: type, name: str) -> None:
    field = form.base_fields[name]
    assert "maxlength" not in field.widget.attrs
    with pytest.raises(Exception, match=r"(?s)\d{2,}") as refused:
        field.clean("a" * 100_000)
    assert re.search(r"raksti|letters|simbol|burt", str(refused.value.messages))
