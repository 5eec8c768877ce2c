from django.apps import AppConfig


class ChampionsConfig(AppConfig):
    name = "champions"

    def ready(self):
        from wellbeing import roles
        from wellbeing.people import facts, hooks
        from wellbeing.people import gaps as what_is_missing

        from . import gaps, queries, roster
        from .models import Champion

        roles.follows_from("champion", lambda person: Champion.objects.serving().filter(person=person).exists())
        hooks.on_leaving.register(roster.on_leaving)
        hooks.on_return.register(roster.on_return)
        hooks.on_moved_station.register(roster.on_moved_station)
        facts.register_about_leavers("a champion", "champions", queries.number_of_champions)
        facts.register_about_leavers("a station lead", "station leads", queries.number_of_leads)
        what_is_missing.register(gaps.stations_without_champion)
        what_is_missing.register(gaps.stations_without_lead)
        what_is_missing.register(gaps.champions_without_station)
