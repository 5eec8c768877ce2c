"""A page of guidance where another page points at it."""

from django import template

from .. import queries

register = template.Library()


@register.simple_tag
def published_page(slug):
    """The published page of this address, for a link to it; None where the force has none. One query."""
    return queries.published_guidance().filter(slug=slug).first()
