from django.apps import AppConfig


class SpocsConfig(AppConfig):
    name = "spocs"
    verbose_name = "SPOCs"

    def ready(self):
        from wellbeing import roles
        from wellbeing.people import hooks

        from . import roster
        from .models import Spoc, State

        listed = (State.ACTIVE, State.PAUSED)
        roles.follows_from("spoc", lambda person: Spoc.objects.filter(person=person, state__in=listed).exists())
        hooks.on_return.register(roster.on_return)
