"""Pages that belong to no app, in a browser: looked at by axe, in both widths, and by the keyboard."""

import pytest

OPEN = ["/", "/urgent/", "/worried/", "/accessibility/", "/account/login/", "/no-such-page/"]


@pytest.mark.parametrize("address", OPEN)
def test_an_open_page_holds_what_every_page_must(page, check_page, address):
    page.goto(address)
    check_page(page)


@pytest.mark.parametrize("address", ["/", "/account/", "/account/email/", "/reminders/", "/admin/", "/no-such-page/"])
def test_a_page_behind_the_sign_in_holds_it_too(page, check_page, sign_in, asha, address):
    sign_in(asha)
    page.goto(address)
    check_page(page)
