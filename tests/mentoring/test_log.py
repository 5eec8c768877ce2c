"""Logging a 1-1, as it comes to a browser without JavaScript."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.models import Action, Adjustment, OneToOne, Schedule
from tests.mentoring.pages import PROMPT, a_day, filled, hidden, log_page, logged
from wellbeing.confidential import vault
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def read(person, key):
    with acting_as(person):
        return vault.open_record(vault.find(key, by=person), by=person, why="reading").latest.answers


def test_a_full_1_1_is_sealed_with_what_was_agreed_and_the_next_day_is_set(browse_as, asha, ben):
    today = timezone.localdate()
    until = today + timedelta(days=30)
    key = logged(
        browse_as(ben),
        asha,
        topics=["workload", "home"],
        how=PROMPT,
        what_1="Ask about early shifts",
        who_1="manager",
        when_1="2",
        adjustment="Starts at ten",
        **a_day("adjustment_until", until),
        **a_day("next_due", today + timedelta(days=40)),
    )

    with acting_as(asha):
        meeting, action, adjustment = OneToOne.objects.get(), Action.objects.get(), Adjustment.objects.get()
        assert Schedule.objects.get().next_due == today + timedelta(days=40)
    assert (meeting.pk, meeting.how, meeting.has_text, meeting.manager) == (key, "full", True, ben)
    assert (action.owner, action.due) == ("manager", working_days.on_or_after(today + timedelta(weeks=2)))
    assert adjustment.until == until
    answers = {"topics": ["workload", "home"], "how": PROMPT, "actions": {str(action.pk): "Ask about early shifts"}}
    assert read(asha, key) == answers
    assert read(asha, adjustment.pk) == {"what": "Starts at ten"}


def test_without_any_text_nothing_is_sealed(browse_as, asha, ben, as_owner):
    logged(browse_as(ben), asha)

    as_owner.execute("select (select count(*) from confidential_record), (select has_text from mentoring_onetoone)")
    assert as_owner.fetchone() == (0, False)


def test_a_new_line_counts_as_the_one_character_that_a_browser_counts(browse_as, asha, ben):
    lines = ["a" * 99] * 40
    key = logged(browse_as(ben), asha, how="\r\n".join(lines))
    assert read(ben, key)["how"] == "\n".join(lines)


def test_everybody_but_the_line_manager_finds_no_form(browse_as, asha, ben, chidi, superuser):
    assert [browse_as(person).get(log_page(asha)).status_code for person in (ben, asha, chidi, superuser)] == [
        200, 404, 404, 404,
    ]  # fmt: skip
    sent = filled(browse_as(ben).get(log_page(asha)), asha, how="x") | {"ticket": ""}
    assert browse_as(chidi).post(log_page(asha), sent).status_code == 404


def test_writing_asks_for_no_confirmation(browse_as, asha, ben):
    logged(browse_as(ben, confirmed=False), asha, how="Fine")


def test_what_was_typed_survives_an_error(browse_as, asha, ben):
    client = browse_as(ben)
    wrong = a_day("held_on", timezone.localdate() + timedelta(days=1))
    sent = filled(client.get(log_page(asha)), asha, how=PROMPT, what_4="Fourth", adjustment="Early shifts") | wrong

    page = client.post(log_page(asha), sent)
    text = page.content.decode()
    assert page.status_code == 200
    assert "This day is still to come." in text
    assert "Enter the day until which you agreed it." in text
    assert "Tired, but &lt;b&gt;well&lt;/b&gt; &amp; £5" in text
    assert 'value="Fourth"' in text
    assert sent["id"] in text


def test_a_double_click_makes_one_and_another_text_is_shown_beside_the_first(browse_as, asha, ben, as_owner):
    client = browse_as(ben)
    sent = filled(client.get(log_page(asha)), asha, how="First", what_1="Ring the planner")
    for _ in range(2):
        assert client.post(log_page(asha), sent).status_code == 302
    as_owner.execute("select count(*) from mentoring_action")
    assert as_owner.fetchone() == (1,)

    other = client.post(log_page(asha), sent | {"how": "Second", "what_1": "Ring the inspector"})
    both = f"/mentoring/1-1s/{sent['id']}/correct/"
    assert other.url == both
    page = client.get(both)
    for text in ("First", "Ring the planner", "Second", "Ring the inspector"):
        assert text in page.content.decode()

    on_top = {"how": "Second", "topics": ["team"]}
    assert client.post(both, hidden(page, both) | on_top).url == f"/mentoring/1-1s/{sent['id']}/"
    assert read(asha, uuid.UUID(sent["id"]))["how"] == "Second"


def test_what_was_agreed_carries_over_until_it_is_done(browse_as, asha, ben):
    client = browse_as(ben)
    logged(client, asha, what_1="Ask about early shifts")
    assert "Ask about early shifts" in client.get(log_page(asha)).content.decode()
    with acting_as(ben):
        key = str(Action.objects.get().pk)

    logged(client, asha, done=[key])
    assert "Agreed earlier" not in client.get(log_page(asha)).content.decode()


def test_without_a_confirmation_no_earlier_text_is_opened(browse_as, asha, ben, as_owner):
    logged(browse_as(ben), asha, what_1="Ask about early shifts")

    page = browse_as(ben, confirmed=False).get(log_page(asha)).content.decode()
    assert "Agreed earlier" in page
    assert "Ask about early shifts" not in page
    as_owner.execute("select count(*) from confidential_readlog")
    assert as_owner.fetchone() == (0,)


def test_a_second_click_with_another_adjustment_or_day_is_not_taken_for_the_first(browse_as, asha, ben, as_owner):
    client = browse_as(ben)
    until = a_day("adjustment_until", timezone.localdate())
    sent = filled(client.get(log_page(asha)), asha, how=PROMPT, what_1="Ring", adjustment="Starts at ten", **until)
    client.post(log_page(asha), sent)
    assert client.post(log_page(asha), sent).url == "/mentoring/"  # the same again is known
    for other in ({"adjustment": "Starts at eleven"}, {"what_1": "Write"}, {"when_1": "2"}, {"who_1": "person"}):
        client.get("/mentoring/")  # takes the messages
        answer = client.post(log_page(asha), sent | other, follow=True)
        assert "was saved already" in answer.content.decode(), other
    as_owner.execute("select count(*) from mentoring_adjustment")
    assert as_owner.fetchone() == (1,)
