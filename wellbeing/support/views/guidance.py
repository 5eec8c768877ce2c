"""The pages of guidance."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from wellbeing.web.assurance import lacks_factor_for
from wellbeing.web.templatetags.components import day

from .. import actions, markdown, policy, queries


@require_safe
def guidance(request):
    """Every published page that is no policy, by title; and for whoever looks after pages, the way to them."""
    context = {
        "pages": queries.published_guidance().exclude(is_policy=True),
        "looks_after_some": policy.looked_after_by(request.user).exists(),
        "sees_answers": queries.sees_answers(request.user),
    }
    return render(request, "support/guidance.html", context)


@require_safe
def guidance_page(request, address):
    """One page. One that is not published is answered like one that is not there."""
    page = get_object_or_404(queries.published_guidance(), address=address)
    text = markdown.rendered(page.text, lead=queries.leads_of(page.text))
    context = {"page": page, "text": text, "handouts": queries.handouts_of(page)}
    return render(request, "support/guidance_page.html", context)


@require_safe
def guidance_named(request, slug):
    """From where a page stood before: whoever kept or wrote down that address still finds it."""
    return redirect(get_object_or_404(queries.published_guidance(), slug=slug))


@require_safe
def my_guidance(request):
    """The pages that the reader looks after, those to be checked first on top."""
    pages = policy.looked_after_by(request.user).order_by("review_on", "title")
    return render(request, "support/my_guidance.html", {"pages": pages})


@require_POST
def guidance_reviewed(request, address):
    """“Still right.” By their role alone, and not as the owner, somebody says so with a second factor only."""
    page = get_object_or_404(policy.reviewable_by(request.user), address=address)
    if lacks_factor_for(request, page.owner_id):
        return redirect("second_factor_needed")
    page = actions.reviewed(guidance=page, by=request.user)
    messages.success(request, f"Thank you. “{page}” is to be checked again by {day(page.review_on)}.")
    return redirect("my_guidance")
