"""What a person of the staff may let pass: only what is named, only with a reason."""

import pytest

from families.models import Registration
from families.registering import NeedsReason
from tests.gate import staff

pytestmark = pytest.mark.django_db

BROKEN = {"age": "Too young.", "order": "Somebody waits."}


@pytest.mark.parametrize(
    ("lets_pass", "reason", "broken", "is_allowed"),
    [
        ((), "", {}, True),
        (("age",), "", {}, True),
        ((), "A twin", BROKEN, False),
        (("age",), "A twin", BROKEN, False),
        (("age", "order"), "", BROKEN, False),
        (("age", "order"), " \n", BROKEN, False),
        (("age", "order"), "A twin", BROKEN, True),
        (("age", "order", "held", "window"), "A twin", BROKEN, True),
    ],
)
def test_what_is_allowed(lets_pass: tuple[str, ...], reason: str, broken: dict[str, str], is_allowed: bool) -> None:
    assert staff(*lets_pass, reason=reason).allows(broken) is is_allowed
    registration = Registration()
    if is_allowed:
        staff(*lets_pass, reason=reason).answer_for(registration, broken)
        assert (registration.overrides, registration.override_reason) == (sorted(broken), "A twin" if broken else "")
    else:
        with pytest.raises(NeedsReason) as asked:
            staff(*lets_pass, reason=reason).answer_for(registration, broken)
        assert (asked.value.broken, asked.value.message) == (BROKEN, "Too young. Somebody waits.")
        assert (registration.overrides, registration.override_reason) == ([], "")


def test_what_was_let_pass_before_stays_and_the_newer_reason_counts() -> None:
    registration = Registration(overrides=["window"], override_reason="Rang in time")
    staff("age", reason="x" * 300).answer_for(registration, {"age": "Too young."})
    assert (registration.overrides, registration.override_reason) == (["age", "window"], "x" * 200)
