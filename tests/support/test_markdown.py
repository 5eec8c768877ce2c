"""What is made of Markdown: what the portal draws, and nothing that a browser could run."""

import pytest

from tests.factories.guidance import a_page
from wellbeing.support import markdown


@pytest.mark.parametrize(
    ("typed", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<b onclick=alert(1)>x</b>", "<b "),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("[x](data:text/html;base64,AAAA)", 'href="data'),
        ("<javascript:alert(1)>", 'href="javascript'),
        ("![x](https://elsewhere.example/x.png)", "<img"),
        ("```\n<script>\n```", "<script"),
        ("    <iframe src=x>", "<iframe"),
        ('[x](https://a.example "\\" onmouseover=alert(1)")', "onmouseover"),
    ],
)
def test_what_a_browser_could_run_is_not_made(browse_as, asha, typed, never):
    page = a_page(text=typed)

    assert never not in markdown.rendered(typed)
    shown = browse_as(asha).get(page.get_absolute_url()).content.decode()
    assert "alert(1)</script>" not in shown


def test_html_is_shown_as_it_was_typed():
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in markdown.rendered("<script>alert(1)</script>")


def test_the_title_and_summary_are_text_and_nothing_else(browse_as, asha):
    page = a_page("<script>alert(1)</script>", summary="<b>bold</b>")

    for address in ("/guidance/", page.get_absolute_url()):
        shown = browse_as(asha).get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<b>bold" not in shown


@pytest.mark.parametrize("marks", [("#", "##"), ("##", "###"), ("###", "####")])
def test_whatever_mark_a_writer_begins_with_the_highest_heading_is_an_h2(marks):
    made = markdown.rendered(f"{marks[0]} Upper\n\n{marks[1]} Lower")

    assert '<h2 class="govuk-heading-m">Upper</h2>' in made
    assert '<h3 class="govuk-heading-s">Lower</h3>' in made


def test_links_lists_and_numbers_come_out_as_the_portal_draws_them():
    made = markdown.rendered("- [Call](tel:999)\n- [Here](/urgent/)\n\n1. one\n2. *two*")

    assert '<ul class="govuk-list govuk-list--bullet">' in made
    assert '<a href="tel:999" class="govuk-link" rel="noreferrer">Call</a>' in made
    assert '<a href="/urgent/" class="govuk-link" rel="noreferrer">Here</a>' in made
    assert '<ol class="govuk-list govuk-list--number">' in made
    assert "<strong>two</strong>" in made


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# A heading\n\nI had **not** slept at all\nfor a whole month. Then [I told](/x/) her.",
         "I had not slept at all for a whole month."),
        ("**The car park.** I was early, and sat in the car. Then I went in.",
         "The car park. I was early, and sat in the car."),
        ("<b>Shouted</b>", "<b>Shouted</b>"),
        ("## Only a heading", ""),
        ("", ""),
        ("word " * 100, "word " * 31 + "…"),
    ],
)  # fmt: skip
def test_the_first_words_are_plain_and_short(text, words):
    assert markdown.first_words(text) == words
