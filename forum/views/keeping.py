"""What the secretary types into a long form is not lost when the session ends: it is kept for them, sealed."""

from django.http import QueryDict

from wellbeing.confidential import drafts, keeping
from wellbeing.web.assurance import is_assured

_NOT_TYPED = {"csrfmiddlewaretoken", "ticket", "save", "preview", "publish", "again", "take", "marking"}


def _typed_into(sent: QueryDict) -> dict:
    return {name: values for name, values in sent.lists() if name not in _NOT_TYPED}


keeps_what_is_typed = keeping.keeps_what_is_typed(_typed_into, may_save=is_assured)


def with_kept(request, form_class, *, key: str, **options):
    """The form as it was sent, or with what is kept of it for the reader, or as `options` begin it; carrying its
    ticket."""
    kept = drafts.find(author=request.user, form=key) if request.method == "GET" else None
    typed = {name: values[0] for name, values in kept.answers.items()} if kept else {}
    initial = options.pop("initial", {}) | typed | {"ticket": ticket_for(request, key)}
    return form_class(request.POST or None, initial=initial, **options)


def sent_or_kept(request, key: str) -> QueryDict | None:
    """What was sent, or else what is kept of a form for the reader; None where neither is."""
    if request.method == "POST":
        return request.POST
    kept = drafts.find(author=request.user, form=key)
    return kept.data if kept else None


def ticket_for(request, key: str) -> str:
    """By which the reader's form is known when their session has ended."""
    return drafts.ticket(author=request.user, form=key)


def let_go(request, key: str) -> None:
    """It is saved, or no longer wanted: nothing is kept of it."""
    drafts.drop(author=request.user, form=key)
