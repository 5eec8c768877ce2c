from functools import partial

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self):
        from wellbeing import roles
        from wellbeing.people import hooks

        from . import roster
        from .models import Kind
        from .queries import is_mentor

        roles.follows_from("career_mentor", partial(is_mentor, Kind.CAREER))
        roles.follows_from("welfare_mentor", partial(is_mentor, Kind.WELFARE))
        hooks.on_leaving.register(roster.on_leaving)
        hooks.on_return.register(roster.on_return)
