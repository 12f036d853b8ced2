"""Phone numbers as people type them, kept as E.164 and shown the way they are read aloud."""

import re

import phonenumbers

REGION = "LV"
# A number with every separator people use is shorter; anything longer is not one and is not worth the parser's time.
LONGEST = 40
# Spaces of every kind, hyphens and dashes, dots, slashes, brackets; invisible marks come along when a number is copied.
_SEPARATORS = re.compile(r"[\s./()\[\]\-\u00ad\u200b-\u200f\u202a-\u202e\u2010-\u2015\u2060-\u2069\u2212\ufeff]+")
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0B: "+", 0xFF0D: "-", 0x3000: " "}
_ALLOWED = re.compile(r"\+?[0-9]{8,17}")


def normalise(text: str) -> str | None:
    """The number as E.164 ("+37120000000"), nothing where it cannot be one. Without a country: 8 Latvian digits."""
    if not text or len(text) > LONGEST:
        return None
    compact = _SEPARATORS.sub("", text.translate(_FULL_WIDTH))
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    elif compact.startswith("371") and len(compact) == 11:  # the country code without its plus
        compact = "+" + compact
    if not _ALLOWED.fullmatch(compact):
        return None
    try:
        number = phonenumbers.parse(compact, REGION)
    except phonenumbers.NumberParseException:
        return None
    if number.country_code == 371:
        # Not is_valid_number: new series are given out before the library knows them.
        if not re.fullmatch(r"[2-9][0-9]{7}", str(number.national_number)):
            return None
    elif not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(e164: str) -> str:
    """ "2000 0000" for a Latvian number, "+44 20 7946 0000" for a foreign one; what is no number is shown as it is."""
    if re.fullmatch(r"\+371[0-9]{8}", e164):
        return f"{e164[4:8]} {e164[8:]}"
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
