"""Settings: one file, read from the environment, safe for development by default, strict without DEBUG."""

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from kopiena.floor import embedded_postgres
from kopiena.limits import *  # noqa: F403  # how a sign-up behaves
from kopiena.signing_in import *  # noqa: F403  # who signs in, and how

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG: bool = env.bool("DEBUG", default=True)
VAR_DIR = Path(env.str("KOPIENA_VAR", default="") or BASE_DIR / "var")

NEEDED_IN_PRODUCTION = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SITE_URL")
if not DEBUG and (missing := [name for name in NEEDED_IN_PRODUCTION if not env.str(name, default="").strip()]):
    raise ImproperlyConfigured(
        f"DEBUG is off, so these must be set in the environment: {', '.join(missing)}. The README says what each is."
    )


def development_secret_key() -> str:
    """A key of this checkout's own, kept so that private links outlive a restart."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        ours = VAR_DIR / f"secret_key.{os.getpid()}"
        ours.touch(mode=0o600)
        ours.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):  # another process was first: its key counts
            os.link(ours, path)
        ours.unlink()
    return path.read_text()


SECRET_KEY: str = env.str("SECRET_KEY", default="") or development_secret_key()
SITE_URL: str = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "kopiena.errors.csrf_failed"

INSTALLED_APPS = [
    "kopiena",
    "kopiena.floor",
    "partners",
    "activities",
    "families",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kopiena.floor.kept_pages.KeptPages",
    "kopiena.floor.middleware.PackedPages",
    "csp.middleware.CSPMiddleware",
    "kopiena.floor.middleware.CalmAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kopiena.floor.middleware.LanguageOfThePath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kopiena.floor.middleware.DeniedUnlessMarked",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kopiena.urls"
WSGI_APPLICATION = "kopiena.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kopiena.floor.context.site",
            ],
        },
    },
]

# The gate's rules live in PostgreSQL (row locks, deferred triggers, exclusion): never SQLite.
DATABASES = {
    "default": {
        **(
            env.db("DATABASE_URL")
            if env.str("DATABASE_URL", default="")
            else embedded_postgres.database_settings(VAR_DIR)
        ),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env.str("TEST_DATABASE", default="test_kopiena")},
    }
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "floor.User"
PROXY_COUNT = env.int("PROXY_COUNT", default=0 if DEBUG else 1)  # how many proxies of our own stand in front
SESSION_COOKIE_AGE = 12 * 60 * 60

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", _("Latvian")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Riga"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kopiena.floor.static_storage.JoinedStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

if env.str("EMAIL_URL", default=""):
    _email = env.email_url("EMAIL_URL")
    EMAIL_BACKEND = _email["EMAIL_BACKEND"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _email.get("EMAIL_USE_TLS", False), _email.get("EMAIL_USE_SSL", False)
    EMAIL_HOST = _email["EMAIL_HOST"] or ""
    EMAIL_PORT = _email["EMAIL_PORT"] or (587 if EMAIL_USE_TLS else 465 if EMAIL_USE_SSL else 25)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_USER"] or "", _email["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_TIMEOUT = MAIL_TIMEOUT_SECONDS  # noqa: F405
else:
    EMAIL_BACKEND = "kopiena.floor.outbox.mailbox.FileBackend"
DEFAULT_FROM_EMAIL: str = env.str("MAIL_FROM", default="") or f"Kopiena <kopiena@{urlsplit(SITE_URL).hostname}>"

# The browser loads nothing from anywhere else and runs no inline script or style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
FILE_UPLOAD_HANDLERS = ["kopiena.floor.uploads.FilesWhereAsked"]

if not DEBUG:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readiness$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_private_links": {"()": "kopiena.floor.private_log.WithoutPrivateLinks"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_private_links"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would print the private links that ours leaves out.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
