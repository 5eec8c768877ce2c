"""The office's list of champions, as HR, the coordinator and the lead meet it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from champions import actions
from champions.models import Champion, Coverage, Rules
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from wellbeing.people import history
from wellbeing.people.actions import change_person

pytestmark = pytest.mark.django_db

LIST = "/admin/champions/champion/"
ADD = f"{LIST}add/"
RULES = "/admin/champions/rules/"
AS_SHIPPED = {
    "waiting_order": "uncovered_first",
    "offer_days": "7",
    "term_months": "24",
    "supervision_weeks": "12",
    "needs_vetting": "on",
}
FORM = {"show_mail": "on", "by_day": "on"}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def rows(*stations, stored=()) -> dict:
    """The lines of the inline: `stations` as (station, is_lead), after those `stored`, kept as they are."""
    lines = {"coverage-TOTAL_FORMS": len(stations) + len(stored), "coverage-INITIAL_FORMS": len(stored)}
    for number, row in enumerate(stored):
        lines |= {f"coverage-{number}-id": row.pk, f"coverage-{number}-station": row.station_id}
        lines |= {f"coverage-{number}-is_lead": "on"} if row.is_lead else {}
    for number, (station, is_lead) in enumerate(stations, start=len(stored)):
        lines |= {f"coverage-{number}-station": station.pk}
        lines |= {f"coverage-{number}-is_lead": "on"} if is_lead else {}
    return lines


def page_of(champion) -> str:
    return f"{LIST}{champion.champion.pk}/change/"


def live(champion) -> dict[str, bool]:
    return dict(Coverage.objects.live().filter(champion=champion).values_list("station__name", "is_lead"))


def test_hr_appoints_by_staff_number_with_stations_and_lead(browse_as, hr, asha, station):
    deal = StationFactory(name="Deal")
    typed = FORM | {"person": asha.staff_number, "trained_on": "2026-03-02"} | rows((station, True), (deal, False))
    browse_as(hr).post(ADD, typed)
    entry = Champion.objects.get()
    assert (entry.person, entry.refresher_due) == (asha, date(2028, 3, 2))
    assert live(entry) == {"Ashford": True, "Deal": False}
    assert {(change.verb, change.by) for change in history.of(entry)} >= {("appointed", hr), ("made station lead", hr)}


@pytest.mark.parametrize("unlisted", [{"hidden": True}, {"left": date(2026, 1, 1)}])
def test_nobody_hidden_or_gone_is_found_by_number(browse_as, coordinator, asha, unlisted):
    change_person(person=asha, by=None, **unlisted)
    page = browse_as(coordinator).post(ADD, FORM | {"person": asha.staff_number} | rows())
    assert "Nobody on the roster has this staff number." in text(page)
    assert not Champion.objects.exists()


def test_the_page_holds_no_list_of_names_to_pick_from(browse_as, coordinator, asha, chidi):
    page = text(browse_as(coordinator).get(ADD))
    assert "Stranger" not in page
    assert "autocomplete" in page
    assert "select2" not in page


def test_somebody_who_is_a_champion_is_not_appointed_again(browse_as, hr, champion):
    page = browse_as(hr).post(ADD, FORM | {"person": champion.staff_number} | rows())
    assert "is a champion already" in text(page)


def test_whoever_stepped_down_is_appointed_again_with_the_same_entry(browse_as, hr, champion, station):
    actions.step_down(champion=champion.champion, by=champion)
    answer = browse_as(hr).post(ADD, FORM | {"person": champion.staff_number} | rows((station, False)))
    assert answer.status_code == 302
    assert Champion.objects.get().state == "active"
    assert live(champion.champion) == {"Ashford": False}


def test_the_rows_as_they_stand_are_what_is_covered(browse_as, coordinator, champion):
    deal = StationFactory(name="Deal")
    stored = list(champion.champion.coverage.live())
    typed = FORM | rows((deal, True), stored=stored) | {"coverage-0-DELETE": "on"}
    browse_as(coordinator).post(page_of(champion), typed)
    assert live(champion.champion) == {"Deal": True}


def test_a_new_lead_is_made_by_a_tick_and_the_former_is_not_asked_to_be_unticked(browse_as, hr, champion, station):
    other = champion_at(station)
    stored = list(other.coverage.live())
    stored[0].is_lead = True
    browse_as(hr).post(page_of(other.person), FORM | rows(stored=stored))
    assert live(other) == {"Ashford": True}
    assert live(champion.champion) == {"Ashford": False}


def test_an_entry_that_cannot_be_comes_back_with_the_reason(browse_as, hr, champion):
    stored = list(champion.champion.coverage.live())
    for typed, sentence in (
        ({"by_day": "on"}, "Show at least one way to reach them."),
        ({"show_mail": "on"}, "Choose by day, by night, or both."),
        (FORM | {"trained_on": "2026-03-02", "refresher_due": "2026-03-01"}, "falls due after the training"),
    ):
        page = browse_as(hr).post(page_of(champion), typed | rows(stored=stored))
        assert page.status_code == 200
        assert sentence in text(page)
    assert Champion.objects.get().show_phone


def test_a_break_and_stepping_down_are_moves_in_the_list(browse_as, coordinator, champion):
    client = browse_as(coordinator)
    for move, state in (("take_a_break", "paused"), ("list_again", "active"), ("step_down", "stepped_down")):
        client.post(LIST, {"action": move, "_selected_action": [champion.champion.pk]})
        assert Champion.objects.get().state == state
    page = client.post(LIST, {"action": "step_down", "_selected_action": [champion.champion.pk]}, follow=True)
    assert "is not a champion now" in text(page)


def test_the_lead_reads_and_moves_nobody(browse_as, lead, champion):
    client = browse_as(lead)
    client.post(LIST, {"action": "step_down", "_selected_action": [champion.champion.pk]})
    assert client.post(page_of(champion), FORM | rows()).status_code == 403
    assert client.post(ADD, FORM).status_code == 403
    assert Champion.objects.get().state == "active"


def test_nothing_is_deleted(browse_as, hr, champion):
    assert browse_as(hr).post(f"{LIST}{champion.champion.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_coordinator_does_not_see_somebody_hidden_later(browse_as, hr, coordinator, champion):
    change_person(person=champion, by=hr, hidden=True)
    assert "Pearce" not in text(browse_as(coordinator).get(LIST))
    assert "Pearce" in text(browse_as(hr).get(LIST))


def test_the_history_says_what_was_done_and_by_whom(browse_as, hr, champion):
    actions.pause(champion=champion.champion, by=champion)
    page = text(browse_as(hr).get(f"{LIST}{champion.champion.pk}/history/"))
    assert "paused" in page
    assert "Aaron Pearce" in page


def test_the_list_costs_as_many_queries_for_thirty_as_for_three(browse_as, hr, champion, station):
    client = browse_as(hr)
    client.get(LIST)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    champion_at(station)
    few = count()
    for _ in range(28):
        champion_at(station)
    assert count() == few


def test_hr_says_how_long_training_holds(browse_as, hr, asha):
    client = browse_as(hr)
    client.post(f"{RULES}add/", AS_SHIPPED | {"refresher_months": "12"})
    assert Rules.objects.get().refresher_months == 12
    client.post(f"{RULES}1/change/", AS_SHIPPED | {"refresher_months": "18"})
    assert Rules.objects.get().refresher_months == 18
    assert client.get(f"{RULES}add/").status_code == 403
    refused = client.post(f"{RULES}1/change/", AS_SHIPPED | {"refresher_months": "0"})
    assert "Training holds for a month at least." in text(refused)


def test_hr_finds_the_gaps_on_the_first_page(browse_as, hr, champion, station):
    StationFactory(name="Deal")
    champion_at(person=PersonFactory(known_as="Adrift", station=None))
    actions.free_lead(station=station, by=hr)
    page = text(browse_as(hr).get("/admin/"))
    assert "1 station has no champion" in page
    assert "1 station has champions and no lead" in page
    assert "1 champion covers no station</a>: Adrift Example" in page
