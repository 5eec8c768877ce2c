from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "wellbeing.support"
    label = "support"
    verbose_name = "Support services"

    def ready(self):
        from wellbeing.web import urgent_numbers

        from . import checks, snapshot  # noqa: F401 - the check registers itself

        urgent_numbers.come_from(snapshot.urgent_numbers)
