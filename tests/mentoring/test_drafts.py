"""What was typed is kept where the session has ended, for its author's eyes alone."""

import pytest
from django.core import signing
from django.test import Client

from tests.mentoring.pages import PROMPT, filled, hidden, log_page
from wellbeing.confidential import drafts
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

SHOWN = "Tired, but &lt;b&gt;well&lt;/b&gt; &amp; £5"


def test_what_arrives_after_the_session_has_ended_is_there_after_signing_in(browse_as, asha, ben, as_owner):
    client = browse_as(ben)
    sent = filled(client.get(log_page(asha)), asha, how=PROMPT, what_1="Ring the planner")
    client.session.flush()

    answer = client.post(log_page(asha), sent)
    assert (answer.status_code, answer.url) == (302, "/account/login/")
    assert client.session["go_on_to"] == log_page(asha)
    as_owner.execute("select count(*) from confidential_draft where sealed like %s", [b"%Tired%"])
    assert as_owner.fetchone() == (0,)

    back = browse_as(ben)
    page = back.get(log_page(asha)).content.decode()
    assert "We kept what you typed" in page
    assert SHOWN in page
    assert "Ring the planner" in page
    assert "There is a problem" not in page
    assert hidden(back.get(log_page(asha)), log_page(asha))["id"] == sent["id"]

    assert back.post(log_page(asha), sent).status_code == 302
    as_owner.execute("select count(*) from confidential_draft")
    assert as_owner.fetchone() == (0,)


def test_a_session_that_is_somebody_elses_keeps_it_for_its_author(browse_as, asha, ben, chidi):
    sent = filled(browse_as(ben).get(log_page(asha)), asha, how=PROMPT)
    other = browse_as(chidi)

    assert other.post(log_page(asha), sent).status_code == 302
    assert SHOWN in browse_as(ben).get(log_page(asha)).content.decode()
    with acting_as(chidi):
        assert drafts.find(author=ben, form=f"log:{asha.pk}") is None
        assert drafts.find(author=chidi, form=f"log:{asha.pk}") is None


def test_a_form_keeps_itself_while_somebody_types_and_each_time_replaces_the_last(browse_as, asha, ben, as_owner):
    client = browse_as(ben)
    sent = filled(client.get(log_page(asha)), asha, how="one")
    for text in ("one", "two"):
        answer = client.post("/mentoring/draft/", sent | {"how": text})
        assert len(answer.json()["saved"]) == 5
    as_owner.execute("select count(*) from confidential_draft")
    assert as_owner.fetchone() == (1,)
    assert "two" in client.get(log_page(asha)).content.decode()

    dropped = client.post("/mentoring/draft/drop/", {"ticket": sent["ticket"]}, follow=True)
    assert "What you had typed is gone." in dropped.content.decode()
    assert "We kept what you typed" not in client.get(log_page(asha)).content.decode()


@pytest.mark.parametrize(
    "ticket", ["", "forged", signing.dumps([1, "log:1"], salt="another")], ids=["none", "forged", "for something else"]
)
def test_without_a_true_ticket_nothing_is_kept(browse_as, asha, ben, as_owner, ticket):
    sent = filled(browse_as(ben).get(log_page(asha)), asha, how=PROMPT) | {"ticket": ticket}

    assert Client().post(log_page(asha), sent).url == "/account/login/"
    assert browse_as(ben).post("/mentoring/draft/", sent).status_code == 403
    as_owner.execute("select count(*) from confidential_draft")
    assert as_owner.fetchone() == (0,)


def test_a_ticket_of_somebody_else_drops_and_keeps_nothing(browse_as, asha, ben, chidi):
    client = browse_as(ben)
    sent = filled(client.get(log_page(asha)), asha, how=PROMPT)
    client.post("/mentoring/draft/", sent)

    assert browse_as(chidi).post("/mentoring/draft/", sent | {"how": "overwritten"}).status_code == 403
    browse_as(chidi).post("/mentoring/draft/drop/", {"ticket": sent["ticket"]})
    assert SHOWN in client.get(log_page(asha)).content.decode()


def test_a_draft_is_shown_only_to_whoever_has_just_confirmed(browse_as, asha, ben):
    client = browse_as(ben)
    sent = filled(client.get(log_page(asha)), asha, how="Typed and not saved")
    client.post("/mentoring/draft/", sent)
    assert browse_as(ben, confirmed=False).get(log_page(asha)).url == "/account/confirm/"
    assert "Typed and not saved" in client.get(log_page(asha)).content.decode()
