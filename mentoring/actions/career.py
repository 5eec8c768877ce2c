"""The writes around finding a career mentor: profile, request, whom to avoid, asking, answering, passing on.

Whatever makes or ends a link is a function of the database (`mentoring/sql/career.sql`), which looks at who asks.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mentoring.models import Avoid, CareerProfile, CareerRequest, Pairing, RequestState
from mentoring.queries import career as queries
from mentoring.reminders import career as kinds
from wellbeing.confidential import vault
from wellbeing.confidential.models import Kind
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon

ASKED, NOBODY = "asked", "nobody"


@transaction.atomic
def save_profile(*, by: Person, **values) -> CareerProfile:
    """Publish what a career mentor says of themselves. Raises PermissionDenied for somebody who is not one today."""
    term = queries.term_of(by)
    if term is None:
        raise PermissionDenied
    rows = CareerProfile.objects.filter(mentor=term)
    if not rows.update(**values):
        try:
            with transaction.atomic():
                CareerProfile.objects.bulk_create([CareerProfile(mentor=term, **values)])
        except IntegrityError:  # two windows at once
            rows.update(**values)
    return rows.get()


@transaction.atomic
def withdraw_profile(*, by: Person) -> None:
    """What `by` has published is gone at once; whom they mentor, they still do."""
    CareerProfile.objects.filter(mentor=queries.term_of(by)).delete()


@transaction.atomic
def begin_request(*, by: Person) -> CareerRequest:
    """The open request of `by`, made as a draft where there is none; two at once make one."""
    if found := queries.request_of(by):
        return found
    try:
        with transaction.atomic():
            return CareerRequest.objects.create(subject=by)
    except IntegrityError:
        return queries.request_of(by)


@transaction.atomic
def say_what_is_wanted(
    *, by: Person, version: uuid.UUID, replaces: int, path: list[str], experience: list[str], text: str
) -> str:
    """Keep what `by` looks for: its keys, which the suggestions need, and all of it sealed for the mentor who is asked.

    Returns vault.SEALED, SAME or STALE; nothing is written where it is stale.
    """
    request = begin_request(by=by)
    answers = {"path": path, "experience": experience, "text": text}
    outcome = vault.seal(
        record=request.pk,
        by=by,
        kind=Kind.CAREER_REQUEST,
        subject=by,
        version=version,
        answers=answers,
        replaces=replaces,
    )
    if outcome == vault.SEALED:
        _change(request, wanted_path=path, wanted_experience=experience, has_text=True)
    return outcome


@transaction.atomic
def avoid(*, by: Person, person: Person) -> None:
    """Never suggest `person` to `by`, nor ask them; twice is once. Where they are asked now, the next is instead."""
    request = begin_request(by=by)
    Avoid.objects.bulk_create([Avoid(request=request, person=person)], ignore_conflicts=True)
    _change(request, asked_avoid=True, ranked=[key for key in request.ranked if key != person.pk])
    asking = queries.open_asking(request)
    if asking and asking.mentor_id == person.pk:
        ask_another(by=by, request=request)


@transaction.atomic
def avoid_no_longer(*, by: Person, person: Person) -> None:
    """`person` may be suggested to `by` again."""
    Avoid.objects.filter(request=begin_request(by=by), person=person).delete()


@transaction.atomic
def avoid_no_more(*, by: Person) -> None:
    """There is nobody, or nobody more, whom `by` would avoid."""
    _change(begin_request(by=by), asked_avoid=True)


@transaction.atomic
def choose(*, by: Person, mentors: list[int]) -> None:
    """Keep whom `by` would like to have asked, in this order."""
    _change(begin_request(by=by), ranked=mentors)


@transaction.atomic
def send(*, by: Person, request: CareerRequest) -> str:
    """Send the request, or again; returns ASKED, NOBODY where nobody is left to be asked, '' for a second click."""
    return _asked("select career_send(%s, %s, %s)", request)


@transaction.atomic
def ask_another(*, by: Person, request: CareerRequest) -> str:
    """The next of the chosen mentors is asked instead; returns as `send`."""
    return _asked("select career_ask_another(%s, %s, %s)", request)


@transaction.atomic
def withdraw(*, by: Person, request: CareerRequest) -> bool:
    """Take the request back: whoever was asked sees nothing of it from now on. False where it is over already."""
    askings = list(queries.askings_of(request).values_list("pk", flat=True))
    done = _ask("select career_withdraw(%s)", request.pk)
    _tell(request, askings)
    return done


@transaction.atomic
def answer(*, by: Person, asking, answer: str, more_about: Iterable[str] = ()) -> str:
    """A mentor accepts, asks for more or declines; returns that answer.

    Returns 'full' where they have no place left, 'line' where the two are in one line of command by now, and '' where
    it is not theirs to answer any longer; nothing was changed then.
    """
    values = [asking.pk, answer, list(more_about), queries.answer_by(), queries.look_again_on()]
    outcome = _ask("select career_answer(%s, %s, %s, %s, %s)", *values)
    for kind in (kinds.ASKED, kinds.MORE):
        refresh(kind, asking.pk)
    if outcome not in ("", "more"):  # who was asked before, a mentor does not see
        refresh(kinds.NEXT, asking.pk)
    refresh(kinds.MATCH, *Pairing.objects.filter(request=asking.request_id).values_list("pk", flat=True))
    if outcome == "declined":
        sweep_soon()  # who is told next, the mentor who declines does not see
    return outcome


def pass_on() -> int:
    """What no mentor answered in time is passed on to the next, as the worker; returns for how many requests."""
    done = _ask("select career_pass_on(%s, %s)", queries.answer_by(), queries.look_again_on())
    if done:
        sweep_soon()
    return done


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves or dies has no mentor and is none, in the same transaction; the sweep tells who is to be told."""
    if _ask("select career_leave(%s)", [person.pk for person in people]):
        sweep_soon()


def purge(before: datetime) -> int:
    """Take away what is over since before then and has no record any longer, as the worker."""
    return _ask("select purge_career(%s)", before)


def _asked(sql: str, request: CareerRequest) -> str:
    outcome = _ask(sql, request.pk, queries.answer_by(), queries.look_again_on())
    _tell(request, list(queries.askings_of(request).values_list("pk", flat=True)))
    return outcome


def _tell(request: CareerRequest, askings: list) -> None:
    for kind in (kinds.ASKED, kinds.MORE, kinds.NEXT):
        refresh(kind, *askings)
    refresh(kinds.NOBODY, request.pk)


def _change(request: CareerRequest, **values) -> None:
    open_ones = CareerRequest.objects.filter(pk=request.pk, state__in=(RequestState.DRAFT, RequestState.WAITING))
    open_ones.update(**values)


def _ask(sql: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
