"""A poster on the screen, at 320 px and on paper; and the panel in a page of another origin."""

import os
import signal
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from playwright.sync_api import expect

from champions import actions
from champions.queries.posters import poster
from tests.champions.pdfs import codes_on, reader_of, words_on
from tests.databases import ROOT, the_worker
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory, the_force
from wellbeing.embedded import processes
from wellbeing.embedded.announcement import answer
from wellbeing.embedded.portal import unused_port
from wellbeing.people.actions import set_force

CUT_OFF = """() => [...document.querySelectorAll('.poster, .poster__people')]
    .reduce((most, part) => Math.max(most, part.scrollHeight - part.clientHeight), 0)"""
POINTS = {"a4": (595, 842), "a3": (842, 1191)}


@pytest.fixture
def network(champion, station):
    """Aaron leads Ashford; at Deal thirty champions have long names; Lydd has nobody."""
    the_force()
    deal = StationFactory(name="Deal", division=DivisionFactory(name="East"))
    for number in range(30):
        address = f"christopher-alexander.featherstonehaugh-majoribanks.{number}@force.example"
        name = {"known_as": "Christopher-Alexander", "last_name": f"Featherstonehaugh-Majoribanks{'x' * 12}"}
        person = PersonFactory(**name, email=address, work_phone="01304 240055", station=deal)
        champion_at(deal, person=person, show_phone=True, show_text=True)
    StationFactory(name="Lydd", district=station.district, division=station.division)
    return champion


def test_a_poster_looks_right_and_is_printed_on_one_sheet_with_codes_that_read(
    page, sign_in, network, station, asha, check_page, settings, base_url
):
    settings.PORTAL_URL = base_url
    sign_in(asha)
    page.goto("/champions/stations/ashford/")
    with page.expect_navigation():
        page.get_by_role("link", name="Print the poster of Ashford").click()
    check_page(page)
    for size, address in (("a4", ""), ("a3", "?size=a3")):
        page.goto(f"/champions/stations/ashford/poster/{address}")
        paper = page.pdf(prefer_css_page_size=True, print_background=True)
        Path("test-results", f"poster-printed-{size}.pdf").write_bytes(paper)
        reader = reader_of(paper)
        assert len(reader.pages) == 1
        assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == pytest.approx(POINTS[size], abs=1)
        assert "tel:+443001312789" in codes_on(paper)
        assert poster(station).hangs_here in codes_on(paper)
        assert "Leave this page" not in words_on(reader)


@pytest.mark.parametrize("slug", ["deal", "lydd"])
def test_the_fullest_poster_and_the_emptiest_are_one_sheet_as_well(page, sign_in, network, asha, check_page, slug):
    sign_in(asha)
    page.goto(f"/champions/stations/{slug}/poster/")
    check_page(page)
    page.emulate_media(media="print")
    assert page.evaluate(CUT_OFF) == 0
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    Path("test-results", f"poster-printed-{slug}.pdf").write_bytes(paper)
    assert len(reader_of(paper).pages) == 1
    assert "Made on" in words_on(reader_of(paper)), "the end of it is on the sheet"
    assert len(codes_on(paper)) == 3


def test_all_posters_as_one_file_and_where_they_hang(page, sign_in, network, coordinator, check_page):
    sign_in(coordinator)
    page.goto("/champions/network/posters/")
    check_page(page)
    page.get_by_label("A3, for a wall").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Make the posters").click()
    check_page(page)
    with the_worker():
        actions.make_waiting_posters()
    expect(page.get_by_role("heading", name="The posters are ready")).to_be_visible()
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the posters, A3 (PDF)").click()
    assert len(reader_of(Path(download.value.path()).read_bytes()).pages) == 3


def test_one_tap_by_somebody_who_is_not_signed_in(page, network, station, check_page, settings, base_url):
    cache.clear()
    settings.PORTAL_URL = base_url
    page.goto(poster(station).hangs_here)
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="It hangs at Ashford").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    check_page(page)


# --- The panel -------------------------------------------------------------------------------------------------


class Intranet(BaseHTTPRequestHandler):
    """One page that frames an address."""

    def __init__(self, address, *args):
        self.address = address
        super().__init__(*args)

    def do_GET(self):
        body = f'<!DOCTYPE html><title>Intranet</title><link rel="icon" href="data:,"><iframe src="{self.address}">'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        """Nothing."""


@contextmanager
def intranet(address: str, port: int):
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Intranet, address))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()


@contextmanager
def portal_framed_by(origin: str):
    """A web server of the portal whose panel that origin may frame; yields its address."""
    port, log = unused_port(), Path(django_settings.VAR_DIR, "framed.log")
    environment = os.environ | {"PORT": str(port), "WEB_WORKERS": "1", "DB_LOGIN": "app", "PANEL_ORIGINS": origin}
    with processes.server(
        "gunicorn",
        [sys.executable, "-m", "gunicorn", "wellbeing.wsgi"],
        ready=lambda: answer(port, "/livez/")[0] == 200,
        log=log,
        patience=60,
        stop_by=signal.SIGTERM,
        env=environment,
        cwd=ROOT,
    ):
        yield f"http://localhost:{port}"


def test_the_panel_is_framed_by_the_intranet_and_by_nobody_else(context, transactional_db, network, check_page):
    set_force(by=None, publish_station_contacts=True)
    allowed, stranger = unused_port(), unused_port()
    with portal_framed_by(f"http://127.0.0.1:{allowed}") as portal:
        address, said = f"{portal}/champions/stations/ashford/panel/", []
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(address)
        check_page(page)
        with intranet(address, allowed) as origin:
            page.goto(origin)
            framed = page.frame_locator("iframe")
            expect(framed.get_by_role("link", name="Call Aaron Pearce: 01622 690690")).to_be_visible()
            assert said == []
        with intranet(f"{portal}/champions/stations/ashford/", allowed) as origin:
            page.goto(origin)
            page.wait_for_timeout(300)
            assert any("frame-ancestors 'none'" in line or "X-Frame-Options" in line for line in said), said
            expect(page.frame_locator("iframe").get_by_text("Aaron Pearce")).to_have_count(0)
        said.clear()
        with intranet(address, stranger) as origin:
            page.goto(origin)
            page.wait_for_timeout(300)
            assert any("frame-ancestors" in line for line in said), said
            expect(page.frame_locator("iframe").get_by_text("Aaron Pearce")).to_have_count(0)
