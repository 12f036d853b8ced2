"""The portal as a WSGI application, for granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kopiena.settings")
application = get_wsgi_application()
# What is loaded by now stays for good: Python's clean-ups need not look through it again and again.
gc.collect()
gc.freeze()
