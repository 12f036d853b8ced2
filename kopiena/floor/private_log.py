"""Keeps private links out of the log: who reads it must not be able to open a family's page."""

import logging
import re

# The address of one family's page, of an invitation or of anything else that opens by its link alone.
PRIVATE = re.compile(r"(/(?:pieteikums|mans-pieteikums|ielugums)/)[^/\s?#'\"]+")


class WithoutPrivateLinks(logging.Filter):
    """Django writes the whole path into its warnings about 404 and 500; here the link in it becomes `…`."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = mask(said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True


def mask(text: str) -> str:
    """The text without the secret part of private addresses."""
    return PRIVATE.sub(r"\1…", text)
