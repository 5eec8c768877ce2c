"""Champions in the course of their time, as a visitor of the demonstration finds them."""

import pytest
from django.utils import timezone

from champions.models import Champion
from champions.queries import network
from tests.demo.test_load import person
from wellbeing.demo import life
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def test_the_network_is_alive_with_something_to_do_for_the_coordinator(demo):
    coordinator = person("coordinator")
    with acting_as(coordinator):
        shown = network.network(coordinator, network.Asked())
    due = {one.due for one in shown.to_do}
    assert {network.REFRESHER, network.SUPERVISION, network.VETTING, network.BEGIN} <= due
    star = person("champion").champion
    assert 0 < (star.term_ends - timezone.localdate()).days < 60
    assert (timezone.localdate() - star.serving_since).days > 3 * 365
    waits = Champion.objects.get(person=person("secretary"))
    assert (waits.state, bool(waits.trained_on), bool(waits.vetting_confirmed_on)) == ("training", True, True)


def test_what_is_there_is_not_invented_again(demo):
    assert life.serve(person("champion"), person("coordinator"), person("secretary"), None) == 0
