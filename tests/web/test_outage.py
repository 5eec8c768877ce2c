import re
from contextlib import closing

import pytest
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from tests.outages import broker_away, database_away
from wellbeing.people.models import Division, Person
from wellbeing.support.actions import load_shipped_services

pytestmark = pytest.mark.django_db(transaction=True)


def asks_the_database(request):
    return HttpResponse(Person.objects.count())


def asks_only_while_the_page_is_made(request):
    """The template loops over a queryset; the connection breaks after the view has returned it."""
    people = Person.objects.all()
    end_this_connection()
    template = engines["django"].from_string("{% for person in people %}{{ person }}{% endfor %}")
    return HttpResponse(template.render({"people": people}, request))


def writes_and_then_loses_the_database(request):
    Division.objects.create(name="Half", slug="half")
    end_this_connection()
    return HttpResponse("saved")


def end_this_connection() -> None:
    from tests.databases import as_superuser

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with as_superuser() as superuser:
        superuser.execute("select pg_terminate_backend(%s, 5000)", [pid])


def breaks_for_another_reason(request):
    raise ZeroDivisionError


def draws_a_page(request):
    return render(request, "support/worried.html")


urlpatterns = [
    path("asks/", asks_the_database),
    path("asks-late/", asks_only_while_the_page_is_made),
    path("writes/", writes_and_then_loses_the_database),
    path("breaks/", breaks_for_another_reason),
    path("", include("wellbeing.urls")),
]
handler500 = "wellbeing.web.errors.server_error"


@pytest.fixture
def signed_in(client, asha):
    """A browser that is signed in, and sees error pages as people do."""
    client.force_login(asha)
    client.raise_request_exception = False
    return client


def is_the_outage_page(response) -> bool:
    page = response.content.decode()
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert page.count("tel:999") >= 2, "the strip and the page carry the numbers"
    return "is not working just now" in page


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/asks/", "/reminders/", "/no-such-page/", "/account/login/"])
def test_while_the_database_is_away_every_page_carries_the_numbers(signed_in, address):
    with database_away():
        assert is_the_outage_page(signed_in.get(address))


@pytest.mark.urls(__name__)
def test_without_a_session_it_is_the_same(client):
    client.raise_request_exception = False
    with database_away():
        assert is_the_outage_page(client.get("/asks/"))


@pytest.mark.urls(__name__)
def test_a_database_lost_while_the_page_is_made_is_the_same(signed_in):
    assert is_the_outage_page(signed_in.get("/asks-late/"))


@pytest.mark.urls(__name__)
def test_nothing_is_called_saved_that_was_not(signed_in):
    assert is_the_outage_page(signed_in.get("/writes/"))
    assert not Division.objects.filter(slug="half").exists()


@pytest.mark.urls(__name__)
def test_the_next_request_finds_the_database_again(signed_in):
    signed_in.get("/asks-late/")

    assert signed_in.get("/asks/").status_code == 200


@pytest.mark.urls(__name__)
def test_another_fault_is_not_called_an_outage(signed_in):
    response = signed_in.get("/breaks/")

    assert response.status_code == 500
    assert "Retry-After" not in response.headers


def test_signing_in_while_the_broker_is_away_says_so(client):
    client.raise_request_exception = False
    with broker_away():
        assert is_the_outage_page(client.post("/account/login/", {"login": "asha@force.example", "password": "x"}))


# --- /urgent/ -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/urgent/", "/urgent"])
def test_urgent_help_stands_while_the_database_is_away(signed_in, address):
    with database_away():
        response = signed_in.get(address)

    page = response.content.decode()
    assert response.status_code == 200
    for number in ("tel:999", "tel:+443001312789", "tel:116123", "sms:85258?&amp;body=SHOUT", "tel:111", "sms:999"):
        assert f'href="{number}"' in page
    assert page.index("999") < page.index("116 123")


def test_urgent_help_asks_the_database_nothing_and_sets_no_cookie(signed_in, django_assert_num_queries):
    load_shipped_services()
    with django_assert_num_queries(0):
        response = signed_in.get("/urgent/")

    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_urgent_help_knows_nobody(signed_in, asha):
    assert asha.name not in signed_in.get("/urgent/").content.decode()


def test_urgent_help_goes_to_https_where_the_portal_does(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/urgent/")

    assert (response.status_code, response.headers["Location"]) == (301, "https://testserver/urgent/")


def test_urgent_help_is_only_read(client):
    assert client.post("/urgent/").status_code == 405


def test_every_style_sheet_and_script_of_urgent_help_is_served_without_the_database(client):
    page = client.get("/urgent/").content.decode()
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) >= 3
    with database_away():
        for file in files:
            with closing(client.get(file)) as response:
                assert response.status_code == 200
