from django.apps import AppConfig


class SpocsConfig(AppConfig):
    name = "spocs"
    verbose_name = "SPOCs"

    def ready(self):
        from wellbeing import roles
        from wellbeing.confidential import retention
        from wellbeing.contact import volunteers
        from wellbeing.people import hooks

        from . import (
            reminders,  # noqa: F401 - declares its kinds
            roster,
            to_contact,
        )
        from .actions import stories, withdrawal
        from .models import Authorship, Printing, Spoc, StoryVersion
        from .queries import is_spoc

        roles.follows_from("spoc", is_spoc)
        hooks.goes_with_their_person.add(Spoc)
        hooks.on_return.register(roster.on_return)
        volunteers.register(to_contact.KIND)
        hooks.goes_with_their_person |= {Authorship, Printing, StoryVersion}
        withdrawal.also(stories.withdraw_all)
        retention.register("drafts of stories", stories.purge_drafts, since=stories.drafts_kept_since)
        retention.register("stories of leavers", stories.purge_of_leavers, since=stories.kept_after_leaving)
