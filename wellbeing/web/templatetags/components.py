"""Tags and filters that every template has without loading them."""

from functools import lru_cache

import phonenumbers
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join

from wellbeing.web import health
from wellbeing.web.urgent_numbers import urgent_numbers

register = template.Library()


@register.inclusion_tag("components/urgent_strip.html", takes_context=True)
def urgent_strip(context, numbers=None):
    """The line of numbers on top of every page; needs neither request nor database."""
    return {"numbers": numbers or urgent_numbers(), "door": context.get("door")}


@register.simple_tag(takes_context=True)
def page_here(context, name) -> str:
    """The address of a page of the portal, or of the one in its place within the frame that this page is shown in."""
    door = context.get("door")
    return reverse(door.instead.get(name, name) if door else name)


@register.inclusion_tag("components/leave_page.html")
def leave_page():
    """The button that leaves for a neutral page, at once."""
    return {"address": settings.LEAVE_PAGE_URL}


@register.filter
@lru_cache(maxsize=4096)  # reading a number costs more than everything else in a row of a list
def tel(number) -> str:
    """The `tel:` address of a number as typed: “01622 066172” gives “tel:+441622066172”; 999 stays short."""
    digits = "".join(character for character in str(number) if character.isdigit() or character == "+")
    try:
        parsed = phonenumbers.parse(digits, settings.PHONENUMBER_REGION)
    except phonenumbers.NumberParseException:
        return f"tel:{digits}"
    if len(digits) < 7 or not phonenumbers.is_possible_number(parsed):
        return f"tel:{digits}"
    return f"tel:{phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}"


@register.simple_tag
def parts_alive() -> dict[str, str]:
    """What `/healthz/` tells the technical admin: each part of the portal, and "ok" or what is wrong."""
    return health.every_part()


@register.filter
def sms(number) -> str:
    """The `sms:` address of a number as typed."""
    return tel(number).replace("tel:", "sms:", 1)


@register.simple_tag
def call_link(name, number):
    """A link that says whom it calls: “Call Aaron Pearce: 01622 066172”."""
    return format_html(
        '<a class="govuk-link app-call" href="{}">Call {}: <span class="app-number">{}</span></a>',
        tel(number),
        name,
        number,
    )


@register.simple_tag
def reach(name, helper):
    """A list of the ways in which somebody may be reached, as they chose: links that say whom.

    `helper` has `call_number`, `text_number` and `mail_address`, each empty where it is not shown.
    """
    number = helper.call_number or helper.text_number
    ways = [
        (helper.call_number and tel(number), "Call", number),
        (helper.text_number and sms(number), "Text", "" if helper.call_number else number),
        (helper.mail_address and f"mailto:{helper.mail_address}", "E-mail", ""),
    ]
    links = format_html_join(
        "",
        '<li><a class="govuk-link app-way" href="{}">{} {}{}</a></li>',
        ((href, verb, name, _number(shown)) for href, verb, shown in ways if href),
    )
    return format_html('<ul class="app-ways">{}</ul>', links) if links else ""


@register.filter
def day(value) -> str:
    """A date as people say it: “Monday 23 November”, with the year when it is not this one."""
    if not value:
        return ""
    date = timezone.localtime(value).date() if hasattr(value, "hour") else value
    return format_date(date, "l j F" if date.year == timezone.localdate().year else "l j F Y")


@register.filter
def starts_with(path, prefix) -> bool:
    """Whether an address lies under a prefix; marks the current part of the navigation."""
    return str(path).startswith(str(prefix))


def _number(shown):
    return format_html(': <span class="app-number">{}</span>', shown) if shown else ""
