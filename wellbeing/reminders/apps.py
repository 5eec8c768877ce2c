from datetime import timedelta

from django.apps import AppConfig
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules


class RemindersConfig(AppConfig):
    name = "wellbeing.reminders"
    label = "reminders"
    verbose_name = "Reminders"

    def ready(self):
        from wellbeing.confidential import retention
        from wellbeing.people import hooks

        from . import actions, models, roster

        hooks.goes_with_their_person |= {models.Reminder, models.Mail, models.Preferences, models.Feed}
        autodiscover_modules("reminders")  # every app's kinds, declared in its reminders.py
        hooks.on_leaving.register(roster.on_leaving)
        hooks.on_new_manager.register(roster.on_new_manager)
        retention.register(
            "reminders and mails that are over",
            actions.purge,
            since=lambda kept: timezone.now() - timedelta(days=kept.reminders_days),
        )
