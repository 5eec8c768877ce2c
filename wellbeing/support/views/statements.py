"""The pages that were signed, open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellbeing.confidential import retention

from .. import markdown, queries
from ..models import StatementKind


@login_not_required
@require_safe
def statement(request, kind):
    """The wording that holds today, who signed it, and which came before."""
    current = queries.statement(kind)
    before = [version for version in queries.agreed_versions(kind) if version.version != current.version]
    return _page(request, current, current, before=before)


@login_not_required
@require_safe
def earlier_statement(request, kind, version):
    """A version that held before, with its dates; 404 for drafts and for what does not hold yet."""
    if kind not in StatementKind.values:
        raise Http404
    versions = queries.agreed_versions(kind)
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise Http404
    return _page(request, found, versions[0])


def _page(request, statement, current, **context):
    context |= {"statement": statement, "current": current, "text": markdown.rendered(statement.text)}
    if statement.kind == StatementKind.PRIVACY:
        context["kept"] = retention.periods()
    return render(request, "support/statement.html", context)
