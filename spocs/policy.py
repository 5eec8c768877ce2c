"""Who may do what with SPOCs' profiles.

| Who                | The list, a profile | Invite | Read a new profile first | A profile                       |
|--------------------|---------------------|--------|--------------------------|---------------------------------|
| nobody signed in   | no                  | no     | no                       | no                              |
| anybody signed in  | reads               | no     | no                       | no                              |
| a SPOC             | reads               | no     | no                       | consents to, changes its own    |
| the coordinator    | reads               | yes    | yes, another's           | no                              |
| HR                 | reads               | no     | no                       | that it is, where its SPOC says |
| the lead, root     | reads               | no     | no                       | no                              |

No role opens more of a listed profile than the list shows to everybody, professional standards' no more than a chief
officer's, and no admin page has them. The database holds the same by itself (`sql/`).
"""

from wellbeing.people.models import Person, RoleAssignment

from .models import Authorship, Spoc, State, StoryState, StoryVersion


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
    return person.is_active and "spocs.run_network" in person.get_all_permissions()


def to_review_by(person):
    """New profiles that `person` may read before they are listed: the coordinator, and never their own."""
    waiting = Spoc.objects.filter(state=State.REVIEW, person__in=Person.objects.listed())
    return waiting.exclude(person=person).select_related("person") if may_invite(person) else waiting.none()


def may_review(person, spoc: Spoc) -> bool:
    """Whether `person` lists this profile or sends it back: nobody lists themselves."""
    return may_invite(person) and spoc.person_id != person.pk


def known_to(person):
    """The listed SPOCs who let HR know that they are, for HR alone.

    Whoever takes a break is not among them: who stood here and not on the list would be on a break.
    """
    if not (person.is_active and "spocs.view_known" in person.get_all_permissions()):
        return Spoc.objects.none()
    return Spoc.objects.listed().filter(hr_may_know=True)


# --- Stories: who sees which row stands in `sql/stories.py` -------------------------------------------------


def may_review_stories(person) -> bool:
    """Whether `person` may be the second person who reads a story; which ones, the row policies say."""
    return person.is_active and "spocs.review_stories" in person.get_all_permissions()


def may_run_stories(person) -> bool:
    """Whether `person` notes where stories are printed, and takes one off where it must be."""
    return person.is_active and "spocs.run_stories" in person.get_all_permissions()


def wrote(person, story_id) -> bool:
    """Whether a story is this person's own; nobody else learns it."""
    return Authorship.objects.filter(story=story_id, author=person).exists()


def may_note_printings(person, story_id) -> bool:
    """Whether `person` says where a published story is printed: its author, and whoever runs the stories."""
    is_published = StoryVersion.objects.filter(story=story_id, state=StoryState.PUBLISHED)
    return is_published.exists() and (may_run_stories(person) or wrote(person, story_id))


# --- Looking after volunteers --------------------------------------------------------------------------------

_VOLUNTEERS = {"spoc", "champion", "welfare_mentor", "career_mentor"}


def volunteers(person) -> bool:
    """Whether `person` gives others their time here: a SPOC, a champion or a mentor."""
    return not _VOLUNTEERS.isdisjoint(person.roles)


def coordinators_for(person):
    """The coordinators of somebody, as assignments: never themselves."""
    return RoleAssignment.objects.live().filter(role="coordinator").exclude(person=person)
