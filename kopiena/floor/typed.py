"""What people type, without marks that cannot be seen."""

import re

# Marks that turn the direction of writing or cannot be seen: they only deceive whoever reads the list at the door.
UNSEEN = re.compile("[\x01-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")


def seen(typed: str) -> str:
    """What was typed without marks that cannot be seen, and without spaces around it."""
    return UNSEEN.sub("", typed).strip()


def on_one_line(typed: str) -> str:
    """The same with single spaces: a name."""
    return " ".join(seen(typed).split())
