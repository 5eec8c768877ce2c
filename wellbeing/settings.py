"""Every setting of the portal, in one page, taken from the environment.

`docs/deploying.md` lists the variables. Where none names a database server, the file that `make run` writes,
`VAR_DIR/portal.env`, is read instead, so that commands given by hand reach the embedded servers.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from wellbeing.confidential.keys import ring

env = environ.Env()

# --- Where things are ---------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
if "DATABASE_HOST" not in os.environ and (VAR_DIR / "portal.env").exists():
    env.read_env(VAR_DIR / "portal.env")

# --- What kind of portal this is ----------------------------------------------------------------

DEBUG = False
DEMO = env.bool("DEMO", default=False)
PORTAL_URL = env("PORTAL_URL", default=f"http://localhost:{env('PORT', default='8000')}").rstrip("/")
PORTAL_HOST = urlsplit(PORTAL_URL).hostname
SECURE = urlsplit(PORTAL_URL).scheme == "https"
if DEMO and (SECURE or env("EMAIL_URL", default="") or env("OIDC_SERVER_URL", default="")):
    raise ImproperlyConfigured(
        "DEMO=1 lets anybody sign in as anybody: it cannot be combined with an https PORTAL_URL, "
        "EMAIL_URL or OIDC_SERVER_URL. Take DEMO away, or take those away."
    )
SECRET_KEY = env("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[PORTAL_HOST, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

# --- What it is made of -------------------------------------------------------------------------

INSTALLED_APPS = [
    *("champions", "spocs", "mentoring", "forum"),
    *(f"wellbeing.{room}" for room in ("home", "search", "plan_door", "training", "support", "contact", "break_glass")),
    *(f"wellbeing.{room}" for room in ("reminders", "confidential", "people", "web")),
    "crispy_forms",
    "django_htmx",
    "allauth",
    *(f"allauth.{part}" for part in ("account", "socialaccount", "socialaccount.providers.openid_connect", "mfa")),
    "wellbeing.web.admin_site.PortalAdminConfig",
    *(f"django.contrib.{part}" for part in ("auth", "contenttypes", "sessions", "messages", "postgres")),
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
if DEMO:
    INSTALLED_APPS.insert(0, "wellbeing.demo")

MIDDLEWARE = [
    "wellbeing.web.outage.OutageMiddleware",
    "wellbeing.web.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Outside the transaction of the next: what runs when it commits sends mail and leaves messages.
    "django.contrib.messages.middleware.MessageMiddleware",
    "wellbeing.plan_door.middleware.PlanDoorMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wellbeing.web.identity.IdentityMiddleware",
    "wellbeing.web.sessions.SessionLimitsMiddleware",
    "wellbeing.web.sign_in_first.SignInFirstMiddleware",
    "wellbeing.web.errors.FormOnlyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "wellbeing.urls"
WSGI_APPLICATION = "wellbeing.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "wellbeing.web.context.portal",
                "wellbeing.home.context.portal",
            ],
            "builtins": ["wellbeing.web.templatetags.components"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["wellbeing"]
CRISPY_TEMPLATE_PACK = "wellbeing"

# --- Database: each process has the login it needs and no other -----------------------------------

DB_LOGINS = ("owner", "app", "worker", "reader", "rotator", "backup")
DB_LOGIN = env("DB_LOGIN", default="app")
if DB_LOGIN not in DB_LOGINS:
    raise ImproperlyConfigured(f"DB_LOGIN is {DB_LOGIN!r}; it must be one of {', '.join(DB_LOGINS)}.")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": env("DATABASE_HOST"),
        "PORT": env("DATABASE_PORT", default=""),
        "NAME": env("DATABASE_NAME", default="wellbeing"),
        "USER": f"wellbeing_{DB_LOGIN}",
        "PASSWORD": env(f"DATABASE_PASSWORD_{DB_LOGIN.upper()}"),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, "sslmode": env("DATABASE_SSLMODE", default="prefer")},
    }
}
if DB_LOGIN == "app":  # the web's second connection, to confidential text: what it asks commits by itself
    DATABASES["vault"] = DATABASES["default"] | {
        "USER": "wellbeing_reader",
        "PASSWORD": env("DATABASE_PASSWORD_READER"),
        "ATOMIC_REQUESTS": False,
        "OPTIONS": DATABASES["default"]["OPTIONS"] | {"options": "-c lock_timeout=2000"},  # milliseconds
    }

# --- Keys of confidential text: for those who seal, open or rotate; the others have none -------------

VAULT_KEYS = {}  # bytes by id; the first seals, all open
if DB_LOGIN in ("app", "rotator"):
    try:
        VAULT_KEYS = ring(given=env("VAULT_KEYS", default=""), file=env("VAULT_KEYS_FILE", default=""))
    except ValueError as refusal:
        raise ImproperlyConfigured(str(refusal)) from None

# --- Broker and cache (Redis or Valkey) -----------------------------------------------------------

REDIS_URL = env("REDIS_URL")
BROKER_PATIENCE = dict.fromkeys(("socket_connect_timeout", "socket_timeout"), 1 if DB_LOGIN == "app" else 5)  # seconds
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "wellbeing",
        "OPTIONS": {**BROKER_PATIENCE, "serializer": "wellbeing.web.cache.JSONSerializer"},
    }
}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60  # seconds; what was killed rolls back, and the sweep begins it again
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A broker that is away, or hangs, holds up no page: one try. What was not sent, a sweep finds.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {**BROKER_PATIENCE, "max_retries": 0}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- Signing in -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["wellbeing.people.sign_in.PersonBackend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "wellbeing.people.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "wellbeing.people.sign_in.StaffIdentityAdapter"
MFA_ADAPTER = "wellbeing.people.sign_in.FactorAdapter"
ACCOUNT_FORMS = {"login": "wellbeing.people.sign_in_forms.PasswordForm"}
MFA_FORMS = {"add_webauthn": "wellbeing.people.sign_in_forms.AddPasskeyForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = ACCOUNT_SESSION_REMEMBER = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 8}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Wellbeing portal"
MFA_TOTP_TOLERANCE = 1  # a code still counts for half a minute after it has changed: time to type
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
FACTOR_KEY = env("FACTOR_KEY", default=SECRET_KEY)
OIDC_SERVER_URL = env("OIDC_SERVER_URL", default="")
OIDC_STAFF_NUMBER_CLAIM = env("OIDC_STAFF_NUMBER_CLAIM", default="employeeid")
OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL)) if OIDC_SERVER_URL else None
if OIDC_SERVER_URL:
    issuer = {
        "provider_id": "force",
        "name": env("OIDC_NAME", default="your force account"),
        "client_id": env("OIDC_CLIENT_ID"),
        "secret": env("OIDC_CLIENT_SECRET"),
        "settings": {"server_url": OIDC_SERVER_URL},
    }
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [issuer]}}

# --- Sessions and cookies: eight hours at most, an hour without a click ----------------------------

SESSION_ENGINE = "wellbeing.web.session_store"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_MINUTES", default=60) * 60
STEP_UP_IDLE_SECONDS = env.int("STEP_UP_IDLE_MINUTES", default=15) * 60  # between confidential pages
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
if not DEMO and not SECURE:
    raise ImproperlyConfigured("PORTAL_URL must start with https: outside the demo.")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else f"session-{env('PORT', default='8000')}"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else f"csrf-{env('PORT', default='8000')}"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wellbeing.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- What the browser is told -----------------------------------------------------------------------

SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^livez/$", r"^healthz/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY, X_FRAME_OPTIONS = "same-origin", "DENY"
LEAVE_PAGE_URL = env("LEAVE_PAGE_URL", default="https://www.gov.uk/")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{directive: ["'none'"] for directive in ("default-src", "base-uri", "frame-ancestors")},
        **{f"{kind}-src": ["'self'"] for kind in ("script", "style", "font", "connect", "manifest")},
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'", *([OIDC_ORIGIN] if OIDC_ORIGIN else [])],
    }
}
PANEL_ORIGINS = env.list("PANEL_ORIGINS", default=[])  # who may frame the panel of a station, and nothing else

# --- Files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- How long things are kept --------------------------------------------------------------------------

ROSTER_UNDO_WITHIN = timedelta(days=1)
ROSTER_IMPORT_KEPT = timedelta(days=env.int("ROSTER_IMPORT_KEPT_DAYS", default=30))

# --- Mail ----------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", default=f"Wellbeing portal <wellbeing@{PORTAL_HOST}>")
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    vars().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 20  # seconds for each step: who gives up early sends twice what was taken

# --- Words, numbers, time ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = CELERY_TIMEZONE = "Europe/London"
PHONENUMBER_REGION = "GB"
DATE_FORMAT = "l j F Y"

# --- Logs: what happened, never who looked at whom ----------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_addresses": {"()": "wellbeing.web.logs.WithoutAddresses"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_addresses"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # through ours, without addresses
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "celery.app.trace": {"level": "WARNING"},
    },
}
