"""The people of a party, and the codes of their forms."""

from families.models import Participant, Registration, SignUp
from families.models.sign_up import new_code
from families.parties import Party
from kopiena.floor.composed import Composed

_WITH_CODE = Composed(lambda code: SignUp.objects.filter(code=code).only("pk"))


def write_people(registration: Registration, party: Party) -> None:
    """Write the people of the party, where the activity asked for them."""
    Participant.objects.bulk_create(
        Participant(
            registration=registration,
            kind=Participant.Kind.CHILD_ALONG if child.is_along else Participant.Kind.CHILD,
            first_name=child.first_name,
            age=child.age,
        )
        for child in party.people
    )


def free_code() -> str:
    """A code nobody else has; the database has the last word."""
    while _WITH_CODE.rows(code := new_code()):
        pass
    return code
