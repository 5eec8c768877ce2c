"""The agreed wording where a page needs it: `{% include "support/limits.html" %}`."""

from django import template

from .. import markdown, queries

register = template.Library()


@register.simple_tag
def agreed_wording(kind):
    """The statement of this kind that holds today, signed or not; one query."""
    return queries.statement(kind)


@register.filter
def as_markdown(text) -> str:
    """What somebody typed as Markdown, as HTML that nothing can run in."""
    return markdown.rendered(text)
