"""Django settings: one small file; what differs between places comes from the environment (env.py)."""

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF

from samsyn.config import env

DATA = env.DATA
DATA.mkdir(parents=True, exist_ok=True)
TESTING = "pytest" in sys.modules
SECURE = os.environ.get("SAMSYN_SECURE") == "1"

SECRET_KEY = env.secret("SECRET_KEY")
RAW_FILE_KEY = env.secret("RAW_FILE_KEY")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SAMSYN_HOSTS", "localhost,127.0.0.1,testserver").split(",")
# where links in mails lead; pages know it by themselves
KITOS = env.kitos()
SITE_URL = os.environ.get("SAMSYN_URL") or f"{'https' if SECURE else 'http'}://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if SECURE]

ROOMS = [
    "samsyn.facts",
    "samsyn.web",
    "samsyn.history",
    "samsyn.jobs",
    "samsyn.intake",
    "samsyn.organisation",
    "samsyn.people",
    "samsyn.notices",
    "samsyn.systems",
    "samsyn.maintenance",
    "samsyn.contracts",
    "samsyn.equipment",
    "samsyn.landscape",
    "samsyn.portfolio",
    "samsyn.records",
    "samsyn.steering",
    "samsyn.ledger",
    "samsyn.catalogue",
    "samsyn.costing",
    "samsyn.charging",
    "samsyn.spending",
    "samsyn.api",
    "samsyn.home",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samsyn.config.middleware.municipality_scope",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "samsyn.config.urls"
WSGI_APPLICATION = "samsyn.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["samsyn.web.templatetags.web"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samsyn.home.context.navigation",
            ],
        },
    }
]

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "django.contrib.auth.hashers.PBKDF2PasswordHasher"
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "people/locked.html"
AXES_ENABLED = not TESTING
AXES_VERBOSE = False
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "front"

# The four variables of OpenID Connect sign-in; without them only passwords.
OIDC = {name: os.environ.get(f"SAMSYN_OIDC_{name}", "") for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")}
if OIDC["ISSUER"]:
    INSTALLED_APPS += ["allauth", "allauth.account", "allauth.socialaccount"]
    INSTALLED_APPS += ["allauth.socialaccount.providers.openid_connect"]
    MIDDLEWARE.append("allauth.account.middleware.AccountMiddleware")
    AUTHENTICATION_BACKENDS.append("allauth.account.auth_backends.AuthenticationBackend")
    SOCIALACCOUNT_ADAPTER = "samsyn.people.oidc.KnownPeopleOnly"
    SOCIALACCOUNT_ONLY = True
    # a form would not be let through to the provider by form-action; state and PKCE guard the way
    SOCIALACCOUNT_LOGIN_ON_GET = True
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "municipality",
                    "name": OIDC["NAME"] or "OpenID Connect",
                    "client_id": OIDC["CLIENT_ID"],
                    "secret": OIDC["CLIENT_SECRET"],
                    "settings": {"server_url": OIDC["ISSUER"], "oauth_pkce_enabled": True},
                }
            ]
        }
    }

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("da", "Dansk"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
# Django refuses to work without a catalogue folder of its own; ours lie in each room.
LOCALE_PATHS: list[Path] = [Path(__file__).parent.parent / room / "locale" for room in ("core", "formats", "config")]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# bytes; a file takes five to six times its size in memory while it is read
LARGEST_FILE = int(os.environ.get("SAMSYN_LARGEST_FILE_MB", "200")) * 1_000_000
# bytes; larger files of the books are read by a worker while the page shows how far it has come
READ_AT_ONCE = 5_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
SESSION_COOKIE_NAME = "samsyn"
LANGUAGE_COOKIE_SAMESITE = "Lax"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not os.environ.get("SAMSYN_MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = os.environ.get("SAMSYN_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SAMSYN_MAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("SAMSYN_MAIL_FROM", "samsyn@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
