#!/usr/bin/env python3
"""The door to every management command."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kopiena.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as reason:  # half configured: a sentence says more than a traceback
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
