from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ConfidentialConfig(AppConfig):
    name = "wellbeing.confidential"
    label = "confidential"
    verbose_name = "Confidential records"

    def ready(self):
        from wellbeing.people import gaps, hooks, refusals

        from . import key_check, queries, roster

        connection_created.connect(key_check.check_vault)
        gaps.register(queries.new_managers_gap, permission="confidential.approve_links")
        refusals.explain(
            {"link_not_by_own_hand": ("line_manager", "You would become their line manager: ask a colleague in HR.")}
        )

        hooks.on_new_manager.register(roster.on_new_manager)
        hooks.on_leaving.register(roster.on_leaving)
        hooks.on_return.register(roster.on_return)
