"""Who gets to read what is confidential to Asha after something she signs in with was changed: one table.

A row is what was changed; a column is what happens after it. Whoever then reads the mail at the address that the
roster has signs in, does what the portal lets them do, and asks for the page.
"""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.utils import timezone

from wellbeing.people.models import Person

from .conftest import line
from .test_admin import PEOPLE, change
from .test_changed_identity import by_mailed_code, code_of_app, enrol, vouch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.confidential_page")]
LETTER = "/letters/00000000-0000-4000-8000-000000000001/"
TAKE_AWAY = f"{PEOPLE}take-away-factors/"
STOLEN = "read.by.hr@force.example"
PASSWORD = "seven warm mugs of tea"

# After the change: nothing more; the colleagues named vouch; the code of the old app, of a recovery code made with it,
# of an app put in after the change is entered. A dot is what cannot be: of a factor taken away there is no code.
TABLE = """
what was changed        | nothing | hr | technical_admin | lead | technical_admin technical_admin | technical_admin lead | lead guardian | old | recovery | new
roster import           | shut    | shut | shut          | shut | shut                            | opens                | opens         | opens | opens  | shut
edit in the admin       | shut    | shut | shut          | shut | shut                            | opens                | opens         | opens | opens  | shut
staff number            | shut    | shut | shut          | shut | shut                            | opens                | opens         | opens | opens  | shut
statement by hand       | shut    | shut | shut          | shut | shut                            | opens                | opens         | opens | opens  | shut
factor taken away       | shut    | shut | shut          | shut | shut                            | shut                 | opens         | .     | .      | shut
password, factor held   | shut    | shut | shut          | shut | shut                            | shut                 | shut          | opens | opens  | .
password, no factor yet | opens   | .  | .               | .    | .                               | .                    | .             | .     | .      | .
"""  # noqa: E501 - a table


def cells() -> list[tuple[str, str, str]]:
    head, *rows = [[cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines()]
    return [
        pytest.param(row[0], after, cell, id=f"{row[0]}, then {after}: {cell}")
        for row in rows
        for after, cell in zip(head[1:], row[1:], strict=True)
        if cell != "."
    ]


@pytest.fixture
def roads(asha, hr, technical_admin, browse_as, import_roster, mailoutbox):
    """What was changed → the function that does it."""

    def by_hand():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_person SET email = %s WHERE id = %s", [STOLEN, asha.pk])

    def forgotten_password():
        browser = Client()
        browser.post("/account/password/reset/", {"email": asha.email}, follow=True)
        code = re.search(r"^\d{8}$", mailoutbox[-1].body, re.MULTILINE)[0]
        browser.post("/account/password/reset/confirm/", {"code": code}, follow=True)
        browser.post("/account/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
        assert Person.objects.get(pk=asha.pk).check_password(PASSWORD)

    def taken_away():
        said = {"staff_number": asha.staff_number, "email": asha.email, "spoke": "on"}
        browse_as(technical_admin).post(TAKE_AWAY, said)

    return {
        "roster import": lambda: import_roster(
            [line(1, staff_number=asha.staff_number, email=STOLEN, station="Deal")], "--confirm"
        ),
        "edit in the admin": lambda: change(browse_as(hr), asha, email=STOLEN),
        "staff number": lambda: change(browse_as(hr), asha, staff_number="777777"),
        "statement by hand": by_hand,
        "factor taken away": taken_away,
        "password, factor held": forgotten_password,
        "password, no factor yet": forgotten_password,
    }


@pytest.fixture
def old(asha):
    """What Asha holds since yesterday: the secret of her app, and a recovery code."""

    def held() -> dict[str, str]:
        secret = generate_totp_secret()
        TOTP.activate(asha, secret)
        recovery = RecoveryCodes.activate(asha).get_unused_codes()[0]
        Authenticator.objects.update(created_at=timezone.now() - timedelta(days=1))
        return {"old": secret, "recovery": recovery}

    return held


@pytest.mark.parametrize(("road", "after", "cell"), cells())
def test_who_reads(road, after, cell, request, asha, roads, old, browse_as, mailoutbox):
    has_factor = after in ("old", "recovery") or road in ("factor taken away", "password, factor held")
    held = old() if has_factor else {}
    for colleague in ("hr", "technical_admin", "lead", "guardian"):
        request.getfixturevalue(colleague)

    roads[road]()

    stored = Person.objects.get(pk=asha.pk)
    assert (stored.identity_changed_at is None) is road.startswith("password"), "the road did what it says"
    if after not in ("nothing", "new", *held):
        for colleague in after.split():
            vouch(browse_as(request.getfixturevalue(colleague)), stored, stored.email)

    assert (reads(stored, after, held, mailoutbox) == b"Dear diary") is (cell == "opens")


def reads(person: Person, after: str, held: dict, mailoutbox) -> bytes:
    """What the page answers to whoever reads the mail of this person, and has the code named, if any."""
    if after == "new":  # should it ever be got round that none can be set up
        held = {"new": generate_totp_secret()}
        TOTP.activate(person, held["new"])
    if person.has_usable_password():
        browser = Client()
        browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
        browser.post("/account/reauthenticate/", {"password": PASSWORD})
    else:
        browser = by_mailed_code(mailoutbox, person.email)
    if after in held:
        code = held[after] if after == "recovery" else code_of_app(held[after])
        browser.post("/account/2fa/authenticate/", {"code": code})
    elif secret := enrol(browser):
        browser.post("/account/confirm/", {"code": code_of_app(secret)})
    return browser.get(LETTER).content
