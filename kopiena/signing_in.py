"""Settings of the sign-in: staff by e-mail and password, institutions' people by a code sent to their e-mail."""

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
DESK_LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "admin:index"
DESK_REDIRECT_URL = "families:desk_home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Staff by e-mail and password, institutions' people by a code; nobody signs up (the adapter says so).
ACCOUNT_ADAPTER = "kopiena.floor.sign_in.StaffOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_FORMS = {"login": "kopiena.floor.sign_in.SignInForm"}
ACCOUNT_RATE_LIMITS = False  # they count in each worker's memory; axes counts in the database

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hour
AXES_LOCKOUT_PARAMETERS = ["ip_address"]  # counted by account, a stranger could lock the coordinator out
AXES_USERNAME_CALLABLE = "kopiena.floor.sign_in.typed_email"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ADMIN = False  # in English only; `manage.py coordinator EMAIL` lets a locked-out person in again
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "kopiena.floor.visitors.address_of"
