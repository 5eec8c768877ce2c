"""Who may do what with guidance, and with services.

| Who                              | A published page | Not published yet | Says that it is still right |
|----------------------------------|------------------|-------------------|-----------------------------|
| nobody signed in                 | no               | no                | no                          |
| anybody signed in                | reads            | no                | no                          |
| its owner                        | reads            | no                | yes                         |
| who keeps it (the coordinator)   | reads            | in the admin      | yes                         |

Everybody who signs in reads the directory of services. Its owner, and whoever keeps the services, says of one that
they tried it and it works.
"""

from .models import Guidance, Service

KEEPS_GUIDANCE = "support.change_guidance"
SEES_ANSWERS = "support.view_feedback"
APPROVES_STATEMENTS = "support.approve_statement"
KEEPS_SERVICES = "support.change_service"


def may_review(person, guidance: Guidance) -> bool:
    """Whether `person` may say that this page is still right: its owner, and whoever keeps the guidance."""
    return reviewable_by(person).filter(pk=guidance.pk).exists()


def reviewable_by(person):
    """The pages of which `may_review` is true, as a queryset; being a superuser is no reason."""
    if not person.is_active:
        return Guidance.objects.none()
    return Guidance.objects.all() if KEEPS_GUIDANCE in person.get_all_permissions() else looked_after_by(person)


def looked_after_by(person):
    """The pages that `person` keeps right, also those that are not published yet."""
    return Guidance.objects.filter(owner=person)


def may_approve_statements(person) -> bool:
    """Whether `person` may agree to a wording that somebody else wrote; being a superuser is no reason."""
    return person.is_active and APPROVES_STATEMENTS in person.get_all_permissions()


def may_try(person, service: Service) -> bool:
    """Whether `person` may say that this service works: its owner, and whoever keeps the services."""
    return triable_by(person).filter(pk=service.pk).exists()


def triable_by(person):
    """The services of which `may_try` is true, as a queryset; being a superuser is no reason."""
    if not person.is_active:
        return Service.objects.none()
    keeps_all = KEEPS_SERVICES in person.get_all_permissions()
    return Service.objects.all() if keeps_all else Service.objects.filter(owner=person)


def keeps_some_service(person) -> bool:
    """Whether any service is `person`'s to keep right."""
    return Service.objects.filter(owner=person).exists()
