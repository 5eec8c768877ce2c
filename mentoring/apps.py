from datetime import timedelta
from functools import partial

from django.apps import AppConfig
from django.utils import timezone


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self):
        from wellbeing.confidential import retention, wording
        from wellbeing.confidential.models import Kind as Record
        from wellbeing.people import gaps

        from . import (
            agreeing,
            passport,
            prompts,
            prompts_career,
            prompts_return,
            reminders,  # noqa: F401 - declares its kinds
        )
        from .actions import absences, career, one_to_ones
        from .actions import swaps as swap_actions
        from .queries import swaps

        for kind, words in {
            Record.ONE_TO_ONE: prompts.one_to_one_in_words,
            Record.ADJUSTMENT: prompts.adjustment_in_words,
            Record.WISHES: prompts.wishes_in_words,
            Record.CONTACT: agreeing.contact_in_words,
            Record.PLAN: agreeing.plan_in_words,
            Record.TOLD: agreeing.told_in_words,
            Record.PASSPORT: passport.in_words,
            Record.CAREER_REQUEST: prompts_career.request_in_words,
            Record.CAREER_GOAL: prompts_career.goal_in_words,
            Record.CAREER_NOTE: prompts_career.note_in_words,
            Record.CAREER_OWN: prompts_career.note_in_words,
            Record.RETURN: prompts_return.prompts_of,
        }.items():
            wording.register(kind, words)

        retention.register("1-1s and adjustments without a record", one_to_ones.purge)
        retention.register("career mentoring without a record", career.purge)
        retention.register("absences without a record", absences.purge)
        retention.register(
            "swaps that are over",
            swap_actions.purge,
            since=lambda kept: timezone.now() - timedelta(days=kept.reminders_days),
        )
        gaps.register(swaps.coordinators_gap, permission="mentoring.offer_mentors")
        self._follow_the_roster()

    def _follow_the_roster(self):
        from wellbeing import roles
        from wellbeing.people import hooks

        from . import roster
        from .actions import career
        from .models import Kind
        from .queries import is_mentor

        roles.follows_from("career_mentor", partial(is_mentor, Kind.CAREER))
        roles.follows_from("welfare_mentor", partial(is_mentor, Kind.WELFARE))
        hooks.on_leaving.register(roster.on_leaving)
        hooks.on_leaving.register(career.on_leaving)
        hooks.on_return.register(roster.on_return)
        # Last: they stand on the care links that follow from the roster.
        hooks.on_new_manager.register(roster.contact_after_new_manager, last=True)
        hooks.on_leaving.register(roster.contact_after_leaving, last=True)
        hooks.on_return.register(roster.contact_after_leaving, last=True)
        hooks.on_leaving.register(roster.close_gaps, last=True)
        hooks.on_new_manager.register(roster.close_gaps, last=True)
