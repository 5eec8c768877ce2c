from datetime import timedelta

from django.apps import AppConfig
from django.utils import timezone


class SpocsConfig(AppConfig):
    name = "spocs"
    verbose_name = "SPOCs"

    def ready(self):
        from django.urls import reverse

        from wellbeing import roles
        from wellbeing.confidential import retention
        from wellbeing.contact import volunteers
        from wellbeing.people import hooks
        from wellbeing.support import feedback
        from wellbeing.support.models import Topic

        from . import (
            actions,
            reminders,  # noqa: F401 - declares its kinds
            roster,
            to_contact,
        )
        from .actions import stories, volunteering, withdrawal
        from .models import Authorship, Printing, Spoc, StoryVersion
        from .queries import is_spoc
        from .queries import stories as told

        roles.follows_from("spoc", is_spoc)
        hooks.goes_with_their_person.add(Spoc)
        hooks.on_return.register(roster.on_return)
        volunteers.register(to_contact.KIND)
        hooks.goes_with_their_person |= {Authorship, Printing, StoryVersion}
        feedback.register("story", label="Story", rows=told.answerable, title=lambda story: story.told)
        withdrawal.also(stories.withdraw_all)
        withdrawal.also(to_contact.on_withdrawal)
        retention.register("drafts of stories", stories.purge_drafts, since=stories.drafts_kept_since)
        retention.register("stories of leavers", stories.purge_of_leavers, since=stories.kept_after_leaving)
        retention.register(
            "what volunteers note for themselves",
            volunteering.purge_conversations,
            since=volunteering.kept_since,
        )
        retention.register("topics that people lacked", volunteering.purge_lacked, since=volunteering.lacked_since)
        retention.register(
            "supervision of SPOCs", volunteering.purge_supervisions, since=volunteering.supervisions_since
        )
        retention.register(
            "profiles of SPOCs who have left",
            actions.withdraw_left,
            since=lambda _: timezone.now() - timedelta(days=1),
        )
        feedback.register(
            "topic",
            label="Topic",
            rows=Topic.objects.shown,
            address=lambda topic: reverse("spocs:topic", args=[topic.pk]),
        )
