"""Keeping contact with somebody away: as they decide, written down, and nobody else's to read."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.actions import absences
from mentoring.actions.contacts import Written, let_be_told, record
from mentoring.models import Contact, ContactPlan
from tests.factories.people import PersonFactory
from tests.mentoring.absent import called
from tests.mentoring.away import away, chosen, days, filled, new_contact, paused, planned, recorded, told
from tests.mentoring.pages import PROMPT, a_day, hidden
from tests.mentoring.worlds import plain
from wellbeing.confidential.models import Kind, Record
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as
from wellbeing.web.templatetags.components import day

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

SHOWN = "Tired, but &lt;b&gt;well&lt;/b&gt; &amp; £5"


@pytest.fixture
def absence(asha, ben):
    """Asha is away since nine days; Ben, her line manager, keeps contact."""
    return away(asha, by=ben)


def plan_of(absence) -> ContactPlan:
    with acting_as(absence.subject):
        return ContactPlan.objects.get(pk=absence.pk)


def page_of(absence) -> str:
    return f"/mentoring/contacts/{absence.pk}/"


# --- The person decides -------------------------------------------------------------------------------


def test_the_person_decides_how_and_whoever_keeps_contact_reads_it(browse_as, asha, ben, absence):
    steps = {"step_1": "text", "step_2": "ring", "ring_name": "Priya", "ring_number": "01622 690690"}
    assert "This is the default" in browse_as(asha).get("/my-plan/").content.decode()
    answer = planned(browse_as(asha), channels=["text", "home"], every_days=10, text=PROMPT, **steps)
    assert answer.url == "/my-plan/"

    plan = plan_of(absence)
    assert (plan.channels, plan.every_days, plan.agreed_on) == (["text", "home"], 10, days(0))
    read = browse_as(ben).get(page_of(absence)).content.decode()
    assert SHOWN in read
    assert "Text message, Home visit" in read
    assert "Send a text message; Ring Priya (01622 690690); then the duty welfare officer" in read
    own = browse_as(asha).get("/my-plan/").content.decode()
    assert "Text message, Home visit; every 10 days." in own
    assert "Tired" not in own, "the first page opens nothing"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"channels": []}, "Choose at least one way."),
        ({"every_days": 91}, "Enter 90 days or fewer."),
        ({"step_1": "ring"}, "Enter whom to ring."),
        ({"step_1": "text", "step_2": "text"}, "Choose each step once."),
    ],
)
def test_an_error_says_what_is_wrong_and_keeps_what_was_typed(browse_as, asha, absence, answers, sentence):
    page = planned(browse_as(asha), **answers).content.decode()
    assert sentence in page
    assert "After ten, please" in page


def test_whoever_keeps_contact_writes_it_down_for_them_but_never_a_home_visit(browse_as, asha, ben, absence):
    page = f"{page_of(absence)}plan/"
    assert "Only they themselves can agree to home visits." in browse_as(ben).get(page).content.decode()
    assert "Select a valid choice" in planned(browse_as(ben), page, channels=["home"]).content.decode()
    assert planned(browse_as(ben), page, channels=["mail"], text="By mail").url == page_of(absence)
    assert plan_of(absence).channels == ["mail"]
    assert "By mail" in browse_as(asha).get("/my-plan/contact/").content.decode()


def test_two_who_change_it_at_once_see_both_texts_and_lose_neither(browse_as, asha, ben, absence):
    client, page = browse_as(ben), f"{page_of(absence)}plan/"
    before = hidden(client.get(page), page)
    planned(browse_as(asha), text="What Asha wrote")

    sent = before | {"channels": ["phone"], "every_days": 20, "text": "What Ben wrote"}
    assert client.post(page, sent).url == page
    both = client.get(page)
    assert "changed meanwhile" in both.content.decode()
    for text in ("What Asha wrote", "What Ben wrote"):
        assert text in both.content.decode()
    assert plan_of(absence).every_days == 14, "nothing was saved yet"

    client.post(page, hidden(both, page) | sent | hidden(both, page))
    assert "What Ben wrote" in browse_as(asha).get("/my-plan/contact/").content.decode()


def test_what_was_typed_into_the_plan_outlives_the_session(browse_as, asha, absence):
    client, page = browse_as(asha), "/my-plan/contact/"
    sent = hidden(client.get(page), page) | {"channels": ["phone"], "every_days": 14, "text": "Not lost"}
    client.session.flush()
    assert client.post(page, sent).url == "/my-plan/enter/"
    assert "Not lost" in browse_as(asha).get(page).content.decode()
    assert browse_as(asha, confirmed=False).get(page).url == "/account/confirm/"


def test_somebody_named_is_shown_by_name_and_then_keeps_contact_alone(browse_as, asha, ben, chidi, absence):
    recorded(browse_as(ben), absence, text="Before chidi")
    planned(browse_as(asha))
    client = browse_as(asha)
    client.post("/my-plan/who/", {"kept_by": "colleague", "person": chidi.staff_number})
    assert browse_as(ben).get(page_of(absence)).status_code == 200, "not before it is confirmed"
    assert chosen(client, chidi).url == "/my-plan/"

    assert browse_as(ben).get(page_of(absence)).status_code == 404
    read = browse_as(chidi).get(page_of(absence)).content.decode()
    assert "After ten, please" in read, "what was agreed follows"
    assert "Before chidi" not in read, "what was said before does not"
    assert "Chidi Stranger, whom you have chosen" in client.get("/my-plan/").content.decode()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "Enter their staff number."),
        ("NOBODY", "Nobody on the roster has this"),
        ("own", "That is your own number"),
    ],
)
def test_nobody_else_can_be_named(browse_as, asha, absence, number, sentence):
    sent = {"kept_by": "colleague", "person": asha.staff_number if number == "own" else number}
    assert sentence in browse_as(asha).post("/my-plan/who/", sent).content.decode()


def test_a_pause_lasts_a_fortnight_at_most_can_be_renewed_and_ended(browse_as, asha, ben, absence, time_machine):
    client = browse_as(asha)
    assert "Fit notes, letters from HR and pay go on" in client.get("/my-plan/pause/").content.decode()
    assert "You can make the pause longer later." in paused(client, 15).content.decode()
    assert paused(client, 14).url == "/my-plan/"
    assert browse_as(ben).get(page_of(absence)).status_code == 404
    assert f"Until {day(days(14))}." in client.get("/my-plan/").content.decode()

    assert paused(client, 10).url == "/my-plan/"
    assert client.post("/my-plan/pause/end/").url == "/my-plan/"
    assert browse_as(ben).get(page_of(absence)).status_code == 200
    assert plan_of(absence).first_paused_on == days(0)


def test_nobody_else_decides(browse_as, asha, ben, chidi, absence):
    """Their own pages are about themselves, whatever is sent."""
    for person in (ben, chidi):
        client = browse_as(person)
        assert client.post("/my-plan/who/", {"kept_by": "line_manager"}).url == "/my-plan/start/"
        assert paused(client, 3).url == "/my-plan/start/"
        assert "You are not down as away." in client.get("/my-plan/contacts/", follow=True).content.decode()
    assert plan_of(absence).paused_until is None


# --- A contact is written down --------------------------------------------------------------------------


def test_a_contact_is_written_down_read_by_both_and_the_next_one_has_a_date(browse_as, asha, ben, absence):
    client = browse_as(ben)
    key = recorded(client, absence, text=PROMPT)

    plan = plan_of(absence)
    assert plan.next_contact == working_days.on_or_after(days(14))
    assert (plan.first_contact_on, plan.unanswered) == (days(0), 0)
    assert SHOWN in client.get(page_of(absence)).content.decode()
    assert SHOWN in browse_as(asha).get("/my-plan/contacts/").content.decode()
    assert "reading about contact while away" in browse_as(asha).get("/my-data/").content.decode()
    assert browse_as(ben, confirmed=False).get(page_of(absence)).url == "/account/confirm/"
    assert str(key) not in browse_as(asha).get("/my-plan/").content.decode()


def test_a_double_click_makes_one_and_another_text_is_not_lost(browse_as, asha, ben, absence):
    client, page = browse_as(ben), new_contact(absence)
    sent = filled(client, absence, text="Once")
    assert client.post(page, sent).url == "/mentoring/contacts/"
    assert client.post(page, sent).url == "/mentoring/contacts/"
    assert client.post(page, sent | {"text": "Twice"}).url == page

    form = client.get(page)
    assert "Twice" in form.content.decode()
    assert hidden(form, page)["id"] != sent["id"]
    with acting_as(asha):
        assert Contact.objects.count() == 1


def test_a_contact_without_text_seals_nothing(browse_as, asha, ben, absence):
    recorded(browse_as(ben), absence)
    with acting_as(asha):
        assert not Record.objects.filter(kind=Kind.CONTACT).exists()


def test_nobody_but_whoever_keeps_contact_writes_one(browse_as, asha, ben, chidi, absence):
    sent = filled(browse_as(ben), absence) | {"id": uuid.uuid4(), "version": uuid.uuid4()}
    sent.pop("ticket")
    for person in (asha, chidi):
        assert browse_as(person).post(new_contact(absence), sent).status_code == 404
    with acting_as(asha):
        assert not Contact.objects.exists()


def test_a_form_keeps_itself_and_is_there_after_signing_in_again(browse_as, ben, absence):
    client = browse_as(ben)
    sent = filled(client, absence, text="Half a sentence")
    client.session.flush()
    assert client.post(new_contact(absence), sent).url == "/account/login/"
    assert "Half a sentence" in browse_as(ben).get(new_contact(absence)).content.decode()


def breaks(client, absence, tick: str, sentence: str, **answers) -> None:
    """Asks for a tick, keeps what was typed, and saves with it."""
    sent = filled(client, absence, text="Typed already", **answers)
    page = client.post(new_contact(absence), sent)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "Typed already" in page.content.decode()
    assert f'name="{tick}"' in page.content.decode()
    assert client.post(new_contact(absence), sent | {tick: "on"}).status_code == 302


def test_a_contact_before_its_day_asks_first(browse_as, asha, ben, absence):
    client = browse_as(ben)
    recorded(client, absence)
    breaks(
        client, absence, "despite_day", f"Contact was due on {day(working_days.on_or_after(days(14)))}, and not before"
    )


def test_up_to_two_working_days_early_needs_no_tick(browse_as, asha, ben, absence):
    client = browse_as(ben)
    for early in (1, 2):
        due = days(0)
        while working_days.between(days(0), due) < early:
            due += timedelta(days=1)
        recorded(client, absence, **a_day("next_contact", due))
    recorded(client, absence)


def test_nobody_writes_down_what_was_before_their_turn(browse_as, asha, ben, chidi, absence):
    before = a_day("held_on", days(-1))
    recorded(browse_as(ben), absence, **before, despite_day="on")  # kept since the first day away
    chosen(browse_as(asha), chidi)
    client = browse_as(chidi)
    page = client.post(new_contact(absence), filled(client, absence, despite_day="on") | before).content.decode()
    assert f"You keep contact since {day(days(0))}." in page
    recorded(client, absence, despite_day="on")


def test_whoever_keeps_no_contact_reads_so_in_the_same_words_whatever_the_reason(browse_as, asha, ben, chidi, absence):
    client, nowhere = browse_as(ben), uuid.uuid4()
    chosen(browse_as(asha), chidi)
    plan = f"/mentoring/contacts/{absence.pk}/plan/"
    pages = [client.get(page.replace(str(absence.pk), str(key)))
             for page in (page_of(absence), new_contact(absence), plan, f"/mentoring/welfare/hand-back/{absence.pk}/")
             for key in (absence.pk, nowhere)]  # fmt: skip

    assert {page.status_code for page in pages} == {404}
    assert len({plain(page.content.decode()) for page in pages}) == 1
    assert "You keep no contact here at the moment" in pages[0].content.decode()


def test_the_person_says_how_to_be_reached_and_only_whoever_keeps_contact_reads_it(browse_as, asha, ben, absence):
    page = planned(browse_as(asha), reach_mail="no address")
    assert "Enter an e-mail address like" in page.content.decode()
    planned(browse_as(asha), reach_phone="07700 900123", reach_mail="asha@home.example")

    shown = browse_as(ben).get(page_of(absence)).content.decode()
    assert 'href="tel:+447700900123"' in shown
    assert 'href="mailto:asha@home.example"' in shown
    planned(browse_as(ben), f"/mentoring/contacts/{absence.pk}/plan/", reach_phone="07700 900123")
    assert "07700 900123" in browse_as(asha).get("/my-plan/contact/").content.decode()


def test_back_at_work_she_reads_since_when_and_is_offered_no_swap(browse_as, asha, ben, absence):
    client = browse_as(asha)
    assert "/my-plan/swap/" in client.get("/my-plan/who/").content.decode()
    with acting_as(asha):
        first_day = absence.first_day
        absences.change(by=asha, absence=absence, first_day=first_day, expected_back=None, back_on=days(-1))

    page = client.get("/my-plan/").content.decode()
    assert f"You are back since {day(days(-1))}." in page
    assert f"until {day(days(27))}" in page
    assert "/my-plan/swap/" not in page + client.get("/my-plan/who/").content.decode()


def test_an_overdue_contact_has_its_tag_and_comes_next(browse_as, asha, ben, absence, as_owner):
    as_owner.execute("update mentoring_absence set first_day = current_date - 40")
    page = browse_as(ben).get("/mentoring/").content.decode()
    assert "Next: contact with Asha Patel," in page
    assert "overdue</strong> You keep contact: first contact due between" in page


def test_a_way_that_was_not_agreed_asks_first(browse_as, asha, ben, absence):
    planned(browse_as(asha), channels=["mail"])
    breaks(browse_as(ben), absence, "despite_way", "Asha has not agreed to this way (phone call).")


def test_a_contact_during_a_pause_asks_first(browse_as, asha, chidi, absence):
    person = browse_as(asha)
    chosen(person, chidi)
    paused(person, 5)
    sentence = f"Asha paused contact until {day(days(5))}."
    breaks(browse_as(chidi), absence, "despite_pause", sentence)


def test_a_next_day_within_the_pause_is_refused(browse_as, asha, chidi, absence):
    person = browse_as(asha)
    chosen(person, chidi)
    paused(person, 5)
    client = browse_as(chidi)
    sent = filled(client, absence, despite_pause="on") | a_day("next_contact", days(3))
    assert "choose later" in client.post(new_contact(absence), sent).content.decode()


def test_a_home_visit_always_asks_whether_somebody_knows_where_one_is(browse_as, asha, ben, absence):
    client = browse_as(ben)
    sent = filled(client, absence, channel="home")
    page = client.post(new_contact(absence), sent).content.decode()
    for sentence in ("Asha has not agreed to home visits.", "Nobody visits alone without somebody knowing."):
        assert sentence in page

    planned(browse_as(asha), channels=["home"])
    breaks(client, absence, "not_alone", "Nobody visits alone without somebody knowing.", channel="home")


def test_after_no_answer_twice_the_agreed_steps_stand_on_the_page_with_999_last(browse_as, asha, ben, absence):
    planned(browse_as(asha), step_1="ring", ring_name="Priya", ring_number="01622 690690")
    client = browse_as(ben)
    recorded(client, absence, answered="no")
    assert "If you fear for their life" not in client.get(page_of(absence)).content.decode()
    soon = working_days.on_or_after(days(1))
    assert client.get(new_contact(absence)).context["form"]["next_contact"].value() == soon
    sent = filled(client, absence, answered="no", despite_day="on")
    landed = client.post(new_contact(absence), sent, follow=True)
    assert landed.redirect_chain[-1] == (page_of(absence), 302)

    page = landed.content.decode()
    steps = page.partition("No answer 2 times in a row")[2]
    order = ['href="tel:+441622690690"', "Duty welfare officer: ask the control room", 'href="tel:999"']
    assert [steps.index(step) for step in order] == sorted(steps.index(step) for step in order)
    recorded(client, absence, despite_day="on")
    assert plan_of(absence).unanswered == 0
    assert "times in a row" not in client.get(page_of(absence)).content.decode()


def test_the_list_has_the_overdue_first_opens_nothing_and_has_an_empty_state(browse_as, asha, ben, absence, as_owner):
    late = away(PersonFactory(known_as="Zadie", line_manager=ben), by=ben)
    client = browse_as(ben)
    recorded(client, late, text="Not in a list")
    as_owner.execute(
        "update mentoring_contactplan set next_contact = current_date - 3 where absence_id = %s", [late.pk]
    )

    page = client.get("/mentoring/contacts/").content.decode()
    assert page.index("Zadie") < page.index("Asha")
    assert "Overdue" in page
    assert "Not in a list" not in page
    as_owner.execute("select count(*) from confidential_readlog")
    assert as_owner.fetchone() == (0,)
    assert "You keep in touch with nobody" in browse_as(asha).get("/mentoring/contacts/").content.decode()


def test_a_long_list_of_contacts_has_pages_and_opens_one_page_of_texts(browse_as, asha, ben, absence, as_owner):
    for number in range(11):
        written = Written(
            id=uuid.uuid4(), version=uuid.uuid4(), held_on=days(number - 11), channel="phone", answered=True,
            text=f"Number {number:02}", next_contact=days(14),
        )  # fmt: skip
        with acting_as(ben):
            record(by=ben, absence=absence, written=written)
    client = browse_as(ben)
    page = client.get(page_of(absence)).content.decode()
    assert page.count("Number ") == 10
    assert "Number 00" in client.get(f"{page_of(absence)}?page=2").content.decode()
    as_owner.execute("select count(*) from confidential_readlog where kind = 'contact'")
    assert as_owner.fetchone() == (11,)


def test_whoever_keeps_contact_reads_what_colleagues_may_be_told_and_only_the_person_writes_it(
    browse_as, asha, ben, absence
):
    told(browse_as(asha), "Cards are welcome")
    page = browse_as(ben).get(page_of(absence)).content.decode()
    assert "Cards are welcome" in page
    assert "/told/" not in page
    assert browse_as(ben).get(f"{page_of(absence)}told/").status_code == 404
    with pytest.raises(PermissionDenied), acting_as(ben):
        let_be_told(by=ben, absence=absence, version=uuid.uuid4(), replaces=1, answers={"text": "Ben's"})
    text, again = "confidential_seal(%s, %s, 'text', %s, 'may_be_told', %s, null, 'k', 'x', 'x')", uuid.uuid4()
    for key, number in ((uuid.uuid4(), 1), (plan_of(absence).told_record, 2)):
        assert called(text, key, again, number, asha.pk, by=ben) == "refused"
