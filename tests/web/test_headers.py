"""What every answer tells the browser."""

import pytest
from django.templatetags.static import static

PUBLIC = ["/", "/urgent/", "/worried/", "/accessibility/", "/account/login/", "/no-such-page/"]
SIGNED_IN = ["/", "/account/", "/account/email/", "/account/2fa/", "/accessibility/", "/no-such-page/"]


def assert_strict(response):
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_open_pages_carry_the_strict_headers(client, db, address):
    assert_strict(client.get(address))


@pytest.mark.parametrize("name", ["css/portal.css", "css/champions.css"])
def test_files_that_pages_need_carry_them_too(client, db, name):  # `close` looks at connections that are open
    answer = client.get(static(name))
    assert answer.status_code == 200
    assert_strict(answer)
    answer.close()


@pytest.mark.parametrize("address", SIGNED_IN)
def test_signed_in_pages_carry_them_too_and_stay_in_no_cache(client, asha, address):
    client.force_login(asha)
    response = client.get(address)
    assert_strict(response)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PUBLIC + SIGNED_IN)
def test_no_page_holds_a_script_or_a_style_of_its_own(client, asha, address):
    if address in SIGNED_IN:
        client.force_login(asha)
    html = client.get(address).content.decode()
    assert "style=" not in html
    assert "<style" not in html
    assert "javascript:" not in html
    assert " onclick=" not in html
    assert all("src=" in tag or 'type="application/json"' in tag for tag in script_tags(html))


def script_tags(html: str) -> list[str]:
    return [part.split(">")[0] for part in html.split("<script")[1:]]


def test_signing_out_clears_what_the_browser_kept(client, asha):
    client.force_login(asha)
    client.get("/")
    response = client.post("/account/logout/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/account/").status_code == 302


def test_signing_out_by_a_link_asks_first(client, asha):
    client.force_login(asha)
    assert "Sign out?" in client.get("/account/logout/").content.decode()
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_has_the_urgent_numbers_and_a_way_out(client, db, address):
    html = client.get(address).content.decode()
    for number in ("tel:999", "tel:+443001312789", "tel:116123", "85258"):
        assert number in html
    assert "Leave this page" in html
