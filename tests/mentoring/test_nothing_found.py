"""Somebody away asks for a welfare mentor. Whoever must not learn of it finds what they would find had she only paused,
or named a colleague: in the whole database, on every page, in mails, reminders and calendars."""

import re
from contextlib import nullcontext
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import localdate as today

from mentoring.models import Absence
from tests.mentoring import worlds
from tests.reminders.conftest import mail_server
from tests.reminders.outbox import send, sweep
from wellbeing.reminders.models import at_hour
from wellbeing.web.identity import acting_as

__all__ = ["mail_server"]

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(300)]
LOOK = ("Ben", "Hana", "Leo")  # her line manager, HR, and the wellbeing lead
BROWSE = {"Ben": ("/",), "Hana": ("/mentoring/", "/admin/", "/my-data/")}  # and where
TO_FIND = "what she sees herself"


@pytest.fixture
def found(browse_as, mail_server):
    """`found(decide)`: what each of those finds, by where; today, and in their mails of the next ten days."""

    def look(decide) -> dict:
        world = worlds.made(browse_as, decide)
        seen = {}
        with acting_as(world.people["Asha"]):
            absence = Absence.objects.get().pk
        seen[TO_FIND] = [
            *(rows := worlds.every_row(world.people["Asha"]))["mentoring_swap"],
            *rows["confidential_carelink"],
        ]
        calendar = world.client("Ben").post("/reminders/calendar/open/").content.decode()
        calendar = re.search(r'value="https?://[^/]+(/reminders/calendar/[\w-]+\.ics)"', calendar)[1]
        mail_server.received.clear()
        for days in (0, 4, 10):
            with time_machine.travel(at_hour(today() + timedelta(days=days), 12)) if days else nullcontext():
                sweep()
                send()
            for name in LOOK:
                seen |= _of(world, name, days, absence)
            seen[f"Ben's calendar after {days} days"] = worlds.plain(world.client("Ben").get(calendar).content.decode())
        for name in LOOK:
            mails = [mail for mail in mail_server.received if mail["To"] == world.people[name].email]
            seen[f"mails to {name}"] = [worlds.plain(re.sub("/[^ ]{40,}", "<address>", str(mail))) for mail in mails]
        return seen

    return look


def _of(world, name: str, days: int, absence) -> dict:
    person, after = world.people[name], f"after {days} days"
    rows = worlds.every_row(person)
    seen = {f"{name}: rows of {table} {after}": rows[table] for table in rows}
    if days == 0:
        answers = worlds.every_answer(person, absence, world.people["Asha"])
        seen |= {f"{name}: {function}()": answer for function, answer in answers.items()}
    if days == 0 and name in BROWSE:
        pages = worlds.every_page(
            world.client(name), "/", "/mentoring/", "/reminders/", "/my-data/", "/admin/", within=BROWSE[name]
        )
        seen |= {f"{name}: {address}": page for address, page in pages.items()}
    return seen


def test_a_swap_reads_the_same_as_a_pause_or_a_colleague_to_all_who_must_not_learn_of_it(found):
    swap, pause, colleague = found(worlds.swaps), found(worlds.pauses), found(worlds.names_a_colleague)

    assert "done" in str(swap[TO_FIND]), "there is something to find"
    assert "welfare_mentor" in str(swap[TO_FIND])
    assert len([key for key in swap if key.startswith("Ben: /")]) > 20, "the pages were found"
    assert any("Contact is in hand." in page for key, page in swap.items() if key.startswith("Ben: /mentoring/"))
    for other in (pause, colleague):
        assert [key for key in sorted({*swap, *other} - {TO_FIND}) if swap.get(key) != other.get(key)] == []
