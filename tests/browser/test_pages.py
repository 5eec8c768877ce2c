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


WIDER_THAN_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em } p { margin-bottom: 2em }')
    document.adoptedStyleSheets = [sheet]
}"""


@pytest.mark.parametrize("address", ["/", "/account/login/", "/champions/", "/urgent/"])
def test_text_twice_as_large_and_widely_spaced_still_fits(page, sign_in, asha, address):
    if address != "/account/login/":
        sign_in(asha)
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER_THAN_SCREEN) == 0
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(SPACED)
    assert page.evaluate(WIDER_THAN_SCREEN) == 0


def test_what_has_the_focus_is_never_behind_the_bar(page, sign_in, asha):
    sign_in(asha)
    page.set_viewport_size({"width": 320, "height": 400})
    page.goto("/")
    for _ in range(30):
        page.keyboard.press("Tab")
        covered = page.evaluate("""() => {
            const focused = document.activeElement
            if (focused === document.body || focused.closest('.app-leave')) return false
            const bar = document.querySelector('.app-leave').getBoundingClientRect()
            return focused.getBoundingClientRect().top >= bar.top
        }""")
        assert not covered, page.evaluate("document.activeElement.outerHTML")
