"""HR's page of what line managers and supervisors must hold. Nothing about anybody is here."""

from django.contrib import admin, messages

from wellbeing.people.admin.base import ActionsAdmin

from .actions import requirements as actions
from .forms.requirements import RequirementForm
from .models import Requirement
from .queries import requirements as queries


@admin.register(Requirement)
class RequirementAdmin(ActionsAdmin):
    form = RequirementForm
    list_display = ("course", "line_managers", "in_ranks", "within_days", "is_in_force")
    list_select_related = ("course",)

    @admin.display(description="ranks and grades")
    def in_ranks(self, requirement):
        return ", ".join(requirement.ranks) or "–"

    def add_with_action(self, request, obj):
        names = ("course", "line_managers", "ranks", "within_days", "is_in_force")
        self._say_which_are_nobodys(request, obj.ranks)
        values = {name: getattr(obj, name) for name in names}
        return actions.save(requirement=Requirement(), by=request.user, **values)

    def change_with_action(self, request, stored, values):
        self._say_which_are_nobodys(request, values.get("ranks", []))
        actions.save(requirement=stored, by=request.user, **values)

    def _say_which_are_nobodys(self, request, ranks: list[str]) -> None:
        known = {rank.casefold() for rank in queries.ranks_on_the_roster()}
        unknown = [rank for rank in ranks if rank.casefold() not in known]
        if unknown:
            said = f"Nobody on the roster has the rank or grade {', '.join(f'“{rank}”' for rank in unknown)} now."
            self.message_user(request, f"{said} Look whether it is spelt as the roster spells it.", messages.WARNING)
