"""What simplemma's dictionaries know of a word: its dictionary form, and all forms of that.

Only `manage.py index_words` may come here, in a process that ends: a server that loaded the Russian dictionary would
keep it for ever. The dictionaries are read as streams, 40 MB at the worst moment instead of 270.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from simplemma.strategies.dictionaries import StreamDictionaryFactory, frontcode
from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed

from activities.search.spelling import form_of

LONGEST_CHAIN = 3  # "zīmēšanas" -> "zīmēšana" -> "zīmēt"


class Dictionary:
    """One language's dictionary."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._entries = StreamDictionaryFactory().get_dictionary(language)
        self._forms: dict[str, set[str]] = {}  # of the headwords asked for so far
        self.headword = lru_cache(maxsize=50_000)(self._headword)

    def _headword(self, word: str) -> str:
        """The dictionary form of a word in small letters, "talkas" gives "talka", "rīgas" gives "Rīga"; else empty."""
        return self._entries.get(word) or self._entries.get(word.capitalize()) or ""

    def roots(self, word: str) -> list[str]:
        """Its dictionary form, the dictionary form of that and so on; the dictionaries do not always say the last."""
        found: list[str] = []
        while len(found) < LONGEST_CHAIN and (next_one := self.headword(word)) and next_one not in found:
            found.append(next_one)
            word = next_one.lower()
        return found

    def forms(self, headwords: Iterable[str]) -> dict[str, set[str]]:
        """For each of these every form that stands under it in the dictionary, as it is compared."""
        wanted = set(headwords)
        if new := {word.encode(): set[str]() for word in wanted - self._forms.keys()}:
            for form, headword in self._pairs():
                if headword in new:
                    new[headword].add(form_of(form.decode()))
            self._forms.update((word.decode(), forms - {""}) for word, forms in new.items())
        return {word: self._forms[word] for word in wanted}

    def _pairs(self) -> Iterator[tuple[bytes, bytes]]:
        """All forms with their dictionary form: a second each for Russian; by the public way it would be twenty."""
        data = _read_decompressed(self.language)
        is_backwards, _count, start = frontcode._read_header(data)
        for _place, form, headword in frontcode._iter_records(data, start):
            yield (form[::-1], headword[::-1]) if is_backwards else (form, headword)


@cache
def dictionary(language: str) -> Dictionary:
    """The language's dictionary, opened when it is first needed."""
    return Dictionary(language)
