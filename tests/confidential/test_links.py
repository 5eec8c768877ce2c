"""What a change of line manager does to links, and to whoever reads or writes through one meanwhile."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from tests.confidential.records import (
    ANSWERS,
    at_once,
    closing_connections,
    opened_by,
    sealed_by,
    wait_until_somebody_waits,
)
from tests.factories.people import PersonFactory
from wellbeing.confidential import vault
from wellbeing.confidential.models import CareLink
from wellbeing.people import actions
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def test_a_new_line_manager_starts_with_a_clean_page_and_the_old_one_reads_no_longer(asha, ben, hr):
    key = sealed_by(ben, asha)
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        actions.change_person(person=asha, by=hr, line_manager_id=new.pk)

    for person in (ben, new):
        with pytest.raises(vault.Refused):
            opened_by(person, key)
    with acting_as(asha):
        link = CareLink.objects.get(subject=asha, carer=new)
        with connection.cursor() as cursor:
            cursor.execute("select confidential_hand_over(%s, true)", [link.pk])
            assert cursor.fetchone() == (True,)
    assert opened_by(new, key).latest.answers == ANSWERS


def test_an_adjustment_still_owed_follows_and_one_that_is_over_does_not(asha, ben, hr):
    today = timezone.localdate()
    keys = {}
    for until in (today, today - timedelta(days=1)):
        keys[until] = uuid.uuid4()
        with acting_as(ben):
            vault.seal(
                record=keys[until], by=ben, kind="adjustment", subject=asha, answers=ANSWERS, follows_until=until
            )
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        actions.change_person(person=asha, by=hr, line_manager_id=new.pk)

    assert opened_by(new, keys[today]).latest.answers == ANSWERS
    with pytest.raises(vault.Refused):
        opened_by(new, keys[today - timedelta(days=1)])


def test_an_undone_change_of_line_manager_gives_the_old_link_back(asha, ben, hr):
    key = sealed_by(ben, asha)
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        actions.save_people(by=hr, changed=[(asha, {"line_manager_id": new.pk})])
    with acting_as(hr):
        actions.save_people(by=hr, changed=[(asha, {"line_manager_id": ben.pk})], undoing=True)

    assert opened_by(ben, key).latest.answers == ANSWERS


def test_nobody_becomes_a_line_manager_by_their_own_hand(asha, hr):
    with pytest.raises(IntegrityError, match="own edit"), acting_as(hr):
        actions.save_people(by=hr, changed=[(asha, {"line_manager_id": hr.pk})])


def test_what_is_written_while_the_roster_changes_stays_with_the_old_line_manager(asha, ben, hr):
    """The change began before and ends after; the new link begins at neither, but when the old one ended."""
    new, key = PersonFactory(known_as="Nora"), uuid.uuid4()

    def write(number):
        with acting_as(ben):
            return vault.seal(record=key, by=ben, kind="one_to_one", subject=asha, answers=ANSWERS)

    with acting_as(hr):
        assert at_once(1, write) == ["sealed"]
        actions.change_person(person=asha, by=hr, line_manager_id=new.pk)

    with pytest.raises(vault.Refused):
        opened_by(new, key)


def test_whoever_writes_when_their_link_ends_is_refused(asha, ben, hr):
    new = PersonFactory(known_as="Nora")
    writing = threading.Event()

    def write(number):
        with acting_as(ben):
            connection.ensure_connection()
            writing.set()
            try:
                return vault.seal(record=uuid.uuid4(), by=ben, kind="one_to_one", subject=asha, answers=ANSWERS)
            except vault.CannotSeal:
                return "refused"

    with ThreadPoolExecutor(1) as pool, acting_as(hr):
        actions.change_person(person=asha, by=hr, line_manager_id=new.pk)
        waits = pool.submit(closing_connections(write), 0)
        assert writing.wait(10)
        wait_until_somebody_waits()
    assert waits.result(10) == "refused"


def test_an_undo_gives_nobody_what_somebody_else_wrote_meanwhile(asha, ben, hr):
    before = sealed_by(ben, asha)
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        actions.save_people(by=hr, changed=[(asha, {"line_manager_id": new.pk})])
    between = sealed_by(new, asha)
    with acting_as(hr):
        actions.save_people(by=hr, changed=[(asha, {"line_manager_id": ben.pk})], undoing=True)

    for key in (before, between):
        with pytest.raises(vault.Refused):
            opened_by(ben, key)
    after = sealed_by(ben, asha)
    assert opened_by(ben, after).latest.answers == ANSWERS


def test_the_database_refuses_an_undo_by_ones_own_hand_too(asha, ben, hr):
    new = PersonFactory(known_as="Nora")
    actions.save_people(by=None, changed=[(asha, {"line_manager_id": hr.pk})])
    actions.save_people(by=None, changed=[(asha, {"line_manager_id": new.pk})])
    with pytest.raises(IntegrityError, match="own edit"), acting_as(hr):
        actions.save_people(by=hr, changed=[(asha, {"line_manager_id": hr.pk})], undoing=True)
