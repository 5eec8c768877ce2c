from datetime import timedelta

from django.apps import AppConfig
from django.utils import timezone


class ChampionsConfig(AppConfig):
    name = "champions"

    def ready(self):
        from wellbeing import roles
        from wellbeing.confidential import retention
        from wellbeing.contact import volunteers
        from wellbeing.people import facts, hooks, refusals
        from wellbeing.people import gaps as what_is_missing
        from wellbeing.support import noticeboards as boards
        from wellbeing.training import hooks as training_hooks

        from . import gaps, noticeboards, queries, roster, to_contact, training
        from .actions import life, load, supervision
        from .models import Champion, Farewell, SupervisionCheckIn, Tally

        roles.follows_from("champion", lambda person: Champion.objects.serving().filter(person=person).exists())
        volunteers.register(to_contact.KIND)
        boards.come_from(noticeboards.SOURCE)
        hooks.on_leaving.register(roster.on_leaving)
        hooks.on_return.register(roster.on_return)
        hooks.on_moved_station.register(roster.on_moved_station)
        hooks.on_new_manager.register(roster.on_new_manager)
        training_hooks.on_places.register(training.on_places)
        training_hooks.on_completions.register(training.on_completions)
        training_hooks.on_completions.register(life.on_completions)
        hooks.goes_with_their_person |= {Farewell, SupervisionCheckIn}
        retention.register("supervision check-ins of champions", supervision.purge)
        retention.register(
            "words to line managers that a champion stepped down",
            supervision.purge_farewells,
            since=lambda kept: timezone.now() - timedelta(days=kept.reminders_days),
        )
        facts.register_about_leavers("a station lead", "station leads", queries.number_of_leads)
        facts.register_about_leavers("a champion", "champions", queries.number_of_champions)
        what_is_missing.register(gaps.stations_without_champion, "champions.view_champion")
        what_is_missing.register(gaps.stations_without_lead, "champions.view_champion")
        what_is_missing.register(gaps.champions_without_station, "champions.view_champion")
        what_is_missing.register(gaps.nobody_trains_who_waits, "champions.run_network")
        hooks.goes_with_their_person.add(Tally)
        retention.register("tallies of conversations", load.purge, since=load.kept_since)
        refusals.explain(
            {
                "champion_reachable": ("show_mail", "Show at least one way to reach them."),
                "champion_day_or_night": ("by_day", "Choose by day, by night, or both."),
                "champion_refresher_after_training": ("refresher_due", "The refresher falls due after the training."),
                "champion_serves_since_a_day": ("serving_since", "Say since when they are a champion."),
                "champion_term_while_serving": ("term_ends", "A term is set for somebody who is a champion now."),
                "champion_term_ends_after_it_began": ("term_ends", "The term ends after they became a champion."),
                "coverage_once": ("", "A station stands there twice."),
                "one_lead_per_station": ("", "Somebody else was made lead of that station just now. Look again."),
            }
        )
