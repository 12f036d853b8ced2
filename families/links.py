"""The private link of a sign-up and the token of its form: derived or random, never readable in the database."""

from datetime import datetime

from families.models import SignUp
from kopiena.floor import form_tokens, links
from kopiena.floor.composed import Composed
from kopiena.floor.form_tokens import FormToken

_BY_LINK = Composed(lambda link_id: SignUp.objects.filter(link_id=link_id))
PURPOSE = "families.private-link"
FORM = "families.form"


def link_of(sign_up: SignUp) -> str:
    """The part of the private address that opens this sign-up; raising `link_version` kills old links."""
    return links.link(PURPOSE, sign_up.link_id, _proven_of(sign_up))


def sign_up_of(link: str) -> SignUp | None:
    """The sign-up a link opens, or None."""
    link_id = links.id_in(link)
    sign_up = _BY_LINK.one(link_id) if link_id is not None else None
    if sign_up is None or not links.is_proven(link, PURPOSE, sign_up.link_id, _proven_of(sign_up)):
        return None
    return sign_up


def _proven_of(sign_up: SignUp) -> str:
    return f"{sign_up.link_id}:{sign_up.link_version}"


def new_form_token(occurrence_id: int, now: datetime, *, instead_of: FormToken | None = None) -> str:
    """A token for a form about this date that is shown now, signed."""
    return form_tokens.new_token(FORM, occurrence_id, now, instead_of=instead_of)


def form_token(signed: str) -> FormToken | None:
    """The token as it was signed, for whatever date and however old; None where it is not ours."""
    return form_tokens.read_token(FORM, signed)
