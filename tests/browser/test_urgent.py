def test_the_urgent_page_holds_what_every_page_must(page, check_page):
    page.goto("/urgent/")
    assert "Samaritans" in page.content()
    check_page(page)
