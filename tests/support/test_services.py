"""The list of services: loading it, keeping it, and the file that stands when the database does not."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError

from tests.outages import database_away
from wellbeing.people import history
from wellbeing.support import actions, snapshot
from wellbeing.support.models import Service

SAMARITANS = "Samaritans"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def services(transactional_db):
    actions.load_shipped_services()


def samaritans() -> Service:
    return Service.objects.get(name=SAMARITANS)


def strip() -> list[str]:
    return [number.number for number in snapshot.urgent_numbers()]


def everything_urgent_is_verified(person) -> None:
    for service in Service.objects.urgent():
        actions.verify_service(service=service, by=person)


# --- Loading ----------------------------------------------------------------------------------------


def test_the_shipped_services_are_loaded_with_their_numbers_unverified(services):
    assert Service.objects.to_point_to().count() == 16
    assert Service.objects.exclude(kind__in=("service", "nhs")).filter(phone="", website="").count() == 4
    assert Service.objects.filter(kind="service", scope="internal").count() == 2
    assert not Service.objects.exclude(verified_on=None).exists()
    assert [service.name for service in Service.objects.urgent()][:3] == [
        "Emergency services",
        "Mental Health Crisis Line for policing",
        "Samaritans",
    ]


def test_loading_them_again_adds_nothing_and_overwrites_nothing(services, coordinator):
    actions.save_service(service=samaritans(), by=coordinator, for_what="whatever you are going through")

    assert actions.load_shipped_services() == 0
    assert samaritans().for_what == "whatever you are going through"


def test_a_service_that_was_renamed_in_another_case_is_not_added_twice(services):
    with pytest.raises(IntegrityError):
        Service.objects.create(name="SAMARITANS", for_what="x", hours="always")


# --- Keeping ----------------------------------------------------------------------------------------


def test_who_rang_a_number_and_when_is_kept(services, coordinator):
    actions.verify_service(service=samaritans(), by=coordinator)

    assert samaritans().verified_by == coordinator
    assert history.of(samaritans())[0].verb == "checked and found working"


def test_a_changed_number_has_to_be_rung_again(services, coordinator):
    actions.verify_service(service=samaritans(), by=coordinator)
    actions.save_service(service=samaritans(), by=coordinator, hours="always, day and night")
    assert samaritans().verified_on is not None

    actions.save_service(service=samaritans(), by=coordinator, phone="116 124")

    assert samaritans().verified_on is None
    assert samaritans().verified_by is None


def test_what_has_no_number_cannot_have_been_rung(services, coordinator):
    with pytest.raises(ValidationError, match="has no number to ring"):
        actions.verify_service(service=Service.objects.get(name="Occupational Health"), by=coordinator)


def test_an_urgent_service_without_a_number_is_refused_also_by_the_database(services, coordinator):
    with pytest.raises(ValidationError):
        actions.save_service(service=samaritans(), by=coordinator, phone="")
    with pytest.raises(IntegrityError):
        Service.objects.filter(name=SAMARITANS).update(phone="")


def test_a_number_with_words_in_it_is_refused(services, coordinator):
    with pytest.raises(ValidationError, match="digits and spaces"):
        actions.save_service(service=samaritans(), by=coordinator, phone="ring us")


# --- The file ---------------------------------------------------------------------------------------


def test_a_change_stands_on_the_strip_at_once(services, coordinator):
    actions.save_service(service=samaritans(), by=coordinator, phone="116 124")

    assert "116 124" in strip()


def test_a_change_stands_on_the_urgent_page_while_the_database_is_away(services, coordinator, client):
    actions.save_service(service=samaritans(), by=coordinator, phone="116 124")

    with database_away():
        assert "tel:116124" in client.get("/urgent/").content.decode()


def test_a_removed_service_is_gone_from_the_strip(services, coordinator):
    actions.remove_service(service=samaritans(), by=coordinator)

    assert "116 123" not in strip()


def test_a_change_that_is_rolled_back_changes_no_file(services, coordinator):
    with pytest.raises(ValidationError):
        actions.save_service(service=samaritans(), by=coordinator, name="Samaritans now", phone="wrong")

    assert "Samaritans now" not in snapshot.snapshot_file().read_text()


def test_the_strip_asks_the_database_nothing(services, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert strip() == ["999", "0300 131 2789", "116 123", "85258"]


@pytest.mark.parametrize("contents", ["", "{", "[]", '[{"name": "only half"}]', '{"a": 1}'])
def test_a_damaged_file_is_replaced_by_the_shipped_numbers(contents):
    snapshot.snapshot_file().write_text(contents)

    assert strip() == ["999", "0300 131 2789", "116 123", "85258"]


def test_a_list_without_an_urgent_number_still_shows_the_shipped_ones_on_the_strip():
    row = {"name": "A", "scope": "external", "for_what": "b", "hours": "c"}
    snapshot.snapshot_file().write_text(json.dumps([row]))

    assert strip() == ["999", "0300 131 2789", "116 123", "85258"]


def test_a_folder_that_cannot_be_written_does_not_undo_the_change(services, coordinator, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.VAR_DIR = tmp_path / "file"

    actions.save_service(service=samaritans(), by=coordinator, phone="116 124")

    assert samaritans().phone == "116 124"


def test_writing_leaves_no_half_file_behind(services, coordinator, tmp_path):
    actions.verify_service(service=samaritans(), by=coordinator)

    assert [path.name for path in tmp_path.iterdir()] == ["support_services.json"]


# --- manage.py check --deploy -------------------------------------------------------------------------


def deploy_check() -> None:
    call_command("check", "--deploy", "--tag", "support", "--fail-level", "WARNING")


def test_a_launch_with_an_urgent_number_that_nobody_rang_is_refused_by_name(services, coordinator):
    everything_urgent_is_verified(coordinator)
    actions.save_service(service=samaritans(), by=coordinator, phone="116 124")

    with pytest.raises(SystemCheckError, match=r"support\.E001.*DO NOT LAUNCH.*: Samaritans\."):
        deploy_check()


def test_a_launch_without_any_urgent_number_is_refused(transactional_db):
    with pytest.raises(SystemCheckError, match=r"support\.E002"):
        deploy_check()


def test_a_launch_with_every_urgent_number_rung_is_not_held_up(services, coordinator):
    everything_urgent_is_verified(coordinator)

    deploy_check()


def test_a_number_for_office_hours_does_not_hold_up_a_launch(services, coordinator):
    everything_urgent_is_verified(coordinator)
    assert Service.objects.unverified().exists()

    deploy_check()


def test_a_file_older_than_the_database_is_pointed_out(services, coordinator):
    everything_urgent_is_verified(coordinator)
    Service.objects.filter(name=SAMARITANS).update(hours="other hours")

    with pytest.raises(SystemCheckError, match=r"support\.W002"):
        deploy_check()


def test_without_a_database_the_check_says_that_nobody_can_tell(transactional_db):
    with database_away(), pytest.raises(SystemCheckError, match=r"support\.W001"):
        deploy_check()
