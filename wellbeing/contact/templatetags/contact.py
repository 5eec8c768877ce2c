"""The link by which somebody asks a volunteer to get in touch."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from wellbeing.contact import volunteers
from wellbeing.people.models import Person

register = template.Library()


@register.simple_tag(takes_context=True)
def ask_them(context, whom):
    """“Ask Sasha to contact me”, or nothing for oneself, without signing in, and where that volunteer cannot be asked.

    `whom`: a volunteer's entry as a page shows it (a SPOC, a champion, a champion's card), which costs no query; or a
    person, who is looked up.
    """
    user = context.get("user")
    if not whom or not getattr(user, "is_authenticated", False):
        return ""
    if isinstance(whom, Person):
        found = volunteers.of_person("", whom.pk)
        return _link(found.key, found.name) if found and whom.pk != user.pk else ""
    if whom.person_id == user.pk or getattr(whom, "is_away", False):
        return ""
    return _link(whom.id, getattr(whom, "shown_name", None) or whom.name)


def _link(key, name: str) -> str:
    return format_html(
        '<p class="govuk-body app-no-print"><a class="govuk-link" href="{}">Ask {} to contact me</a></p>',
        reverse("contact:ask", args=[key]),
        name,
    )
