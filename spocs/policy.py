"""Who may do what with SPOCs' profiles.

| Who                | The list, a profile | Invite | A profile                       |
|--------------------|---------------------|--------|---------------------------------|
| nobody signed in   | no                  | no     | no                              |
| anybody signed in  | reads               | no     | no                              |
| a SPOC             | reads               | no     | consents to, changes its own    |
| the coordinator    | reads               | yes    | no                              |
| HR, the lead, root | reads               | no     | no                              |

No role opens more of a profile than the list shows to everybody, and no admin page has them.
"""

from .models import Spoc, State


def visible_to(person):
    """The SPOCs whom `person` may see: none without signing in."""
    if not person.is_authenticated or not person.is_active:
        return Spoc.objects.none()
    return Spoc.objects.listed()


def own_profile(person):
    """The profile that `person` keeps themselves, as a queryset: one row, or none once it is withdrawn."""
    return Spoc.objects.filter(person=person).exclude(state=State.WITHDRAWN).select_related("person")


def may_invite(person) -> bool:
    """Whether `person` runs the network of SPOCs. Not `has_perm()`, which a superuser always has."""
    return person.is_active and "coordinator" in person.assigned_roles
