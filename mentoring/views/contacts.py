"""The pages of whoever keeps contact with somebody away: line manager, colleague or welfare mentor alike."""

import uuid
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.actions import contacts as actions
from mentoring.agreeing import steps_of
from mentoring.forms.contacts import ContactForm
from mentoring.forms.one_to_ones import typed_into
from mentoring.models import Channel
from mentoring.queries import absences
from mentoring.queries import contacts as queries
from mentoring.queries.welfare import own_profile
from wellbeing.confidential import drafts, vault
from wellbeing.web import step_up, urgent_numbers
from wellbeing.web.assurance import assured

from . import agreed_texts
from .keeping import keeps_what_is_typed

ON_A_PAGE = 10
NOT_KEPT = "mentoring/keeps_no_contact.html"
READING = "reading about contact while away"
TRIES = 2  # without an answer, after which the agreed steps are taken


def of_contact_kept(view):
    """Decorator: hands over the absence in which they keep contact; a 404 in the same words for everybody else, whether
    there is such an absence, a pause, a swap or nothing at all."""

    @wraps(view)
    def wrapped(request, pk):
        absence = absences.absences_kept(request.user).filter(pk=pk).first()
        if absence is None or queries.plan_of(absence) is None:
            return keeps_no_contact(request)
        return view(request, absence)

    return wrapped


def keeps_no_contact(request):
    return render(request, NOT_KEPT, status=404)


@assured
@require_safe
def kept(request):
    """People I keep in touch with: dates; opens nothing."""
    return render(
        request,
        "mentoring/contacts.html",
        {"kept": queries.kept_by(request.user), "profile": own_profile(request.user)},
    )


@step_up.confirmed_lately
@of_contact_kept
def timeline(request, absence):
    context = timeline_of(request, absence)
    agreed = context["plan"]
    if agreed.unanswered >= TRIES:
        urgent = urgent_numbers.urgent_numbers()
        context |= {"duty": absences.the_rules().duty_welfare_phone, "urgent": urgent}
    return render(request, "mentoring/contact_timeline.html", context | {"may_write": True, "is_own": False})


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
@of_contact_kept
def new(request, absence):
    """A contact is written down; a draft is shown only to whoever has just confirmed."""
    key = f"contact:{absence.pk}"
    kept_text = drafts.find(author=request.user, form=key) if request.method == "GET" else None
    if kept_text and not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    contact = queries.contact_kept(request.user, absence)
    form = ContactForm(request.POST or None, kept=kept_text and kept_text.answers, kept_contact=contact)
    if request.method == "POST" and form.is_valid():
        return _save(request, absence, form, key)
    ticket = drafts.ticket(author=request.user, form=key)
    context = {"form": form, "contact": contact, "absence": absence, "ticket": ticket, "kept": kept_text}
    return render(request, "mentoring/contact_new.html", context)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
@of_contact_kept
def plan(request, absence):
    back = reverse("mentoring:contacts_with", args=[absence.pk])
    return agreed_texts.edit(request, absence, agreed_texts.PLAN, back=back)


def timeline_of(request, absence) -> dict:
    """What was agreed about contact, and the contacts with their texts: opens, and so writes down, each."""
    me = request.user
    contacts = Paginator(queries.contacts_of(absence, to=me), ON_A_PAGE).get_page(request.GET.get("page"))
    texts = queries.texts_of(contacts, by=me, why=READING)
    agreed, told_text = (
        queries.opened(queries.text_of(absence, what, to=me), by=me, why=READING) for what in ("plan", "told")
    )
    plan = queries.plan_of(absence)
    return {
        "absence": absence,
        "plan": plan,
        "paused": plan is not None and queries.is_paused(plan),
        "channels": [Channel(channel).label for channel in plan.channels] if plan else [],
        "first_contact": absences.first_contact(absence),
        "agreed": agreed,
        "steps": steps_of(agreed.answers) if agreed else [],
        "told": told_text,
        "contacts": contacts,
        "entries": [(contact, texts.get(contact.pk)) for contact in contacts],
    }


def _save(request, absence, form, key):
    outcome = actions.record(by=request.user, absence=absence, written=form.written)
    if outcome == vault.STALE:
        fresh = {"id": [str(uuid.uuid4())], "version": [str(uuid.uuid4())]}
        drafts.keep(author=request.user, form=key, answers=typed_into(request.POST) | fresh)
        messages.warning(request, "This contact was saved already. What you typed since is below, as another one.")
        return redirect("mentoring:contact_new", absence.pk)
    drafts.drop(author=request.user, form=key)
    messages.success(request, f"Your contact with {absence.subject.name} is written down. They can read it.")
    if not form.written.answered and queries.plan_of(absence).unanswered >= TRIES:
        return redirect("mentoring:contacts_with", absence.pk)
    return redirect("mentoring:contacts")
