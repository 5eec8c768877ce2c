"""Pages for the holders of one role: with their second factor, and a 404 for everybody else."""

from functools import wraps

from django.http import Http404

from wellbeing.web.assurance import assured


def for_role(role: str):
    """Decorator: a page for holders of `role`, assigned and approved; rank and being a superuser do not count."""

    def decorate(view):
        @assured
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if role not in request.user.assigned_roles:
                raise Http404
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
