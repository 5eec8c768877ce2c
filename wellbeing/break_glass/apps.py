from django.apps import AppConfig


class BreakGlassConfig(AppConfig):
    name = "wellbeing.break_glass"
    verbose_name = "Emergencies"

    def ready(self):
        from . import reminders  # noqa: F401 - declares its kinds
