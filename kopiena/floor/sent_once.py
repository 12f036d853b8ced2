"""A form of a page that anybody may send: one however often it is sent, and not for programs that fill in forms."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kopiena.floor.form_tokens import FormToken, new_token, read_token

# A field that people do not see and programs fill in. Of all that browsers fill in by themselves a web address is the
# rarest, and it looks like something to fill in. It is no field of the form: what stands in it is never shown again.
TRAP = "website"


class SentOnce:
    """For a form with a hidden field `token`; it sets `now` and `about`, and asks `what_looks_like_junk()` in clean.

    `random` is the form's own token, empty where it must be sent once more; `shown_token` goes into the page.
    """

    salt = ""
    now: datetime
    about: int
    data: Any
    initial: Any
    errors: Any
    is_bound: bool

    def renew_token(self, *, keep: bool) -> None:
        """Give the form a fresh token, unless the one that came with it may be kept."""
        self.shown_token = str(self._came_with("token"))
        self.came_token: FormToken | None = read_token(self.salt, self.shown_token)
        if keep and self.came_token and self.came_token.is_good_for(self.about, self.now):
            self.random = self.came_token.random
        else:
            self.random = ""
            self.shown_token = new_token(self.salt, self.about, self.now, instead_of=self.came_token)

    def _came_with(self, name: str) -> Any:
        return (self.data if self.is_bound else self.initial).get(name, "")

    def what_looks_like_junk(self) -> str:
        """What to say to a form that no person seems to have sent; a person gets through by pressing again."""
        if str(self._came_with(TRAP)).strip():
            return _(
                "A field that must stay empty was filled in; perhaps your phone did that by itself. "
                "We have emptied it, and what you wrote is kept: please press the button once more."
            )
        if self.errors:  # mended first; by then time has passed, and a fresh token is in the form
            return ""
        if not self.random:
            return _("This page was open for a long time. What you wrote is kept: please press the button once more.")
        if self.came_token and self.came_token.is_too_young(self.now):
            return _(
                "That was so quick that we took it for a program. What you wrote is kept: please look through it and "
                "press the button once more in a few seconds."
            )
        return ""
