from django.apps import AppConfig


class SpocsConfig(AppConfig):
    name = "spocs"
    verbose_name = "SPOCs"

    def ready(self):
        from django.urls import reverse

        from wellbeing import roles
        from wellbeing.contact import volunteers
        from wellbeing.people import hooks
        from wellbeing.support import feedback
        from wellbeing.support.models import Topic

        from . import (
            periods,  # noqa: F401 - says how long each thing is kept
            reminders,  # noqa: F401 - declares its kinds
            roster,
            to_contact,
        )
        from .actions import stories, withdrawal
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
        feedback.register(
            "topic",
            label="Topic",
            rows=Topic.objects.shown,
            address=lambda topic: reverse("spocs:topic", args=[topic.pk]),
        )
