"""The link by which somebody asks a volunteer to get in touch."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def ask_them(context, whom):
    """“Ask Sasha to contact me”, or nothing for oneself, without signing in, and where that volunteer cannot be asked.

    `whom`: a volunteer's entry as a page shows it (a SPOC, a champion, a champion's card); it costs no query.
    """
    user = context.get("user")
    if not whom or not getattr(user, "is_authenticated", False):
        return ""
    if whom.person_id == user.pk or getattr(whom, "is_away", False):
        return ""
    return format_html(
        '<p class="govuk-body app-no-print"><a class="govuk-link" href="{}">Ask {} to contact me</a></p>',
        reverse("contact:ask", args=[whom.id]),
        getattr(whom, "shown_name", None) or whom.name,
    )
