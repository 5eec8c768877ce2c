"""Markdown as a part of a page: what somebody typed, and nothing that a browser could run.

HTML in the text is shown as it was typed; whatever is made of it is cleaned once more, by a library
of its own, before it is called safe. Pictures and blocks of code have no place in guidance.
"""

import html
import re
import textwrap
from collections.abc import Callable
from itertools import pairwise

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TOP, _LOWEST = 2, 4  # the page's title is its only h1
_LOOKS = {
    "p": "govuk-body",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "blockquote": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
}
_ATTRIBUTES = {tag: {"class"} for tag in _LOOKS} | {"a": {"class", "href"}, "ol": {"class", "start"}, "*": set()}
_TAGS = {*_LOOKS, "li", "strong", "br"}
_SCHEMES = {"https", "http", "mailto", "tel", "sms"}

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "fence", "code"])


def rendered(text: str, *, lead: Callable[[str], str | None] | None = None) -> SafeString:
    """`text` as HTML. Its highest heading becomes an h2; a link leads to the web, the portal, a mail or a number.

    `lead` says where each link leads instead; to None, and it is no link.
    """
    tokens = _markdown.parse(text)
    _set_headings(tokens)
    for token in tokens:
        _dress(token)
        for child in token.children or []:
            _dress(child)
            if lead and child.type == "link_open":
                _lead(child, lead)
    made = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noreferrer")
    return mark_safe(clean)  # noqa: S308 - cleaned in the line above


def read(text: str) -> str:
    """The words of `text` as they are read on the page, and nothing else."""
    return html.unescape(nh3.clean(rendered(text), tags=set()))


def first_words(text: str, *, longest: int = 160) -> str:
    """The first sentence of the first paragraph, and the next where it is very short: plain words without any sign of
    Markdown, cut at `longest` characters."""
    tokens = _markdown.parse(text)
    paragraph = next((token for before, token in pairwise(tokens) if before.type == "paragraph_open"), None)
    words = "".join(_plain(child) for child in paragraph.children) if paragraph else ""
    sentence = re.match(r".{30,}?[.!?](?=\s|$)|.*", " ".join(words.split()))[0]
    return sentence if len(sentence) <= longest else textwrap.shorten(sentence, longest, placeholder=" …")


def _plain(token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _lead(link, lead: Callable[[str], str | None]) -> None:
    address = lead(str(link.attrGet("href")))
    if address is None:
        del link.attrs["href"]
    else:
        link.attrSet("href", address)


def _set_headings(tokens) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=_TOP)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + _TOP, _LOWEST)}"


def _dress(token) -> None:
    if token.tag == "em":
        token.tag = "strong"  # the portal has no italics
    if token.tag in _LOOKS and token.nesting >= 0:
        token.attrSet("class", _LOOKS[token.tag])
