"""Words as the search compares them: small letters without diacritics, the commonest endings taken off."""

import re
import unicodedata

from activities.models.finding import LONGEST_WORD

WORD = re.compile(r"[^\W_]+")
# Marks that a letter may lose: all but the one that makes "й" of "и", which is a letter of its own.
MARKS = re.compile("(?<![иИ])\u0306|[\u0300-\u0305\u0307-\u036f]")
# Said so often that they tell nothing; what stands here is not searched for and not kept.
SAID_OFTEN = """
    ar arī bet bez būt caur gan ir jau jo kā ka kas ko kur kā lai līdz ne nav no pa par pat pār pēc pie pirms pret
    starp šis šī tad tas tā to tie uz un vai vēl vien
    а без бы быть в во все вы для до же за и из или им их к как ко ли мы на над не но о об он от по под при с со так
    то у уже что это
    a an and are as at be by can for from how in is it of on or our that the this to we will with you your
"""
EMPTY = frozenset(SAID_OFTEN.split())
# The longest first. For words that no dictionary knows; the Latvian ones also serve the English plural.
LATVIAN = """
    ajiem ajam ajai ajas ajos ijam ijas ijai ajo aja aji ais iem ies iju ija
    am ai as em ei es im is os us um ie ju ja a e i o s u
"""
RUSSIAN = """
    иями иям ями ами ого его ому ему ыми ими иях ием ях ах ов ев ей ой ий ый ая яя ое ее ые ие ую юю ия ии ию ам ям
    ом ем им ым их ых а я о е у ю ы и ь й
"""
LATIN_ENDINGS, CYRILLIC_ENDINGS = tuple(LATVIAN.split()), tuple(RUSSIAN.split())
# Not printed, yet they stand inside words: soft hyphens, joiners, marks of direction.
UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
SHORTEST_STEM = 3
STEM_MARK = "~"  # a stem is no word: `~talk` and `talk` are not to be mixed up


def fold(text: str) -> str:
    """The text in small letters without diacritics: "Ģimene" is "gimene", "Ёлка" is "елка"."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFD", plain)))


def form_of(word: str) -> str:
    """A word as it is compared, "Ģimene" as "gimene"; some signs unfold to several, so what is no letter goes again."""
    return "".join(WORD.findall(fold(word)))[:LONGEST_WORD]


def bare(form: str) -> str:
    """A folded word without its ending."""
    endings = CYRILLIC_ENDINGS if "а" <= form[0] <= "я" else LATIN_ENDINGS
    for ending in endings:
        if form.endswith(ending) and len(form) - len(ending) >= SHORTEST_STEM:
            return form[: -len(ending)]
    return form


def stem(form: str) -> str:
    """A folded word without its ending, marked as no word; empty for what is too short to have one."""
    return STEM_MARK + bare(form) if len(form) >= SHORTEST_STEM and not form[0].isdigit() else ""


def is_sure(stemmed: str) -> bool:
    """Whether the stem is long enough to stand for the word even where a dictionary knows the word itself."""
    return len(stemmed) > len(STEM_MARK) + SHORTEST_STEM + 1


def words(text: str) -> list[str]:
    """The words of a text as they are written, in small letters; single letters and those that say nothing left out."""
    found = (word[:LONGEST_WORD] for word in WORD.findall(unicodedata.normalize("NFC", UNSEEN.sub("", text)).lower()))
    return [word for word in found if word not in EMPTY and (len(word) > 1 or word.isdigit())]
