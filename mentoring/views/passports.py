"""A person's own adjustment passport: to read, write, share and take along. What opens it asks again who it is."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring import passport_pdf
from mentoring.actions import passports as actions
from mentoring.forms.one_to_ones import typed_into
from mentoring.forms.passports import PassportForm, ShareForm, typed_as
from mentoring.passport import sections
from mentoring.queries import passports as queries
from wellbeing.confidential import drafts, vault
from wellbeing.confidential import queries as confidential
from wellbeing.confidential.models import Kind, Part
from wellbeing.web import step_up
from wellbeing.web.assurance import while_certain
from wellbeing.web.pdf import CannotPrint

from .keeping import keeps_what_is_typed

FORM = "passport"
READINGS_ON_A_PAGE = 20


@step_up.confirmed_lately
def mine(request):
    """The passport as it stands; where there is none, how to write one."""
    latest = _latest(request, why="reading my own")
    context = {
        "latest": latest,
        "sections": sections(latest.answers) if latest else [],
        "readers": queries.shared_by(request.user).count(),
        "leaves": request.user.left,
    }
    return render(request, "my_plan/passport.html", context)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def edit(request):
    """The form holds the latest text, or what was kept of one's own; then the saved text stands above it."""
    if request.method == "POST":
        return _save(request)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    latest = _latest(request, why="changing it")
    number = latest.number if latest else 0
    kept = drafts.find(author=request.user, form=FORM)
    on_top = {"replaces": [str(number)], "version": [str(uuid.uuid4())]}  # a kept one may have been saved meanwhile
    initial = typed_as(latest.answers) | {"replaces": number} if latest else {"replaces": 0}
    form = PassportForm(kept=kept and kept.answers | on_top, initial=initial)
    return _show_form(request, form, kept=kept, latest=latest)


@step_up.confirmed_lately
def versions(request):
    """Every version, the latest first; none is ever lost."""
    record = queries.passport_of(request.user)
    opened = vault.open_record(record, by=request.user, why="reading earlier versions") if record else None
    texts = reversed(opened.of(Part.TEXT)) if opened else []
    shown = [{"text": text, "sections": sections(text.answers)} for text in texts]
    return render(request, "my_plan/passport_versions.html", {"versions": shown})


@step_up.confirmed_lately
def pdf(request):
    """The passport as a PDF to take along, made now and kept nowhere."""
    latest = _latest(request, why="making a PDF of it")
    if latest is None or latest.is_broken:
        return redirect("my_plan:passport")
    try:
        content = passport_pdf.pdf_of(**_on_paper(request.user, latest))
    except CannotPrint:
        messages.warning(request, "The PDF could not be made. Print this page instead: it says the same.")
        return redirect("my_plan:passport")
    headers = {"Content-Disposition": 'attachment; filename="adjustment-passport.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@while_certain
@require_http_methods(["GET", "POST"])
def share(request):
    """With whom it is shared and who has read it; a name that was typed is shown before it is shared with them."""
    if not step_up.is_confirmed_lately(request):
        asks = request.method == "GET"
        return step_up.ask(request) if asks else step_up.ask_before(request, "my_plan:passport_share")
    links = list(queries.shared_by(request.user))
    form = ShareForm(request.POST or None, owner=request.user, readers={link.carer_id for link in links})
    if not form.is_valid():
        return _show_sharing(request, form, links)
    if request.POST.get("confirmed") == "yes":
        return _share(request, form.cleaned_data["person"], form.cleaned_data["link"])
    named = {"carer": form.cleaned_data["person"], "link": form.cleaned_data["link"]}
    return render(request, "my_plan/passport_share_with.html", named)


@while_certain
@require_POST
def stop_sharing(request, pk):
    """One press, no reason: closed from the next page on."""
    link = get_object_or_404(queries.shared_by(request.user), pk=pk)
    if actions.stop_sharing(by=request.user, link=link):
        messages.success(request, f"{link.carer.name} can no longer open your passport.")
    return redirect("my_plan:passport_share")


@while_certain
@require_safe
def shared(request):
    """The passports that others share with me: names and dates, opens nothing."""
    return render(request, "mentoring/passports.html", {"passports": queries.shared_with(request.user)})


@step_up.confirmed_lately
def one(request, pk):
    """Somebody's passport as it stands, for whom they share it with."""
    record = vault.find(pk, by=request.user, kind=Kind.PASSPORT)
    if record.subject == request.user:
        return redirect("my_plan:passport")
    latest = vault.open_record(record, by=request.user, why="reading the passport").latest
    context = {"subject": record.subject, "latest": latest, "sections": sections(latest.answers)}
    return render(request, "mentoring/passport.html", context)


def _latest(request, *, why: str):
    """The text of one's own passport as it stands, opened; None where there is none."""
    record = queries.passport_of(request.user)
    return vault.open_record(record, by=request.user, why=why).latest if record else None


def _save(request):
    form = PassportForm(request.POST)
    if not form.is_valid():
        return _show_form(request, form)
    outcome = actions.write(
        by=request.user,
        version=form.cleaned_data["version"],
        answers=form.answers,
        replaces=form.cleaned_data["replaces"],
    )
    if outcome == vault.STALE:
        drafts.keep(author=request.user, form=FORM, answers=typed_into(request.POST))
        messages.warning(
            request, "Your passport was changed elsewhere meanwhile. Here are both texts; yours is not saved yet."
        )
        return redirect("my_plan:passport_edit")
    drafts.drop(author=request.user, form=FORM)
    kept = " The version before it is kept." if form.cleaned_data["replaces"] else ""
    messages.success(request, f"Your passport is saved.{kept}")
    return redirect("my_plan:passport")


def _show_form(request, form, *, kept=None, latest=None):
    context = {
        "form": form,
        "ticket": drafts.ticket(author=request.user, form=FORM),
        "kept": kept,
        "latest": latest,
        "saved": sections(latest.answers) if kept and latest else [],
    }
    return render(request, "my_plan/passport_edit.html", context)


def _show_sharing(request, form, links):
    page = Paginator(queries.readings_of(request.user), READINGS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "links": links,
        "has_one": queries.passport_of(request.user) is not None,
        "page": page,
        "looks": confidential.in_words(page, reader=request.user),
    }
    return render(request, "my_plan/passport_share.html", context)


def _share(request, carer, link):
    if actions.share(by=request.user, carer=carer, link=link):
        messages.success(request, f"{carer.name} can open your passport from now on, until you stop sharing it.")
    else:
        messages.error(request, "It was not shared: write your passport first, or look again at who they are.")
    return redirect("my_plan:passport_share")


def _on_paper(person, latest) -> dict:
    written = date_format(timezone.localtime(latest.made_at), "j F Y")
    return {
        "title": f"Adjustment passport of {person.name}",
        "lead": f"As of {written}. What helps, and what was agreed: needs, not conditions.",
        "footer": f"{person.name}, adjustment passport of {written}",
        "sections": sections(latest.answers),
    }
