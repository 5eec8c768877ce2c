"""What the tests of training's pages share."""

import html
import re

from django.utils import timezone


def text(client, address: str, status: int = 200) -> str:
    """What a page says, without its markup, each run of spaces as one."""
    answer = client.get(address)
    assert answer.status_code == status, address
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def of(session, page: str = "") -> str:
    """The address of a session's page, or of one of its own pages for everybody."""
    return f"/training/sessions/{session.pk}/{page}"


def organise(session, page: str = "") -> str:
    """The address of a session's page for whoever organises it."""
    return f"/training/organise/{session.pk}/{page}"


def date(name: str, day) -> dict[str, str]:
    """A date as its three boxes are posted."""
    return dict(
        zip((f"{name}_day", f"{name}_month", f"{name}_year"), map(str, (day.day, day.month, day.year)), strict=True)
    )


def typed(days: int = 30, **other) -> dict[str, str]:
    """A session as an organiser types it."""
    day = timezone.localdate() + timezone.timedelta(days=days)
    kept = {
        "starts": "9.30",
        "ends": "16:00",
        "station": "",
        "room": "Room 2",
        "capacity": "12",
        "trainer": "",
        "notes": "",
    }
    return kept | date("day", day) | other
