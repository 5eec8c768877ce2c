from django.apps import AppConfig
from django.db.backends.signals import connection_created


class WebConfig(AppConfig):
    name = "wellbeing.web"
    label = "web"
    verbose_name = "Pages, sessions, health"

    def ready(self):
        from . import logins

        connection_created.connect(logins.guard)
        connection_created.connect(logins.guard_against_invented)
