"""Who holds the training that line managers and supervisors must hold: numbers for those who answer for it, names for
whoever keeps the roster."""

import csv
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellbeing.people.roster.rejects import harmless
from wellbeing.training.forms.compliance import PeopleForm, WhichForm
from wellbeing.training.queries import compliance as queries
from wellbeing.web.assurance import for_permission

ON_A_PAGE = 50
_COLUMNS = (
    "Staff number", "Name", "Rank or grade", "Station", "State", "Required since", "Completed on", "Due by",
    "Place on",
)  # fmt: skip


@for_permission("training.view_compliance")
@require_safe
def compliance(request):
    """Numbers by division, or by station of one division."""
    chosen = _chosen(WhichForm(request.GET))
    known = list(queries.requirements_in_force())
    requirement = chosen["course"] or next(iter(known), None)
    lines, division = [], chosen["division"]
    if requirement:
        lines = queries.by_station(requirement, division) if division else queries.by_division(requirement)
    context = {
        "known": known,
        "requirement": requirement,
        "division": division,
        "lines": lines,
        "together": queries.all_together(lines),
        "meanings": queries.MEANINGS,
        "may_see_names": "people.change_person" in request.user.get_all_permissions(),
    }
    return render(request, "training/compliance.html", context)


@for_permission("people.change_person")
@require_safe
def compliance_people(request):
    """The names behind the numbers, for whoever keeps the roster."""
    form = PeopleForm(request.GET)
    requirement, people = _people(form)
    page = Paginator(people, ON_A_PAGE).get_page(request.GET.get("page"))
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {"form": form, "chosen": form.cleaned_data, "kept": kept, "query": urlencode(kept)}
    context |= {"requirement": requirement, "page": page}
    return render(request, "training/compliance_people.html", context)


@for_permission("people.change_person")
@require_safe
def compliance_csv(request):
    """The same names as a file; no cell is a formula. UTF-8 with a BOM, as Excel wants it."""
    _, people = _people(PeopleForm(request.GET))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="required-training.csv"'
    writer = csv.writer(response)
    writer.writerow(_COLUMNS)
    for row in people:
        writer.writerow([harmless(str(cell)) for cell in _cells(row)])
    return response


def _chosen(form) -> dict:
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _people(form):
    chosen = _chosen(form)
    requirement = chosen["course"] or queries.requirements_in_force().first()
    if requirement is None:
        raise Http404
    people = queries.people_of(requirement)
    if chosen["division"]:
        people = people.filter(person__station__division=chosen["division"])
    if chosen["station"]:
        people = people.filter(person__station=chosen["station"])
    if chosen["nowhere"]:
        people = people.filter(person__station=None)
    return requirement, people.filter(standing=chosen["standing"]) if chosen["standing"] else people


def _cells(row) -> list:
    person = row.person
    days = [day.isoformat() if day else "" for day in (row.since, row.done_on, row.due_on, row.booked_on)]
    standing = queries.label_of(row.standing)
    return [person.staff_number, person.name, person.rank_or_grade, person.station or "", standing, *days]
