"""The one settings file. What differs between hubs is read from the environment: docs/reference/settings.md."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("TRELLIS_DATA_DIR") or ROOT / ".data")

# The keys and the heads of the sealed log: outside the database, and best on another disk.
AUDIT_DIR = Path(os.environ.get("TRELLIS_AUDIT_DIR") or DATA_DIR / "audit")
SEAL_SECONDS = float(os.environ.get("TRELLIS_SEAL_SECONDS", "2"))

# The hub's own local authority, by its ONS code: of children whom a file names and nobody knew before.
AUTHORITY = os.environ.get("TRELLIS_AUTHORITY", "E08000003")

DEBUG = False
SECRET_KEY = os.environ.get("TRELLIS_SECRET_KEY", "")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("TRELLIS_OLD_SECRET_KEYS", "").split(",") if key]
ALLOWED_HOSTS = os.environ.get("TRELLIS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TRELLIS_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("TRELLIS_HTTPS", "") == "1"
DEMONSTRATION = os.environ.get("TRELLIS_DEMONSTRATION", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "trellis.core",
    "trellis.wording",
    "trellis.accounts",
    "trellis.audit_log",
    "trellis.people",
    "trellis.need_to_know",
    "trellis.cases",
    "trellis.letters",
    "trellis.missing",
    "trellis.assessments",
    "trellis.plans",
    "trellis.documents",
    "trellis.health_needs",
    "trellis.voice",
    "trellis.sharing",
    "trellis.referrals",
    "trellis.supervision",
    "trellis.nrm",
    "trellis.outcomes",
    "trellis.transition",
    "trellis.case_studies",
    "trellis.meetings",
    "trellis.governance",
    "trellis.exchange",
    "trellis.reports",
    "trellis.sample",
    "trellis.workspace",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "trellis.core.middleware.FaultMiddleware",
    "trellis.core.middleware.PrivateResponses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trellis.accounts.middleware.SignInRequired",
    "trellis.voice.middleware.OnlyTogether",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "trellis.audit_log.middleware.RecordedTransaction",
    "trellis.wording.middleware.AdviseAfterSaving",
]

ROOT_URLCONF = "trellis.urls"
WSGI_APPLICATION = "trellis.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["trellis.core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trellis.workspace.context.frame",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """A Django database from a libpq URL; the host of a socket stands in the query (``?host=/tmp/x``)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2, **query},
        "TEST": {"NAME": unquote(parts.path.lstrip("/"))},
    }


_app_url = os.environ.get("TRELLIS_APP_URL", "postgresql://trellis_app@localhost/trellis")
DATABASES = {
    "default": database(_app_url),
    "audit": database(_app_url),
    "owner": database(os.environ.get("TRELLIS_OWNER_URL", "postgresql://trellis_owner@localhost/trellis")),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "trellis.accounts.passwords.CommonAtHeart"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

# A worker's session ends after 15 idle minutes and after 12 hours at most.
SESSION_IDLE_SECONDS = int(os.environ.get("TRELLIS_SESSION_IDLE_SECONDS", "900"))
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
# It opens nothing any more then, and is kept as long again: so that a form sent too late is known to be somebody's own.
SESSION_COOKIE_AGE = 2 * SESSION_ABSOLUTE_SECONDS
# Between the two steps of signing in, and from one page of setting a second step up to the next.
SECOND_STEP_SECONDS = 10 * 60
# What reaches far asks for the second step again after so long; a form opened in time may be sent a while later.
STEP_UP_SECONDS = 60 * int(os.environ.get("TRELLIS_STEP_UP_MINUTES", "10"))
STEP_UP_FORM_SECONDS = 30 * 60
# How many proxies of ours stand in front: what X-Forwarded-For says further left anybody may have written.
TRUSTED_PROXIES = int(os.environ.get("TRELLIS_TRUSTED_PROXIES", "0"))
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "trellis_session"
CSRF_COOKIE_NAME = "trellis_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Single sign-on with an organisation's own OpenID provider. A form that leads there must be allowed to.
OIDC_ISSUER = os.environ.get("TRELLIS_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("TRELLIS_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("TRELLIS_OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("TRELLIS_OIDC_NAME", "your work account")
OIDC_MFA_ACR = [acr for acr in os.environ.get("TRELLIS_OIDC_MFA_ACR", "").split(",") if acr]
if OIDC_ISSUER:
    _issuer = urlsplit(OIDC_ISSUER)
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(f"{_issuer.scheme}://{_issuer.netloc}")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["trellis.core.uploads.InMemory"]

# The Unix socket of clamd. Without a scanner what is uploaded is held.
CLAMD_SOCKET = os.environ.get("TRELLIS_CLAMD_SOCKET", "")
# How e-mail leaves: smtp://user:password@host:587 (STARTTLS), smtps://, or smtp+plain:// on this machine.
SMTP_URL = os.environ.get("TRELLIS_SMTP_URL", "")
MAIL_FROM = os.environ.get("TRELLIS_MAIL_FROM", "trellis@localhost")
# Whom to ring: the front door of children's services, day and night. Shown where a child may be in danger.
FRONT_DOOR_PHONE = os.environ.get("TRELLIS_FRONT_DOOR_PHONE", "")
# Where the way out of a page leads that a young person writes on: a page that says nothing of where they were.
QUICK_EXIT_URL = os.environ.get("TRELLIS_QUICK_EXIT_URL") or "https://www.bbc.co.uk/weather"

PROCRASTINATE_DATABASE_ALIAS = "default"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
