"""What somebody types into a story is not lost when their session ends: it is kept for them, sealed.

The address is not: whoever signs in next at that computer would be led to the story of somebody else.
"""

from django.http import QueryDict

from wellbeing.confidential import keeping
from wellbeing.web.assurance import is_unconfirmed

from ..forms.stories import StoryForm


def _typed_into(sent: QueryDict) -> dict:
    return {name: sent.getlist(name) for name in StoryForm.base_fields if name in sent}


def _is_certain(request) -> bool:
    return not is_unconfirmed(request.user)


keeps_what_is_typed = keeping.keeps_what_is_typed(_typed_into, may_save=_is_certain)
