"""Whoever looks after a service: their page, their reminders; and the coordinator's page for services."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.reminders.outbox import reminders, shown_to, sweep
from wellbeing.people.actions import change_person
from wellbeing.people.models import Division
from wellbeing.support import actions
from wellbeing.support.models import Guidance, Service, Topic
from wellbeing.web.templatetags.components import day

KIND = "support.service"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def a_line(name="Night line", by=None, **values) -> Service:
    values = {"for_what": "talk", "phone": "01632 960123"} | values
    return actions.save_service(service=Service(name=name, **values), by=by)


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


# --- Their page ---------------------------------------------------------------------------------------


def test_who_looks_after_none_is_told_so(client, chidi):
    client.force_login(chidi)

    assert "You do not look after a service just now." in text_of(client.get("/services/mine/"))
    assert "Services you look after" not in text_of(client.get("/services/"))


def test_the_owner_says_that_it_works_and_is_asked_again_in_half_a_year(client, chidi, coordinator):
    line = a_line(owner=chidi)
    a_line(name="Somebody else's line", owner=coordinator)
    client.force_login(chidi)
    page = text_of(client.get("/services/mine/"))
    assert "Somebody else's line" not in page
    assert "Nobody has checked this number yet." in page
    assert "I rang or texted it today, and it works" in page
    assert "Services you look after" in text_of(client.get("/services/"))

    answer = client.post(f"/services/{line.pk}/works/", follow=True)

    line.refresh_from_db()
    assert (line.verified_on, line.verified_by) == (timezone.localdate(), chidi)
    assert 178 <= (line.review_on - timezone.localdate()).days <= 182
    assert "Thank you. Night line is to be tried again by" in text_of(answer)


def test_whoever_keeps_the_list_is_led_there_and_everybody_else_to_the_coordinator(browse_as, chidi, coordinator):
    a_line("One", owner=chidi)
    edit = reverse("admin:support_service_change", args=[a_line("Two", owner=coordinator).pk])
    own = browse_as(coordinator)
    listed = own.get("/services/mine/")
    assert f'href="{edit}"' in listed.content.decode()
    assert "tell the coordinator" not in text_of(listed)
    assert own.get(edit).status_code == 200
    assert "tell the coordinator, who keeps the list" in text_of(browse_as(chidi).get("/services/mine/"))
    assert "Change its words" not in text_of(browse_as(chidi).get("/services/mine/"))


def test_their_page_asks_as_often_for_three_as_for_one(browse_as, chidi, coordinator, django_assert_max_num_queries):
    client, asked = browse_as(chidi), []
    client.get("/services/mine/")
    for names in (("One",), ("Two", "Three")):
        for name in names:
            actions.verify_service(service=a_line(name, owner=chidi), by=coordinator)
        with django_assert_max_num_queries(30) as captured:
            client.get("/services/mine/")
        asked.append(len(captured))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("who", ["asha", "hr", "lead", "superuser"])
def test_nobody_else_says_so(client, chidi, request, who):
    line = a_line(owner=chidi)
    client.force_login(request.getfixturevalue(who))

    assert client.post(f"/services/{line.pk}/works/").status_code == 404
    line.refresh_from_db()
    assert line.verified_on is None


def test_the_coordinator_says_so_with_a_second_factor_only(client, browse_as, chidi, coordinator):
    line = a_line(owner=chidi)
    client.force_login(coordinator)
    client.post(f"/services/{line.pk}/works/")
    line.refresh_from_db()
    assert line.verified_on is None

    browse_as(coordinator).post(f"/services/{line.pk}/works/")
    line.refresh_from_db()
    assert line.verified_by == coordinator


def test_what_cannot_be_reached_cannot_be_tried(client, chidi):
    line = a_line(owner=chidi, phone="")
    client.force_login(chidi)

    assert "It has no number yet, nor any other way" in text_of(client.get("/services/mine/"))
    answer = client.post(f"/services/{line.pk}/works/", follow=True)

    assert "Night line has no number to ring" in text_of(answer)


def test_a_changed_number_is_to_be_tried_within_two_weeks(chidi, coordinator):
    line = actions.verify_service(service=a_line(owner=chidi), by=chidi)

    line = actions.save_service(service=line, by=coordinator, phone="01632 960124")

    assert line.verified_on is None
    assert (line.review_on - timezone.localdate()).days <= 14


def test_a_service_without_a_number_is_untried_once_its_way_changes(chidi, coordinator):
    line = actions.verify_service(service=a_line(owner=chidi, phone="", how_to_reach="Room 1"), by=chidi)

    assert actions.save_service(service=line, by=coordinator, how_to_reach="Room 2").verified_on is None


def test_the_owner_is_named_on_its_page_unless_hidden(client, asha, chidi):
    line = a_line(owner=chidi)
    client.force_login(asha)
    assert "Chidi Stranger looks after this entry." in text_of(client.get(line.get_absolute_url()))

    change_person(person=chidi, by=None, hidden=True)

    assert "Nobody looks after this entry yet" in text_of(client.get(line.get_absolute_url()))


# --- Their reminders ------------------------------------------------------------------------------------


def shown(person) -> list[int]:
    return [one.step for one in reminders(kind=KIND, person=person, state="open")]


@pytest.mark.django_db(transaction=True)
def test_its_owner_is_reminded_until_it_is_tried_and_nobody_after(client, chidi, ben, coordinator):
    line = a_line(owner=chidi, review_on=in_days(20))
    sweep()
    assert shown(chidi) == [30]
    client.force_login(chidi)
    assert 'href="/services/mine/"' in client.get("/reminders/").content.decode()

    actions.save_service(service=line, by=coordinator, owner=ben)
    assert (shown(chidi), shown(ben)) == ([], [30])

    actions.verify_service(service=line, by=ben)
    assert shown(ben) == []

    Service.objects.filter(pk=line.pk).update(review_on=in_days(-40))
    sweep()
    assert shown(ben) == [-14]
    assert "A service that you look after was to be tried again by" in shown_to(ben)[0]

    actions.remove_service(service=line, by=coordinator)
    assert shown(ben) == []


# --- The coordinator's page -------------------------------------------------------------------------------


def typed(**values) -> dict:
    values = {"name": "Night line", "kind": "service", "scope": "internal", "for_what": "talk"} | values
    return {"shares_with_force": "no", "order": 50, "phone": "01632 960123"} | values


def test_the_coordinator_writes_hours_owner_topics_and_whom_it_serves(browse_as, coordinator, asha):
    topic = actions.save_topic(topic=Topic(name="Nights"), by=None)
    division = Division.objects.create(name="The far coast", slug="far")
    values = typed(opening="mon-fri 22:00-2:00", owner=asha.staff_number, topics=[topic.pk], divisions=[division.pk])

    answer = browse_as(coordinator).post(reverse("admin:support_service_add"), values)

    assert answer.status_code == 302
    line = Service.objects.get()
    assert (line.opening, line.owner) == ("Monday to Friday 10pm to 2am", asha)
    assert (list(line.topics.all()), list(line.divisions.all())) == ([topic], [division])
    page = browse_as(coordinator).get(reverse("admin:support_service_change", args=[line.pk]))
    assert "Now: Asha Patel." in text_of(page)
    assert "Monday to Friday 10pm to 2am" in text_of(page)


LONG_IN_WHOLE_WORDS = "; ".join(
    f"{day} {hour}:01-{hour}:31,17:02-17:32"
    for hour, day in enumerate(("mo", "tu", "we", "th", "fr", "sa", "su"), start=9)
)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"opening": "Mon-Fri 9-5"}, "opening", "“9” is not a time: write “9am”"),
        ({"opening": "whenever"}, "opening", "“whenever” needs days and times."),
        ({"owner": "0"}, "owner", "Nobody who works here and may be named has this staff number."),
        ({"review_on": "2020-01-01"}, "review_on", "Choose today or a day that is still to come."),
        ({"opening": LONG_IN_WHOLE_WORDS}, "opening", "In whole words this has"),
        ({"opening": "daily 9am-5pm", "always_open": "on"}, "__all__", "Open day and night, or opening times"),
    ],
)
def test_a_refusal_stands_beside_the_field_it_is_about(browse_as, coordinator, values, field, sentence):
    answer = browse_as(coordinator).post(reverse("admin:support_service_add"), typed(**values))

    assert answer.status_code == 200
    assert sentence in answer.context["adminform"].form.errors[field][0]
    assert not Service.objects.exists()


def test_a_hidden_owner_is_told_nowhere_and_stays_the_owner(browse_as, coordinator, asha):
    line = a_line(owner=asha)
    change_person(person=asha, by=None, hidden=True)
    client, address = browse_as(coordinator), reverse("admin:support_service_change", args=[line.pk])

    for page in (client.get(reverse("admin:support_service_changelist")), form := client.get(address)):
        assert "Patel" not in text_of(page)
        assert asha.staff_number not in text_of(page)
    fields = form.context["adminform"].form
    kept = {name: value for name in fields.fields if (value := fields[name].value()) not in (None, False, "")}
    assert client.post(address, kept | {"for_what": "nights"}).status_code == 302
    line.refresh_from_db()
    assert (line.for_what, line.owner) == ("nights", asha)


# --- Policies ---------------------------------------------------------------------------------------------


def test_a_policy_stands_among_the_policies_and_leads_to_the_policy_itself(browse_as, client, coordinator, asha):
    values = {"title": "Attendance", "summary": "Being off sick.", "text": "You ring in.", "review_on": in_days(30)}
    values |= {"is_policy": "on", "published": "on", "link": "intranet.force.example/attendance"}
    assert browse_as(coordinator).post(reverse("admin:support_guidance_add"), values).status_code == 302
    policy = Guidance.objects.get()
    actions.save_guidance(guidance=policy, by=coordinator, owner=asha)

    client.force_login(asha)

    listed = text_of(client.get("/services/")).split('id="policies"')[1]
    assert "Attendance" in listed
    assert f"Asha Patel keeps it up to date. To be checked again by {day(in_days(30))}." in listed
    assert "Attendance" not in text_of(client.get("/guidance/"))
    page = text_of(client.get(policy.get_absolute_url()))
    assert 'href="https://intranet.force.example/attendance" rel="noreferrer">Attendance: the policy itself' in page
    assert 'href="/services/#policies">All policies' in page
