"""The directory of services, the page of one, and the signposts on other pages."""

from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.guidance import a_page
from tests.outages import database_away
from wellbeing.people.actions import change_person
from wellbeing.people.models import Division
from wellbeing.support import actions, snapshot
from wellbeing.support.models import Service, Topic

LONDON = ZoneInfo("Europe/London")
NIGHT = timezone.datetime(2026, 11, 25, 23, tzinfo=LONDON)
DAY = timezone.datetime(2026, 11, 25, 11, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def services(db):
    actions.load_shipped_topics()
    actions.load_shipped_services()


@pytest.fixture
def it_is(monkeypatch):
    """The clock of whoever asks for the time stands still."""

    def stand(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand


@pytest.fixture
def read_as(client):
    def read(person, address="/services/", **posted) -> str:
        client.force_login(person)
        answer = client.post(address, posted) if posted else client.get(address)
        assert answer.status_code == 200
        return " ".join(unescape(answer.content.decode()).split())

    return read


def named(name: str) -> Service:
    return Service.objects.get(name=name)


def page_of(service: Service) -> str:
    return f"/services/{service.pk}/"


def part(page: str, anchor: str) -> str:
    """What stands between a heading of the directory and the next."""
    return page.split(f'id="{anchor}"')[1].split("<h2")[0]


# --- The directory ------------------------------------------------------------------------------------


def test_every_part_of_the_directory_says_so_while_it_is_empty(read_as, asha):
    page = read_as(asha)

    for sentence in (
        "No line that always answers is listed yet.",
        "No service of the force's own is listed yet.",
        "No staff network is listed yet.",
        "No association is listed yet.",
        "No NHS service is listed yet.",
        "No policy is listed here yet.",
    ):
        assert sentence in page


def test_each_service_stands_under_what_it_is(read_as, asha, services):
    page = read_as(asha)

    assert "Samaritans" in part(page, "day-and-night")
    assert "Occupational Health" in part(page, "in-the-force")
    assert "StepChange" in part(page, "outside-the-force")
    assert "Your GP" in part(page, "nhs")
    assert "Disability support group" in part(page, "networks")
    assert "Your Federation branch board" in part(page, "associations")
    assert 'class="govuk-template__body no-visited"' in page


def test_one_need_is_posted_and_stands_in_no_address(read_as, asha, services):
    need = Topic.objects.get(name="Losing somebody")

    page = read_as(asha, need=need.pk)

    assert "Cruse Bereavement Support" in part(page, "for-this")
    assert "StepChange" not in page
    assert "4 services for “Losing somebody”" in page
    assert str(need.pk) in read_as(asha)
    assert f"?need={need.pk}" not in page
    assert "All services" in read_as(asha, f"/services/?need={need.pk}"), "an address asks for no need"


def test_a_need_without_a_service_leads_to_the_lines_that_always_answer(read_as, asha, services):
    need = Topic.objects.get(name="Faith and being of a minority")

    page = read_as(asha, need=need.pk)

    assert "No service is listed for this yet." in part(page, "for-this")
    assert "Samaritans" in part(page, "day-and-night")


@pytest.mark.parametrize("need", ["nonsense", "00000000-0000-0000-0000-000000000000", "\0", "' OR 1=1"])
def test_a_need_that_does_not_exist_counts_as_none(read_as, asha, services, need):
    assert "All services" in read_as(asha, need=need, division="x")


def test_those_open_now_only(read_as, asha, services, it_is):
    it_is(NIGHT)
    page = read_as(asha, open_now="on")

    assert "Samaritans" in page
    assert "StepChange" not in page
    assert "None of these is open now" in part(page, "in-the-force")
    it_is(DAY)
    assert "StepChange" in read_as(asha, open_now="on")


def test_what_serves_another_area_is_shown_to_who_asks_for_it(read_as, asha, services, coordinator):
    elsewhere = Division.objects.create(name="The far coast", slug="far")
    far = actions.save_service(service=Service(name="NHS far away", kind="nhs", for_what="help"), by=coordinator)
    far.divisions.add(elsewhere)

    assert "NHS far away" not in read_as(asha)
    assert "Help, for The far coast." in part(read_as(asha, division=elsewhere.pk), "nhs")
    assert "NHS far away" in read_as(asha, division="")


def test_with_javascript_the_results_alone_come_back_and_are_announced(client, asha, services):
    client.force_login(asha)
    answer = client.post("/services/", {"need": ""}, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in answer
    assert 'hx-swap-oob="innerHTML:#found"' in answer


def test_nobody_reads_it_signed_out_nor_is_the_service_kept_that_they_wanted(client, services):
    assert client.get(page_of(named("StepChange"))).status_code == 302
    assert client.session["go_on_to"] == "/services/"
    assert client.get("/services/999999/").status_code == 302


def test_more_services_cost_no_more_queries(client, asha, coordinator, services):
    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/services/").status_code == 200
        return len(counted)

    client.force_login(asha)
    topic = Topic.objects.first()
    Service.objects.exclude(name__in=("Samaritans", "Occupational Health", "Your GP")).delete()
    cost()  # the first page also opens what the next ones find open
    few = cost()
    for number in range(6):
        one = Service(name=f"Line {number}", for_what="x", phone="01632 960001", always_open=number % 2 == 0)
        one = actions.save_service(service=one, by=coordinator, owner=asha, kind=("service", "network")[number % 2])
        one.topics.add(topic)
        one.divisions.add(asha.station.division)

    assert cost() == few


# --- One service --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ("no", "Nothing is shared with the force: not what you say, and not that you got in touch."),
        ("with consent", "The force hears of it only if you agree."),
        ("yes", "The force may be told."),
    ],
)
def test_it_says_in_plain_words_what_the_force_hears(read_as, asha, coordinator, services, shares, sentence):
    line = actions.save_service(service=named("StepChange"), by=coordinator, shares_with_force=shares)

    page = read_as(asha, page_of(line))

    assert sentence in page
    assert "whose life they believe is in danger" in page
    entry = read_as(asha).split(f'href="{page_of(line)}">StepChange</a></h3>')[1].split("</li>")[0]
    assert f"{line.shares}." in entry


def test_it_says_when_it_answers_and_whether_it_is_open_now(read_as, asha, services, it_is):
    it_is(DAY)
    page = read_as(asha, page_of(named("StepChange")))
    assert "Open now, until 8pm." in page
    assert "Monday to Friday 8am to 8pm, not on bank holidays." in page

    it_is(NIGHT)
    assert "Closed now, opens tomorrow at 8am." in read_as(asha, page_of(named("StepChange")))
    assert "Open day and night." in read_as(asha, page_of(named("Samaritans")))
    assert "Hours vary: see website." in read_as(asha, page_of(named("Cruse Bereavement Support")))


def test_it_is_called_texted_and_read_of_with_one_tap(read_as, asha, services):
    assert 'href="tel:+448001381111"' in read_as(asha, page_of(named("StepChange")))
    assert "sms:85258?&amp;body=SHOUT" in read_as(asha, page_of(named("Shout"))).replace("?&body", "?&amp;body")
    assert 'rel="noreferrer">Website of Cruse' in read_as(asha, page_of(named("Cruse Bereavement Support")))


def test_relay_uk_and_bsl_are_told_on_its_page_and_on_the_page_for_urgent_help(client, read_as, asha, services):
    spoken = "BSL video relay, day and night."
    line = actions.save_service(service=named("StepChange"), by=None, relay_or_bsl=spoken)
    none = actions.save_service(service=named("Cruse Bereavement Support"), by=None, relay_or_bsl="")

    snapshot.write()

    assert spoken in read_as(asha, page_of(line))
    assert spoken in client.get("/urgent/").content.decode()
    assert "Nobody has entered what it offers yet." in read_as(asha, page_of(none))


def test_what_nobody_has_checked_says_so_everywhere(client, read_as, asha, coordinator, services):
    line, words = named("StepChange"), "Nobody has checked this number yet."

    def places() -> list[str]:
        snapshot.write()
        urgent = client.get("/urgent/").content.decode()
        card = urgent[urgent.index("StepChange</h3>") :].split("</li>")[0]
        entry = read_as(asha).split(f'href="{page_of(line)}">StepChange</a></h3>')[1].split("</li>")[0]
        return [card, entry, read_as(asha, page_of(line))]

    assert all(words in place for place in places())

    actions.verify_service(service=line, by=coordinator)
    assert not any(words in place for place in places())

    actions.save_service(service=named("StepChange"), by=coordinator, phone="0800 138 1112")
    assert all(words in place for place in places())


def test_who_checked_it_is_named_only_where_they_may_be(read_as, asha, coordinator, services):
    actions.verify_service(service=named("StepChange"), by=coordinator)
    assert f"by {coordinator.name}." in read_as(asha, page_of(named("StepChange")))

    change_person(person=coordinator, by=None, hidden=True)
    page = read_as(asha, page_of(named("StepChange")))

    assert "Number checked on" in page
    assert coordinator.name not in page


def test_the_history_of_a_browser_does_not_say_which_service_it_was(read_as, asha, services):
    page = read_as(asha, page_of(named("National Domestic Abuse Helpline")))

    assert "<title>A support service –" in page
    assert 'class="govuk-template__body no-visited"' in page
    violence = Topic.objects.get(name="Violence at home")
    assert f'href="/spocs/topics/{violence.pk}/">Violence at home</a>' in page


def test_whatever_was_typed_about_a_service_is_shown_as_text(client, asha, coordinator, services):
    line = actions.save_service(service=named("StepChange"), by=coordinator, what_happens="<script>alert(1)</script>")
    client.force_login(asha)

    assert "<script>alert" not in client.get(page_of(line)).content.decode()


# --- The page for urgent help ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_open_now_is_told_signed_out_and_without_a_database(client, coordinator, it_is):
    actions.load_shipped_services()
    actions.save_service(service=named("StepChange"), by=coordinator, opening="Mon-Fri 10am-6pm")

    it_is(DAY)
    with database_away():
        page = client.get("/urgent/").content.decode()
    assert "Open now, until 6pm." in page

    it_is(NIGHT)
    assert "Closed now, opens tomorrow at 10am." in client.get("/urgent/").content.decode()
    assert "Federation" not in page


def test_opening_times_that_cannot_be_read_in_the_file_do_not_take_the_page_away(client, services):
    path = snapshot.snapshot_file()
    snapshot.write()
    path.write_text(path.read_text().replace("Monday to Friday 8am to 8pm", "whenever"))

    assert "whenever" in client.get("/urgent/").content.decode()


# --- Signposts ----------------------------------------------------------------------------------------------


def posts(*topics: str, person=None) -> str:
    request = RequestFactory().get("/")
    request.user = person
    context = Context({"topics": Topic.objects.filter(name__in=topics), "request": request})
    return unescape(Template("{% load signposts %}{% signposts topics %}").render(context))


def test_signposts_lead_to_what_helps_with_the_topic_and_to_all_others(services, it_is, asha):
    it_is(DAY)
    shown = posts("Money worries", person=asha)

    assert "StepChange" in shown
    assert "Cruse" not in shown
    assert 'href="/services/"' in shown
    assert 'href="/urgent/"' in shown


def test_a_page_of_guidance_leads_to_what_helps_with_its_topics(read_as, services, asha):
    page = a_page()
    page.topics.add(Topic.objects.get(name="Money worries"))

    assert "StepChange" in read_as(asha, page.get_absolute_url())


def test_at_night_lines_that_always_answer_come_first(services, it_is, asha):
    it_is(DAY)
    shown = posts("Losing somebody", person=asha)
    order = [shown.index(name) for name in ("Samaritans", "Police Care UK")]
    Service.objects.filter(name="Samaritans").update(order=99)
    assert order == sorted(order)
    shown = posts("Losing somebody", person=asha)
    assert shown.index("Police Care UK") < shown.index("Samaritans")

    it_is(NIGHT)
    shown = posts("Losing somebody", person=asha)
    assert shown.index("Samaritans") < shown.index("Police Care UK")


def test_at_night_they_come_even_where_none_is_of_the_topic(services, it_is, asha):
    it_is(NIGHT)
    shown = posts("Menopause", person=asha)

    assert shown.index("Samaritans") < shown.index("Occupational Health")


def test_without_a_service_for_the_topic_the_lines_that_always_answer_stand_in(services, it_is, asha):
    it_is(DAY)

    assert "Samaritans" in posts("Faith and being of a minority", person=asha)
    assert "Samaritans" in posts(person=asha)


def test_signposts_cost_the_same_for_one_service_and_for_many(services, asha, django_assert_num_queries, it_is):
    it_is(DAY)
    asha.station.division  # noqa: B018 - read once, as the page's own
    for topic in ("Losing somebody", "Low mood and depression"):
        with django_assert_num_queries(2):
            posts(topic, person=asha)
