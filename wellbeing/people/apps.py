from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wellbeing.people"
    label = "people"
    verbose_name = "Roster and places"

    def ready(self):
        from allauth.mfa import signals

        from wellbeing import roles

        from . import factors, gaps, queries, sign_in
        from .models import Person

        signals.authenticator_used.connect(sign_in.confirm)
        signals.authenticator_added.connect(factors.added)
        signals.authenticator_reset.connect(factors.replaced)
        signals.authenticator_removed.connect(factors.removed)
        roles.follows_from("line_manager", lambda person: Person.objects.current().filter(line_manager=person).exists())
        for name in queries.GAPS:
            gaps.register(queries.gap_source(name), permission="people.change_person")
        gaps.register(queries.roles_waiting, permission="people.change_roleassignment")
