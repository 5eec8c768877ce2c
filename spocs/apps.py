from django.apps import AppConfig


class SpocsConfig(AppConfig):
    name = "spocs"
    verbose_name = "SPOCs"

    def ready(self):
        from wellbeing import roles
        from wellbeing.contact import volunteers
        from wellbeing.people import hooks

        from . import (
            reminders,  # noqa: F401 - declares its kinds
            roster,
            to_contact,
        )
        from .models import Spoc
        from .queries import is_spoc

        roles.follows_from("spoc", is_spoc)
        hooks.goes_with_their_person.add(Spoc)
        hooks.on_return.register(roster.on_return)
        volunteers.register(to_contact.KIND)
