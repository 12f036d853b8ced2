"""What the search knows: which words stand in each public activity, and which forms each of them has."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity

LONGEST_WORD = 40  # letters; what is longer is cut alike in texts and in questions


class Findable(models.Model):
    """The words of one public activity in their dictionary forms; made by `manage.py index_words`, never by hand.

    Three columns that contain one another rather than one with weights: PostgreSQL's index does not know the weights,
    so that "title before text" would mean reading the words of every activity that was found.
    """

    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name=_("activity")
    )
    digest = models.CharField(_("sum of the texts"), max_length=32)
    title_words = SearchVectorField(_("words of the title"))
    head_words = SearchVectorField(_("these and words of who, what kind and where"))
    all_words = SearchVectorField(_("these and words of the text"))

    class Meta:
        verbose_name = _("activity that can be found")
        verbose_name_plural = _("activities that can be found")
        default_permissions = ()
        indexes = [
            GinIndex(fields=["title_words"], name="findable_by_title"),
            GinIndex(fields=["head_words"], name="findable_by_head"),
            GinIndex(fields=["all_words"], name="findable_by_all"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class KnownWord(models.Model):
    """One form of a word of our texts, as people type it, and under what it stands in the columns above.

    With it the search needs no dictionary: `talku` is looked up here and gives `talka`.
    """

    # By code point ("C"), so that half a word is found by the index whatever order the database sorts in.
    form = models.CharField(_("form without diacritics"), max_length=LONGEST_WORD, db_collation="C")
    lemma = models.CharField(_("dictionary form"), max_length=LONGEST_WORD + 1, db_collation="C")
    # Only at the one form of each word by which a reader is told what was searched for instead: "talka", not "talku".
    spelled = models.CharField(_("as it is shown"), max_length=LONGEST_WORD, blank=True)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        default_permissions = ()
        indexes = [
            models.Index(fields=["lemma"], name="known_word_by_lemma"),
            models.Index(fields=["form"], condition=~models.Q(spelled=""), name="known_word_as_shown"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "lemma"],
                name="known_word_once",
                violation_error_message=_("This form of this word is known already."),
            ),
        ]

    def __str__(self) -> str:
        return self.form
