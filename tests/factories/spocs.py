"""SPOCs for tests: invited by a coordinator, listed by their own consent."""

from spocs import actions
from spocs.models import Spoc
from tests.factories.people import PersonFactory

REACHED_BY_PHONE = {"show_phone": True, "phone": "07700 900123"}


def listed_spoc(*, person=None, **profile) -> Spoc:
    """A SPOC who has consented and is listed."""
    person = person or PersonFactory()
    spoc = actions.invite(person=person, by=None)
    return actions.consent(spoc=spoc, by=person, **(REACHED_BY_PHONE | profile))
