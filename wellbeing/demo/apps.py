from django.apps import AppConfig
from django.db.backends.signals import connection_created


class DemoConfig(AppConfig):
    name = "wellbeing.demo"
    label = "demo"
    verbose_name = "Demonstration"

    def ready(self):
        from . import ownership

        connection_created.connect(ownership.guard, dispatch_uid="wellbeing.demo.ownership")
