"""Our pages for what went wrong, and what the log keeps of it."""

import logging
import types

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path

from wellbeing import urls
from wellbeing.web.logs import WithoutAddresses


@login_not_required
def broken(request, name):
    raise RuntimeError("the kettle is broken")


@login_not_required
def refused(request):
    raise PermissionDenied


@login_not_required
def nonsense(request):
    raise SuspiciousOperation


@pytest.fixture
def client_of_broken_pages(settings, client):
    addresses = types.ModuleType("broken_urls")
    addresses.__dict__.update({name: getattr(urls, name) for name in dir(urls) if name.startswith("handler")})
    addresses.urlpatterns = [
        path("broken/<str:name>/", broken),
        path("refused/", refused),
        path("nonsense/", nonsense),
        *urls.urlpatterns,
    ]
    settings.ROOT_URLCONF = addresses
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/broken/somebody/", 500, "Something broke at our end"),
        ("/refused/", 403, "This page is not open to you"),
        ("/nonsense/", 400, "That address or form was not right"),
        ("/no-such-page/", 404, "There is no such page"),
    ],
)
def test_what_went_wrong_is_said_in_words_with_the_numbers_above(client_of_broken_pages, db, address, status, sentence):
    answer = client_of_broken_pages.get(address)
    html = answer.content.decode()
    assert answer.status_code == status
    assert f'<h1 class="govuk-heading-l">{sentence}</h1>' in html
    assert "tel:116123" in html
    assert "Content-Security-Policy" in answer.headers
    assert "kettle" not in html


def test_a_form_open_too_long_says_what_to_do(asha):
    client = Client(enforce_csrf_checks=True)
    client.force_login(asha)
    answer = client.post("/account/stay-signed-in/")
    assert answer.status_code == 403
    assert "This form had been open too long" in answer.content.decode()


@pytest.fixture
def lines(caplog):
    """What our handler would write: messages after its filter, with tracebacks."""
    sieve, formatter = WithoutAddresses(), logging.Formatter("%(name)s %(message)s")
    return lambda: [formatter.format(record) for record in caplog.records if sieve.filter(record)]


def test_the_log_of_a_fault_has_the_traceback_and_the_pattern_but_not_the_address(
    client_of_broken_pages, db, lines, caplog
):
    client_of_broken_pages.get("/broken/aaron-pearce/?q=grief")
    text = "\n".join(lines())
    assert "500 GET /broken/<str:name>/" in text
    assert "the kettle is broken" in text
    assert "aaron" not in text
    assert "grief" not in text


@pytest.mark.parametrize("address", ["/champions/aaron-pearce/", "/refused/", "/no-such-page/?q=grief"])
def test_no_line_ties_anybody_to_a_page(client_of_broken_pages, asha, lines, address):
    client_of_broken_pages.force_login(asha)
    client_of_broken_pages.get(address)
    for line in lines():
        assert "aaron" not in line
        assert "grief" not in line
        assert asha.email not in line
        assert "Traceback" not in line


def test_every_handler_of_the_portal_has_the_filter(settings):
    assert all(handler["filters"] == ["without_addresses"] for handler in settings.LOGGING["handlers"].values())
    assert all(not logger.get("handlers") for logger in settings.LOGGING["loggers"].values())
