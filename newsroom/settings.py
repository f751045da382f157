"""Settings: one file. The environment is read at the top; a wrong value is refused with a sentence."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent


def env_flag(name: str, *, default: bool) -> bool:
    """A yes or no from the environment; anything but 1, 0, true, false or nothing is refused."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "0", "true", "false"}:
        return value in {"1", "true"} if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}: say 1 or 0.")


def env_number(name: str, *, default: int) -> int:
    """A positive whole number from the environment."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or int(value) < 1:
        raise ImproperlyConfigured(f"{name} is {value!r}: say a whole number above 0.")
    return int(value)


def env_list(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


DEBUG = env_flag("DEBUG", default=False)
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
# The address under which readers reach the public pages; feeds are built from it, never from the Host header.
PUBLIC_BASE_URL = os.environ.get("PUBLIC_BASE_URL", "").rstrip("/")

UPLOAD_MAX_BYTES = env_number("UPLOAD_MAX_BYTES", default=2 * 1024 * 1024)
UPLOAD_MAX_LINES = env_number("UPLOAD_MAX_LINES", default=10000)
UPLOAD_MAX_TOTAL = env_number("UPLOAD_MAX_TOTAL", default=8 * 1024 * 1024 * 1024)
UPLOAD_MAX_ITEMS = env_number("UPLOAD_MAX_ITEMS", default=100_000)
UPLOAD_MAX_FILES = env_number("UPLOAD_MAX_FILES", default=20_000)
READ_MAX_SECONDS = env_number("READ_MAX_SECONDS", default=60)
READ_MAX_MEGABYTES = env_number("READ_MAX_MEGABYTES", default=1024)
WORKER_GONE_SECONDS = env_number("WORKER_GONE_SECONDS", default=30)
CLAIM_MINUTES = env_number("CLAIM_MINUTES", default=15)
FOUR_EYES = env_flag("FOUR_EYES", default=True)
EXCERPT_CHARACTERS = env_number("EXCERPT_CHARACTERS", default=300)
COMMERCIAL = env_flag("COMMERCIAL", default=True)
FEED_ITEMS = env_number("FEED_ITEMS", default=50)
FEED_TITLE = os.environ.get("FEED_TITLE", "Newsroom")
QUEUE_PAGE_SIZE = env_number("QUEUE_PAGE_SIZE", default=50)
# spaCy pipelines, each in the place of the recogniser that comes with the project for its language.
ENTITY_MODEL = env_list("ENTITY_MODEL")
# A folder with weights that the desk's own decisions taught: fr.npz is read in the place of ours for French.
_weights = os.environ.get("ENTITY_WEIGHTS", "").strip()
ENTITY_WEIGHTS = Path(_weights) if _weights else None
if ENTITY_WEIGHTS is not None and not ENTITY_WEIGHTS.is_dir():
    raise ImproperlyConfigured(f"ENTITY_WEIGHTS is {_weights!r}, which is no folder: make it, or name another.")

if DEBUG:
    SECRET_KEY = SECRET_KEY or "for-development-only-never-for-a-server-that-others-reach"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
    PUBLIC_BASE_URL = PUBLIC_BASE_URL or "http://127.0.0.1:8000"
else:
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, or too short to keep a secret (50 characters at least). "
            "Set it, or set DEBUG=1 to try the product on your own machine."
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS names no host: set it to the host names you serve, comma-separated.")
    if not PUBLIC_BASE_URL:
        PUBLIC_BASE_URL = f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
if not PUBLIC_BASE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"PUBLIC_BASE_URL is {PUBLIC_BASE_URL!r}: say http://… or https://….")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "articles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# The engine that runs tasks: a word of this table, or the dotted path of any backend of django.tasks.
TASK_ENGINES = {
    "database": "django_tasks_db.DatabaseBackend",
    "immediate": "django.tasks.backends.immediate.ImmediateBackend",
}
TASK_BACKEND = os.environ.get("TASK_BACKEND", "").strip() or "database"
if TASK_BACKEND not in TASK_ENGINES and "." not in TASK_BACKEND:
    raise ImproperlyConfigured(
        f"TASK_BACKEND is {TASK_BACKEND!r}: say {', '.join(TASK_ENGINES)}, or the dotted path of a backend."
    )
TASKS = {"default": {"BACKEND": TASK_ENGINES.get(TASK_BACKEND, TASK_BACKEND), "QUEUES": ["default"]}}
if TASK_BACKEND not in TASK_ENGINES and not TASK_BACKEND.startswith(("django.", "django_tasks_db.")):
    INSTALLED_APPS.append(TASK_BACKEND.split(".")[0])
# Items are read in a process of their own wherever a worker reads them.
READ_BESIDE = TASK_BACKEND != "immediate"

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

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
            ],
        },
    },
]

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Several writers at once: WAL alone fails read-then-write transactions at once; IMMEDIATE makes them wait their turn.
    # synchronous=FULL so that an acknowledged approval survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA journal_size_limit=67108864;"
            "PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "queue"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/Paris")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
if not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# One page may bring many files in; what a single one may weigh is UPLOAD_MAX_BYTES, checked with a receipt.
DATA_UPLOAD_MAX_MEMORY_SIZE = max(16 * UPLOAD_MAX_BYTES, 32 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FILES = None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "articles.views.doors.stale_form"
if not DEBUG:
    SECURE_SSL_REDIRECT = env_flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_flag("BEHIND_PROXY", default=False) else None
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env_number("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING").upper()},
    # Otherwise a line of its own for every task that begins and ends.
    "loggers": {"django.tasks": {"level": os.environ.get("LOG_LEVEL", "WARNING").upper()}},
}
