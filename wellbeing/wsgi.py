import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")

application = get_wsgi_application()

from wellbeing.confidential.key_check import check_at_start  # noqa: E402 - Django must be set up first
from wellbeing.web.logins import require_login  # noqa: E402

require_login("app")
check_at_start()
