from django.apps import AppConfig
from django.utils import timezone


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self):
        from wellbeing import roles
        from wellbeing.confidential import retention
        from wellbeing.people import gaps as what_is_missing
        from wellbeing.people import hooks, refusals

        from . import (
            gaps,
            plan_gaps,
            policy,
            reminders,  # noqa: F401 - declares its kinds
            roster,
        )
        from .actions import agenda, invitations, plan
        from .models import Feed, Invitation, Keeper, MinutesComment, Raiser, Seat

        roles.follows_from("representative", policy.sits)
        hooks.goes_with_their_person |= {Feed, Invitation, Keeper, MinutesComment, Raiser, Seat}
        hooks.on_return.register(roster.on_return)
        hooks.on_leaving.register(plan.on_leaving)
        hooks.on_return.register(plan.on_return)
        retention.register(
            "names of those who raised something for the forum",
            agenda.purge_names,
            since=lambda kept: _months_ago(kept.forum_names_months),
        )
        retention.register(
            "invitations to meetings of the forum",
            invitations.purge,
            since=lambda kept: _months_ago(kept.forum_invitations_months),
        )
        what_is_missing.register(gaps.strands_without_representative, policy.RUNS)
        what_is_missing.register(plan_gaps.commitments_without_owner, policy.KEEPS_PLAN)
        what_is_missing.register(plan_gaps.commitments_past_target, policy.KEEPS_PLAN)
        refusals.explain(
            {
                "forum_strand_name_once": ("name", "There is a strand of this name already."),
                "forum_one_representative_at_a_time": (
                    "person",
                    "Somebody else represents this strand in those days. End their term first, or make this one a "
                    "deputy.",
                ),
                "forum_one_seat_of_a_strand_each": ("person", "They have a seat of this strand in those days already."),
                "forum_meeting_ends_after_it_starts": ("ends", "By the clock of that day it ends before it begins."),
                "forum_one_meeting_at_a_time": ("day", "Another meeting stands at that time already."),
                "forum_term_ends_after_it_starts": ("ends_on", "The last day comes before the first."),
                "forum_sponsor_name_once": ("name", "A chief officer of this name stands there already."),
                "forum_one_measurement_a_day": ("day", "It was measured on this day already."),
            }
        )


def _months_ago(number: int):
    from wellbeing.training.dates import months_after

    return months_after(timezone.localdate(), -number)
