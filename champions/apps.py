from django.apps import AppConfig


class ChampionsConfig(AppConfig):
    name = "champions"

    def ready(self):
        from wellbeing import roles
        from wellbeing.people import hooks

        from . import roster
        from .models import Champion

        roles.follows_from("champion", lambda person: Champion.objects.serving().filter(person=person).exists())
        hooks.on_leaving.register(roster.on_leaving)
        hooks.on_return.register(roster.on_return)
        hooks.on_moved_station.register(roster.on_moved_station)
