"""An emergency, from the lead's asking to the person's “My data”."""

import re
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.databases import as_superuser
from tests.mentoring.pages import a_day, logged
from wellbeing.break_glass import actions
from wellbeing.confidential import vault
from wellbeing.confidential.models import BreakGlass
from wellbeing.people import actions as people
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE = "/emergencies/"
REASON = "She has not been seen since Monday & <b>nobody</b> can reach her"


@pytest.fixture
def key(browse_as, asha, ben):
    """A 1-1 of Ben's with Asha, written up."""
    return logged(
        browse_as(ben), asha, how="Words that nobody else may read", topics=["team"], what_1="Ring the planner"
    )


def text_of(client, address=PAGE) -> str:
    """What the page says, without staff numbers."""
    return re.sub(r"</?strong>| \(\d+\)", "", client.get(address).content.decode())


def ask(client, subject, **more):
    key = re.search(r'name="key" value="([^"]+)"', text_of(client))[1]
    answer = client.post(f"{PAGE}ask/", {"key": key, "person": subject.staff_number, "reason": REASON} | more)
    return uuid.UUID(key), answer


def decide(client, asked, answer="approve", **more):
    return client.post(f"{PAGE}{asked}/answer/", {"answer": answer} | more)


def log_of(as_owner) -> list[tuple]:
    as_owner.execute("select reader_id, outcome, via, why from confidential_readlog order by id")
    return as_owner.fetchall()


def an_hour_passes() -> None:
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("update confidential_carelink set starts = starts - interval '61 minutes',"
                       " ends = ends - interval '61 minutes' where why = 'break_glass'")  # fmt: skip


def test_the_lead_reads_for_an_hour_what_the_guardian_approved_and_the_person_sees_it(
    browse_as, asha, lead, guardian, key, as_owner
):
    asked, answer = ask(browse_as(lead), asha)
    assert answer.status_code == 302
    records = f"{PAGE}{asked}/"
    assert browse_as(lead).get(records).status_code == 404
    assert "&lt;b&gt;nobody&lt;/b&gt;" in text_of(browse_as(guardian))
    assert decide(browse_as(guardian), asked).status_code == 302

    assert str(key) in text_of(browse_as(lead), records)
    assert log_of(as_owner) == []
    page = text_of(browse_as(lead), f"{records}records/{key}/")
    for words in ("Words that nobody else may read", "The team", "Ring the planner"):
        assert words in page
    assert log_of(as_owner) == [(lead.pk, "opened", "break_glass", "opened in an emergency")]
    mine = text_of(browse_as(asha), "/my-data/")
    for words in ("Leo Lead, opened in an emergency", "approved by Gwen Guardian", "&lt;b&gt;nobody&lt;/b&gt;"):
        assert words in mine

    an_hour_passes()
    for address in (records, f"{records}records/{key}/"):
        assert browse_as(lead).get(address).status_code == 404
    with pytest.raises(vault.Refused), acting_as(lead):
        vault.find(key, by=lead)


def test_the_lead_closes_it_early(browse_as, asha, lead, guardian, key):
    asked, _ = ask(browse_as(lead), asha)
    decide(browse_as(guardian), asked)
    assert browse_as(lead).post(f"{PAGE}{asked}/close/").status_code == 302
    assert browse_as(lead).get(f"{PAGE}{asked}/").status_code == 404
    assert "it is over" in text_of(browse_as(lead))


def test_what_is_turned_down_opens_nothing_and_is_not_answered_twice(browse_as, asha, lead, guardian, key):
    asked, _ = ask(browse_as(lead), asha)
    decide(browse_as(guardian), asked, "no")
    assert decide(browse_as(guardian), asked).status_code == 403
    assert "turned down" in text_of(browse_as(lead))
    assert browse_as(lead).get(f"{PAGE}{asked}/").status_code == 404
    assert "Opened in an emergency" not in text_of(browse_as(asha), "/my-data/")


def test_what_nobody_answered_for_a_day_is_void(browse_as, asha, lead, guardian, key):
    asked, _ = ask(browse_as(lead), asha)
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("update confidential_breakglass set asked_at = asked_at - interval '25 hours'")
    assert "Nothing is waiting for you." in text_of(browse_as(guardian))
    assert decide(browse_as(guardian), asked).status_code == 403
    assert "void" in text_of(browse_as(lead))


def test_a_double_click_asks_once(browse_as, asha, lead, guardian):
    client = browse_as(lead)
    key = re.search(r'name="key" value="([^"]+)"', text_of(client))[1]
    for _ in range(2):
        client.post(f"{PAGE}ask/", {"key": key, "person": asha.staff_number, "reason": REASON})
    assert text_of(browse_as(guardian)).count("About Asha Patel") == 1


@pytest.fixture
def asks_to_wait(browse_as, asha, lead):
    """An asking that would tell Asha in a week."""
    later = timezone.localdate() + timedelta(days=7)
    return ask(browse_as(lead), asha, delay="life", **a_day("delay_until", later))[0]


def test_without_a_second_approval_they_are_told_at_once(browse_as, asha, guardian, asks_to_wait):
    assert "asks that they are told only on" in text_of(browse_as(guardian)).lower()
    decide(browse_as(guardian), asks_to_wait)
    assert "approved by Gwen Guardian" in text_of(browse_as(asha), "/my-data/")


def test_telling_is_put_off_until_its_day_and_then_done(browse_as, asha, lead, guardian, dpo, key, asks_to_wait):
    decide(browse_as(guardian), asks_to_wait, delay="on")
    browse_as(lead).get(f"{PAGE}{asks_to_wait}/records/{key}/")
    before = text_of(browse_as(asha), "/my-data/")
    assert "Leo Lead" not in before
    assert "No one has opened your records." in before
    assert "telling them would put a life at risk" in text_of(browse_as(dpo))
    assert "Leo Lead, opened in an emergency" in text_of(browse_as(dpo), "/read-log/")

    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:  # the day has come
        cursor.execute("set session_replication_role = replica")
        for table in ("carelink", "readlog"):
            cursor.execute(f"update confidential_{table} set told_from = now() where told_from > now()")
    after = text_of(browse_as(asha), "/my-data/")
    assert "approved by Gwen Guardian" in after
    assert "Leo Lead, opened in an emergency" in after


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"person": "nobody"}, "Nobody on the roster has this staff number."),
        ({"reason": ""}, "Say what is at stake."),
        ({"reason": "x" * 301}, "300"),
        ({"delay": "life"}, "Enter the day on which they are told."),
        ({"delay": "life", **a_day("delay_until", timezone.localdate())}, "Choose a day from tomorrow on"),
        (a_day("delay_until", timezone.localdate() + timedelta(days=2)), "Choose a ground for telling them later"),
    ],
    ids=["person", "no reason", "long reason", "no day", "today", "no ground"],
)
def test_bad_input_is_said_beside_what_is_wrong_and_kept(browse_as, asha, lead, typed, words):
    _, answer = ask(browse_as(lead), asha, **typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    kept = {"person": asha.staff_number, "reason": "not been seen since Monday"} | typed
    assert kept["person"] in page
    assert kept["reason"] in page


def test_a_new_line_counts_as_the_one_character_that_a_browser_counts(browse_as, asha, lead):
    assert ask(browse_as(lead), asha, reason="a\r\n" * 149 + "bb")[1].status_code == 302


def test_without_a_fresh_confirmation_nothing_is_asked_and_nothing_answered(browse_as, asha, lead, guardian, as_owner):
    page = browse_as(lead, confirmed=False).post(
        f"{PAGE}ask/", {"key": uuid.uuid4(), "person": asha.staff_number, "reason": REASON}
    )
    assert "Not asked yet." in page.content.decode()
    assert "not been seen since Monday" in page.content.decode()
    asked, _ = ask(browse_as(lead), asha)
    assert decide(browse_as(guardian, confirmed=False), asked).url == "/account/confirm/"
    as_owner.execute("select count(*), count(answered_at) from confidential_breakglass")
    assert as_owner.fetchone() == (1, 0)


def test_nobody_else_finds_such_a_page(request, browse_as, asha, lead):
    asked, _ = ask(browse_as(lead), asha)
    for name in ("asha", "ben", "hr", "coordinator", "secretary", "technical_admin", "superuser"):
        client = browse_as(request.getfixturevalue(name))
        assert client.get(PAGE).status_code == 404, name
        assert client.post(f"{PAGE}ask/", {"reason": REASON}).status_code == 404, name
        assert decide(client, asked).status_code == 404, name
        assert client.get(f"{PAGE}{asked}/").status_code == 404, name


def test_each_does_their_own_part_and_no_other(browse_as, asha, lead, guardian, dpo, key):
    asked, _ = ask(browse_as(lead), asha)
    assert decide(browse_as(lead), asked).status_code == 404
    assert decide(browse_as(dpo), asked).status_code == 404
    decide(browse_as(guardian), asked)
    for person in (guardian, dpo):
        assert browse_as(person).get(f"{PAGE}{asked}/").status_code == 404
        assert browse_as(person).get(f"{PAGE}{asked}/records/{key}/").status_code == 404
    other = uuid.uuid4()
    assert browse_as(lead).get(f"{PAGE}{asked}/records/{other}/").status_code == 404


def test_the_database_refuses_what_no_page_offers(asha, lead, guardian, hr, as_owner):
    key = uuid.uuid4()
    for by, subject in ((hr, asha), (guardian, asha), (lead, lead)):
        with pytest.raises(PermissionDenied), acting_as(by):
            actions.ask(by=by, key=key, subject=subject, reason=REASON)
    with acting_as(lead):
        actions.ask(by=lead, key=key, subject=guardian, reason=REASON)
    asked = BreakGlass(pk=key)
    for by in (lead, guardian, hr):  # the asker; a guardian about themselves; nobody who answers
        with pytest.raises(PermissionDenied), acting_as(by):
            actions.answer(by=by, asked=asked, approve=True)
    as_owner.execute("select count(*) from confidential_carelink where why = 'break_glass'")
    assert as_owner.fetchone() == (0,)


def test_a_lead_whose_identity_was_changed_asks_for_nothing(asha, lead, hr):
    with acting_as(hr):
        people.change_person(person=lead, by=hr, email="elsewhere@force.example")
    with pytest.raises(PermissionDenied), acting_as(lead):
        actions.ask(by=lead, key=uuid.uuid4(), subject=asha, reason=REASON)


def test_the_reason_is_sealed(browse_as, asha, lead, as_owner):
    ask(browse_as(lead), asha)
    as_owner.execute("select sealed from confidential_breakglass")
    assert b"Monday" not in bytes(as_owner.fetchone()[0])


def test_a_reason_is_shown_to_whoever_has_just_confirmed_and_to_no_account_in_doubt(
    browse_as, asha, lead, guardian, hr
):
    asked, _ = ask(browse_as(lead), asha)
    page = browse_as(lead, confirmed=False).post(f"{PAGE}ask/", {}).content.decode()
    assert "not been seen since Monday" not in page
    decide(browse_as(guardian), asked)
    assert "not been seen since Monday" not in text_of(browse_as(asha, confirmed=False), "/my-data/")
    assert "Confirm that it is you to read the reason" in text_of(browse_as(asha, confirmed=False), "/my-data/")
    assert "not been seen since Monday" in text_of(browse_as(asha), "/my-data/")
    with acting_as(hr):
        people.change_person(person=asha, by=hr, email="elsewhere@force.example")
    asha.refresh_from_db()
    for address in ("/my-data/", "/mentoring/1-1s/"):
        assert browse_as(asha).get(address).url == "/account/second-factor/"


def test_a_dpo_does_not_learn_early_of_an_emergency_about_herself(browse_as, lead, guardian, dpo, as_owner):
    later = timezone.localdate() + timedelta(days=7)
    asked, _ = ask(browse_as(lead), dpo, delay="life", **a_day("delay_until", later))
    decide(browse_as(guardian), asked, delay="on")
    assert "Nobody has asked for records in an emergency." in text_of(browse_as(dpo))
    assert "Leo Lead" not in text_of(browse_as(dpo), "/my-data/")


def test_a_refusal_does_not_give_away_an_emergency_that_is_not_told_yet(
    browse_as, asha, lead, guardian, key, asks_to_wait
):
    decide(browse_as(guardian), asks_to_wait, delay="on")
    browse_as(lead).post(f"{PAGE}{asks_to_wait}/close/")
    assert browse_as(lead).get(f"/mentoring/1-1s/{key}/").status_code == 404
    assert "No one has opened your records." in text_of(browse_as(asha), "/my-data/")


def test_whoever_is_no_longer_the_lead_reads_nothing_more(browse_as, asha, lead, guardian, key, as_owner):
    asked, _ = ask(browse_as(lead), asha)
    decide(browse_as(guardian), asked)
    as_owner.execute("update people_roleassignment set ends = starts where role = 'lead'")
    assert browse_as(lead).get(f"{PAGE}{asked}/records/{key}/").status_code == 404
    assert browse_as(lead).get(f"/mentoring/1-1s/{key}/").status_code == 404
