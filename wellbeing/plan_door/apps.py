from django.apps import AppConfig


class PlanDoorConfig(AppConfig):
    name = "wellbeing.plan_door"
    label = "plan_door"
    verbose_name = "The door to My plan"

    def ready(self):
        from wellbeing.confidential import retention
        from wellbeing.people import hooks
        from wellbeing.web import doors

        from . import models, reminders, retiring, sessions  # noqa: F401 - reminders declares its kinds

        doors.register(sessions.DOOR)
        hooks.goes_with_their_person |= {
            models.Letter, models.Entry, models.Passkey, models.MailCode, models.Notice,
        }  # fmt: skip
        hooks.on_leaving.register(retiring.on_leaving)
        retention.register("letters and codes of the door to My plan", retiring.purge, since=retiring.over_before)
