"""Every setting, one file, in reading order. What may differ comes from the environment."""

from pathlib import Path

import django_stubs_ext
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from config import env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("RECOURSE_VAR") or BASE_DIR / "var")

# The embedded default is one SQLite file and keeps its own secrets; PostgreSQL means production.
EMBEDDED = not env.text("RECOURSE_DATABASE_URL").startswith("postgres")
DATABASES = {
    "default": env.database("RECOURSE_DATABASE_URL", f"sqlite:///{VAR_DIR / 'recourse.sqlite3'}"),
}
DATABASES["default"]["TEST"] = {"NAME": env.text("RECOURSE_TEST_DATABASE") or None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = env.flag("RECOURSE_DEBUG", default=False)
SECRET_KEY = env.secret("RECOURSE_SECRET_KEY", kept_in=VAR_DIR / "secret_key" if EMBEDDED else None)
ALLOWED_HOSTS = env.words("RECOURSE_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("RECOURSE_ORIGINS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("RECOURSE_HTTPS", default=not EMBEDDED)
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576  # a request that is no file; 10 MB of text is refused
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "ledger",
    "accounts",
    "tickets",
    "disputes",
    "complaints",
    "outreach",
    "intake",
    "config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentPolicy",
    "config.middleware.RequestId",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")

# Everything is stored in UTC; the law counts days in the cardholder's own zone.
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    # Mail as it came, unmasked: for the server's own user alone.
    "mail": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "received",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = EMBEDDED
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("RECOURSE_LOG_LEVEL", "INFO")},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.IsCardholder"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["accounts.api.parsers.Json"],
    "DEFAULT_PAGINATION_CLASS": "tickets.api.pages.Cursor",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttles.PrincipalThrottle"],
    "DEFAULT_THROTTLE_RATES": {"principal": env.text("RECOURSE_RATE", "600/min")},
    "EXCEPTION_HANDLER": "config.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Recourse",
    "DESCRIPTION": "The dispute and complaint desk of a card issuer: file, follow, reply.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "CaseStatusEnum": "tickets.api.cases.STATUSES",
        "ActEnum": "law.acts.ACTS",
    },
}

# Who may call the API. Without a key set of an identity provider, the desk signs its own tokens.
TOKEN_ISSUER = env.text("RECOURSE_TOKEN_ISSUER", "https://recourse.example/")
TOKEN_AUDIENCE = env.text("RECOURSE_TOKEN_AUDIENCE", "recourse")
TOKEN_JWKS_URL = env.text("RECOURSE_TOKEN_JWKS_URL")
TOKEN_KEY_FILE = VAR_DIR / "token_key.pem"

# Letters.
ISSUER_NAME = env.text("RECOURSE_ISSUER_NAME", "Example Bank")
ISSUER_ADDRESS = env.text("RECOURSE_ISSUER_ADDRESS", "1 Example Square, Springfield")
EMAIL_BACKEND = env.text(
    "RECOURSE_EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend"
    if EMBEDDED
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = env.text("RECOURSE_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("RECOURSE_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("RECOURSE_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("RECOURSE_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("RECOURSE_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("RECOURSE_FROM", "disputes@recourse.example")
REPLY_TO_EMAIL = env.text("RECOURSE_REPLY_TO")
POST_SPOOL = VAR_DIR / "post"

# Mail that comes in.
MAIL_ADDRESS = env.text("RECOURSE_MAIL_ADDRESS")
IMAP_URL = env.text("RECOURSE_IMAP_URL")
IMAP_DONE = env.text("RECOURSE_IMAP_DONE")
MAIL_BYTES = env.number("RECOURSE_MAIL_BYTES", 35 * 1024 * 1024)
MAIL_AN_HOUR = env.number("RECOURSE_MAIL_AN_HOUR", 10)
# The name by which our own mail server signs its Authentication-Results (RFC 8601).
MAIL_AUTHSERV = env.text("RECOURSE_MAIL_AUTHSERV")

# Policy of the issuer. Amounts are minor units by currency; a currency that is not named here
# has no limit of its own: small-amount resolution is then off and four eyes are always needed.
FOUR_EYES_ABOVE = env.amounts(
    "RECOURSE_FOUR_EYES",
    "USD=50000,GBP=40000,EUR=45000,CNY=350000,AUD=75000,CAD=70000,SGD=65000,HKD=390000,INR=4200000",
)
SMALL_AMOUNTS = env.amounts(
    "RECOURSE_SMALL_AMOUNTS",
    "USD=1500,GBP=1200,EUR=1400,CNY=10000,AUD=2300,CAD=2100,SGD=2000,HKD=11800,INR=126000",
)
SMALL_AMOUNTS_A_YEAR = env.number("RECOURSE_SMALL_AMOUNTS_A_YEAR", 2)
CLOSE_AFTER_DAYS = env.number("RECOURSE_CLOSE_AFTER_DAYS", 30)
REOPEN_WITHIN_DAYS = env.number("RECOURSE_REOPEN_WITHIN_DAYS", 60)
WITHDRAWAL_COOLING_DAYS = env.number("RECOURSE_WITHDRAWAL_COOLING_DAYS", 3)
CARDHOLDER_REPLY_DAYS = env.number("RECOURSE_CARDHOLDER_REPLY_DAYS", 14)
CREDIT_REVERSAL_NOTICE_DAYS = env.number("RECOURSE_CREDIT_REVERSAL_NOTICE_DAYS", 7)
DRAFT_DAYS = env.number("RECOURSE_DRAFT_DAYS", 14)
# Rules and network codes that ship switched off because nobody has confirmed them.
LAW_SWITCHED_ON = env.words("RECOURSE_LAW_SWITCHED_ON")
# The business-day calendar of a jurisdiction, or of a part of one: us=OWN-US,gb-SCT=UK-SCT.
CALENDARS = env.pairs("RECOURSE_CALENDARS")
NETWORK_CODES_SWITCHED_ON = env.words("RECOURSE_NETWORK_CODES_SWITCHED_ON")

ATTACHMENT_BYTES = env.number("RECOURSE_ATTACHMENT_BYTES", 20 * 1024 * 1024)
ATTACHMENTS_A_CASE = env.number("RECOURSE_ATTACHMENTS_A_CASE", 30)
# host:port of a clamd; empty means that no virus scanner is attached.
SCANNER = env.text("RECOURSE_SCANNER")

CELERY_BROKER_URL = env.text("RECOURSE_BROKER_URL", "redis://127.0.0.1:6379/0")

UNFOLD = {
    "SITE_TITLE": "Recourse",
    "SITE_HEADER": "Recourse",
    "SITE_SUBHEADER": ISSUER_NAME,
    "SITE_SYMBOL": "balance",
    "SITE_URL": "",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("desk/mark.svg")}
    ],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "STYLES": [lambda request: static("desk/desk.css")],
    "SCRIPTS": [lambda request: static("desk/desk.js")],
    "COLORS": {
        "primary": {
            "50": "#eff5fb",
            "100": "#dce9f5",
            "200": "#bfd6ec",
            "300": "#92bade",
            "400": "#5e97cb",
            "500": "#3b79b5",
            "600": "#27609a",
            "700": "#1f4d7d",
            "800": "#1c4168",
            "900": "#1b3857",
            "950": "#12243a",
        },
    },
    "SIDEBAR": {"navigation": "config.navigation.sidebar"},
    "COMMAND": {
        "search_models": False,
        "show_history": False,
        "search_callback": "config.navigation.palette",
    },
}
