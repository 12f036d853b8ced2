"""One saving of a draft as it came from a page: kept, or refused with everything typed still there."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activities.models import Proposal
from activities.proposing import drafts
from activities.proposing.kinds import Content, DraftForm, ProposalKind, kind_of
from activities.proposing.typed import readable
from kopiena.floor.context import OWN_NAMES

# What of a form cannot be kept in a draft unless it is right: told at once, not only when it is proposed.
OF_THE_FILE = ("picture_file", "picture_declared")


@dataclass(frozen=True)
class Difference:
    """A field that the two who wrote left differently."""

    label: str
    theirs: str
    yours: str


@dataclass
class Sent:
    """What came of it. `proposal` is how it stands now; `form` holds what was sent."""

    proposal: Proposal
    form: DraftForm
    refusal: str = ""  # a sentence; nothing was saved then
    differences: list[Difference] = field(default_factory=list)
    is_sent_already: bool = False  # the centre has just this: a button was pressed twice

    @property
    def is_kept(self) -> bool:
        return not self.refusal

    def has_unfit_file(self) -> bool:
        """Whether a file could not be taken in; the form then says only that, for the rest is a draft."""
        unfit = [name for name in OF_THE_FILE if name in self.form.errors]
        if unfit:
            for name in set(self.form.errors) - set(unfit):
                del self.form.errors[name]
        return bool(unfit)


def keep(request: HttpRequest, proposal: Proposal, now: datetime) -> Sent:
    """Save what the page sent, however unfinished."""
    by: Any = request.user
    kind = kind_of(proposal.kind)
    form = kind.form_class(request.POST, request.FILES, proposal=proposal, now=now, by=by)
    content, language = storable(form.content()), _language(request, proposal)
    content = _in_the_new_language(kind, proposal, content, language)
    try:
        saved = drafts.save(proposal.pk, _revision(request), content, by=by, now=now, language=language)
    except drafts.Stale as stale:
        form.errors.clear()  # it was no attempt to propose it
        differ = differences(kind, stale.theirs, content, language)
        return Sent(stale.theirs, form, _stale_words(stale.theirs.saved_by_id == by.pk), differ)
    except drafts.NotNow as refusal:
        form.errors.clear()
        stands = Proposal.objects.filter(pk=proposal.pk).first()
        proposal.state = stands.state if stands else proposal.state
        return Sent(proposal, form, refusal.message, is_sent_already=_is_sent(stands, content, language))
    return Sent(saved, form)


def storable(value: Any) -> Any:
    """The same without what the database cannot hold in JSON or no page can show: zero bytes, halves of letters."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {storable(name): storable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    return value


def differences(kind: ProposalKind, theirs: Proposal, yours: Content, language: str) -> list[Difference]:
    """Field by field, in the language of the page."""
    reader = get_language() or language
    pairs = zip(kind.facts(theirs.content, reader), kind.facts(yours, reader), strict=True)
    found = [Difference(label, here, there) for (label, here), (_label, there) in pairs if here != there]
    if theirs.language != language:
        found.append(Difference(_("Language"), OWN_NAMES[theirs.language], OWN_NAMES[language]))
    return found


def _stale_words(is_by_the_same: bool) -> str:
    if is_by_the_same:
        return _("You saved this draft in another window meanwhile. What you wrote here is still here, not saved.")
    return _("Somebody saved this draft meanwhile. What you wrote is still here, not saved.")


def _is_sent(stands: Proposal | None, content: Content, language: str) -> bool:
    if stands is None or stands.state != Proposal.State.PROPOSED:
        return False
    return (stands.content, stands.language) == (content, language)


def _revision(request: HttpRequest) -> int:
    """The revision the page was made of; one that is none is never right."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _language(request: HttpRequest, proposal: Proposal) -> str:
    chosen = request.POST.get("language", "")
    return chosen if chosen in OWN_NAMES else proposal.language


def _in_the_new_language(kind: ProposalKind, proposal: Proposal, content: Content, language: str) -> Content:
    """A change nobody has begun to write shows what is published in the language chosen."""
    row = proposal.project or proposal.activity
    if row is None or language == proposal.language or content != proposal.content:
        return content
    if content != kind.content_of(row, proposal.language):
        return content
    return kind.content_of(row, language)
