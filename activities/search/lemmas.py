"""Under what a word of our texts is kept: its dictionary form and its stem, found with the dictionaries' help."""

from dataclasses import dataclass

from activities.search.dictionaries import dictionary
from activities.search.spelling import form_of, is_sure, stem


@dataclass(frozen=True)
class Lemma:
    """One word of a text and all that is kept of it."""

    form: str  # as it is compared
    keys: tuple[str, ...]  # under which it stands in the activity
    headwords: tuple[str, ...]  # as the dictionary writes them: their other forms are to be known too
    language: str  # whose dictionary knew it; empty where none did
    spelled: str  # as it is shown


def language_of(word: str, language: str) -> str:
    """Whose word it is: Latvian names stand in Russian texts as they are, and in English ones with their diacritics."""
    if any("а" <= letter <= "ё" for letter in word):
        return "ru"
    if language == "ru" or (language == "en" and not word.isascii()):
        return "lv"
    return language


class Lemmas:
    """Words to lemmas, each word of a language looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Lemma | None] = {}

    def of(self, word: str, language: str) -> Lemma | None:
        """What is kept of a word in small letters; None where nothing of it can be compared."""
        at = (word, language)
        if at not in self._known:
            self._known[at] = self._look_up(word, language)
        return self._known[at]

    def _look_up(self, word: str, language: str) -> Lemma | None:
        form = form_of(word)
        if not form:
            return None
        whose = language_of(word, language)
        roots: list[str] = []
        if not form[0].isdigit():
            tongues = [whose, "lv"] if whose == "en" else [whose]
            for whose in tongues:
                roots = dictionary(whose).roots(word)
                if roots:
                    break
        keys = [key for key in map(form_of, roots[-1:]) if key]
        stemmed = stem(form)
        if stemmed and (not keys or is_sure(stemmed)):
            keys.append(stemmed)
        # "talku" is shown as "talka"; of "zīmēšana", which the dictionary puts under "zīmēt", the word itself.
        spelled = next((root for root in roots if stem(form_of(root) or form) == stemmed), word)
        return Lemma(form, tuple(keys or [form]), tuple(roots), whose if roots else "", spelled)
