import pytest
from django.urls import reverse

from wellbeing.support import actions
from wellbeing.support.models import Service
from wellbeing.web import assurance

LIST = "admin:support_service_changelist"


@pytest.fixture
def samaritans(db):
    actions.load_shipped_services()
    return Service.objects.get(name="Samaritans")


@pytest.fixture
def opens_the_admin_as(client):
    def as_person(person):
        client.force_login(person)
        session = client.session
        session[assurance.KEY] = assurance.DEMO
        session.save()
        return client

    return as_person


@pytest.fixture
def at_the_admin(opens_the_admin_as, coordinator):
    return opens_the_admin_as(coordinator)


def fields_of(page) -> dict:
    form = page.context["adminform"].form
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}


def test_the_coordinator_says_that_a_number_was_rung_and_works(at_the_admin, samaritans, coordinator):
    at_the_admin.post(reverse(LIST), {"action": "rang_and_works", "_selected_action": [samaritans.pk]})

    samaritans.refresh_from_db()
    assert samaritans.verified_by == coordinator


def test_a_service_without_a_number_is_not_called_working(at_the_admin, samaritans):
    health = Service.objects.get(name="Occupational Health")

    page = at_the_admin.post(reverse(LIST), {"action": "rang_and_works", "_selected_action": [health.pk]}, follow=True)

    assert "has no number to ring" in page.content.decode()
    assert Service.objects.get(pk=health.pk).verified_on is None


def test_the_coordinator_changes_a_number_and_it_has_to_be_rung_again(at_the_admin, samaritans, coordinator):
    actions.verify_service(service=samaritans, by=coordinator)
    address = reverse("admin:support_service_change", args=[samaritans.pk])

    answer = at_the_admin.post(address, {**fields_of(at_the_admin.get(address)), "phone": "116 124"})

    assert answer.status_code == 302
    samaritans.refresh_from_db()
    assert (samaritans.phone, samaritans.verified_on) == ("116 124", None)


def test_the_coordinator_adds_and_removes_a_service(at_the_admin, samaritans):
    values = {"name": "Chaplaincy", "scope": "internal", "for_what": "somebody to sit with", "hours": "always"}
    values |= {"kind": "service", "shares_with_force": "no", "order": 50, "how_to_reach": "Ask at any front desk."}

    assert at_the_admin.post(reverse("admin:support_service_add"), values).status_code == 302
    chaplaincy = Service.objects.get(name="Chaplaincy")
    assert (
        at_the_admin.post(reverse("admin:support_service_delete", args=[chaplaincy.pk]), {"post": "yes"}).status_code
        == 302
    )

    assert not Service.objects.filter(name="Chaplaincy").exists()


def test_an_urgent_service_without_a_number_comes_back_with_the_reason(at_the_admin, samaritans):
    address = reverse("admin:support_service_change", args=[samaritans.pk])

    answer = at_the_admin.post(address, {**fields_of(at_the_admin.get(address)), "phone": ""})

    assert "An urgent service needs a number" in answer.content.decode()
    samaritans.refresh_from_db()
    assert samaritans.phone == "116 123"


def test_the_history_of_a_service_says_who_changed_what(at_the_admin, samaritans, coordinator):
    actions.save_service(service=samaritans, by=coordinator, phone="116 124")

    page = at_the_admin.get(reverse("admin:support_service_history", args=[samaritans.pk])).content.decode()

    assert coordinator.name in page
    assert "116 124" in page


@pytest.mark.parametrize("colleague", ["hr", "guardian", "dpo"])
def test_who_does_not_keep_the_list_cannot_open_it(opens_the_admin_as, samaritans, request, colleague):
    answer = opens_the_admin_as(request.getfixturevalue(colleague)).get(reverse(LIST))

    assert answer.status_code in (302, 403)


def test_the_wellbeing_lead_reads_the_list_and_changes_nothing(opens_the_admin_as, samaritans, lead):
    client = opens_the_admin_as(lead)

    assert client.get(reverse(LIST)).status_code == 200
    answer = client.post(reverse(LIST), {"action": "rang_and_works", "_selected_action": [samaritans.pk]})
    samaritans.refresh_from_db()
    assert answer.status_code in (200, 302)
    assert samaritans.verified_on is None
