import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")

application = get_wsgi_application()

from wellbeing.web.logins import require_login  # noqa: E402 - Django must be set up first

require_login("app")
