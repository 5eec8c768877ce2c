from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RemindersConfig(AppConfig):
    name = "wellbeing.reminders"
    label = "reminders"
    verbose_name = "Reminders"

    def ready(self):
        autodiscover_modules("reminders")  # every app's kinds, declared in its reminders.py
