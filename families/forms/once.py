"""What makes a rendered form one form: its token, kept while the same person goes on with it."""

from datetime import datetime
from typing import Any

from django import forms

from activities.models import Occurrence
from families import links


class SentOnce(forms.Form):
    """For forms that sign up for a date: the same token twice is one sign-up."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    occurrence: Occurrence
    now: datetime

    def renew_token(self, *, keep: bool) -> None:
        """Give the form a fresh token, unless the one that came with it may be kept."""
        self.shown_token = str(self._came_with("token"))
        self.came_token = links.form_token(self.shown_token)
        if keep and self.came_token and self.came_token.is_good_for(self.occurrence.pk, self.now):
            self.random = self.came_token.random
        else:
            self.random = ""
            self.shown_token = links.new_form_token(self.occurrence.pk, self.now, instead_of=self.came_token)

    def _came_with(self, name: str) -> Any:
        return (self.data if self.is_bound else self.initial).get(name, "")
