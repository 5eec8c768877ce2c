from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "wellbeing.training"
    label = "training"
    verbose_name = "Training and events"

    def ready(self):
        from wellbeing.confidential import retention
        from wellbeing.people import gaps as what_is_missing
        from wellbeing.people import hooks as people_hooks
        from wellbeing.people import refusals

        from . import (
            gaps,
            hooks,
            purging,
            reminders,  # noqa: F401 - declares its kinds
            roster,
            roster_required,
        )
        from .models import Required

        people_hooks.on_leaving.register(roster.on_leaving)
        retention.register("places at events", purging.events, since=purging.events_before)
        retention.register("places that nobody has any more", purging.ended, since=purging.ended_before)
        people_hooks.goes_with_their_person.add(Required)
        people_hooks.on_new_manager.register(roster_required.on_new_manager)
        people_hooks.on_new_rank.register(roster_required.on_new_rank)
        people_hooks.on_leaving.register(roster_required.on_leaving)
        people_hooks.on_return.register(roster_required.on_return)
        hooks.on_places.register(roster_required.on_training)
        hooks.on_completions.register(roster_required.on_training)
        what_is_missing.register(gaps.no_longer_held, "training.view_compliance")
        refusals.explain(
            {
                "training_no_place_too_many": ("", "The last place has just gone."),
                "training_one_place_each": ("", "They have a place already."),
                "requirement_leaves_a_day": ("within_days", "Leave a day at least."),
                "requirement_concerns_somebody": ("", "Say whom it concerns: line managers, some ranks, or both."),
                "requirement_is_of_a_course": ("course", "Only a course can be required, and no event."),
                "course_stays_what_it_is": ("purpose", "People have places in it: add another course instead."),
                "past_event_stays_past": ("", "This event is over."),
                "course_title_once": ("title", "There is a course of this title already."),
                "completed_once_a_day": ("completed_on", "That day is written already."),
            }
        )
