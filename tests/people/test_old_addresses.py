"""Whoever's sign-in address is changed hears of it at the old one."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from wellbeing.people import actions, tasks
from wellbeing.people.models import Change, OldAddress, Person

from .conftest import line, person


@pytest.fixture
def signed_in(asha, browse_as):
    browse_as(asha)
    return Person.objects.get(pk=asha.pk)


def test_a_change_in_the_admin_is_told_at_the_old_address_once(signed_in, mailoutbox):
    old = signed_in.email
    actions.change_person(person=signed_in, by=None, email="stolen@force.example")

    tasks.tell_old_addresses()
    tasks.tell_old_addresses()

    assert [mail.to for mail in mailoutbox] == [[old]]
    assert "If you do not, tell" in mailoutbox[0].body
    assert "stolen@force.example" not in mailoutbox[0].body


def test_a_change_by_an_import_is_told_too_also_to_whoever_never_signed_in(import_roster, browse_as, mailoutbox):
    import_roster([line(1), line(2)], "--confirm")
    browse_as(person(1))
    import_roster([line(1, email="new.1@force.example"), line(2, email="new.2@force.example")], "--confirm")

    tasks.tell_old_addresses()

    assert sorted(mail.to for mail in mailoutbox) == [["person.1@force.example"], ["person.2@force.example"]]


def test_nobody_writes_to_the_dead(asha, hr, mailoutbox):
    actions.record_death(person=asha, by=hr, on=timezone.localdate())
    actions.change_person(person=asha, by=None, email="new@force.example")

    tasks.tell_old_addresses()

    assert mailoutbox == []


def test_the_old_address_is_kept_nowhere_once_it_is_told(signed_in, mailoutbox):
    old = signed_in.email
    actions.change_person(person=signed_in, by=None, email="new@force.example")

    tasks.tell_old_addresses()

    assert not OldAddress.objects.exists()
    assert not Change.objects.filter(details__icontains=old).exists()


def test_a_mail_server_that_is_away_loses_nothing(signed_in, mailoutbox, monkeypatch):
    def away(self, messages):
        raise SMTPServerDisconnected

    actions.change_person(person=signed_in, by=None, email="new@force.example")
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        tasks.tell_old_addresses()
    assert OldAddress.objects.exists()

    tasks.tell_old_addresses()
    assert len(mailoutbox) == 1


def test_after_three_days_an_address_that_could_not_be_told_is_dropped(signed_in, mailoutbox, time_machine):
    actions.change_person(person=signed_in, by=None, email="new@force.example")
    time_machine.move_to(timezone.now() + timedelta(days=4))

    tasks.tell_old_addresses()

    assert not OldAddress.objects.exists()
    assert mailoutbox == []
