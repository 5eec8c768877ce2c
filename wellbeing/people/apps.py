from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wellbeing.people"
    label = "people"
    verbose_name = "Roster and places"

    def ready(self):
        from allauth.mfa.signals import authenticator_used

        from wellbeing import roles

        from . import gaps, queries, sign_in
        from .models import Person

        authenticator_used.connect(sign_in.confirm)
        roles.follows_from("line_manager", lambda person: Person.objects.current().filter(line_manager=person).exists())
        for name in queries.GAPS:
            gaps.register(queries.gap_source(name), permission="people.change_person")
        gaps.register(queries.roles_waiting, permission="people.change_roleassignment")
