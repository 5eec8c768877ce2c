"""The action plan as a report for chief officers: a page that sums up, what is overdue, then every area."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.utils.dateformat import format as format_date

from forum.queries import plan as queries
from wellbeing.people.models import Force
from wellbeing.web import pdf

_PAGE = Path(__file__).with_name("plan.typ")
_TITLE = "Wellbeing action plan"
_LATEST = 6  # measurements beside a chart: a year and a half of quarters


def pdf_of(lines: Sequence[queries.Line], *, today: date) -> bytes:
    """The PDF (PDF/UA-1). Raises `pdf.CannotPrint`, without a word of what it was to say."""
    return pdf.made(_PAGE, page_of(lines, today=today))


def page_of(lines: Sequence[queries.Line], *, today: date) -> dict:
    """What `plan.typ` needs: every word as it is set, every chart as a drawing with what it shows."""
    force = Force.objects.first()
    late = sorted((one for one in lines if one.is_past_target), key=lambda one: one.commitment.due)
    behind = [one for one in lines if one.standing == queries.Standing.BEHIND and one not in late]
    return {
        "title": _TITLE,
        "force": force.name if force else "",
        "day": f"As it stood on {_day(today)}",
        "counted": [{"label": one.label, "number": number} for one, number in queries.counted(lines)],
        "late": [_short(one) for one in late],
        "behind": [_short(one) for one in behind],
        "sponsors": [_patron(one) for one in queries.patrons(lines)],
        "areas": [
            {"name": part.area.label, "lines": [_line(one) for one in part.lines]} for part in queries.by_area(lines)
        ],
    }


def _short(line: queries.Line) -> dict:
    owner = line.commitment.owned_by or "nobody at the moment"
    return {"text": line.commitment.text, "when": f"Target date {_day(line.commitment.due)}. Owner: {owner}."}


def _patron(patron: queries.Patron) -> dict:
    return {
        "name": patron.sponsor.name,
        "title": patron.sponsor.title,
        "words": patron.sponsor.words,
        "lines": [line.commitment.text for line in patron.lines],
    }


def _line(line: queries.Line) -> dict:
    row = line.commitment
    facts = [
        ("For", row.division.name if row.division else "The whole force"),
        ("How it was", _both(row.baseline, line.baseline_number)),
        ("How it is to be", _both(row.target, line.target_number)),
        ("By", _day(row.due)),
        ("Owner", row.owned_by or "Nobody at the moment"),
    ]
    if row.is_closed and row.closed_because:
        facts.append(("Closed", f"{_day(row.closed_on)}: {row.closed_because}"))
    return {
        "text": row.text,
        "standing": line.standing.label + (", past its target date" if line.is_past_target else ""),
        "facts": [{"label": label, "words": words} for label, words in facts if words],
        "chart": {"svg": line.chart.svg, "alt": line.chart.words} if line.chart else None,
        "unit": row.unit[:1].upper() + row.unit[1:],
        "rows": [
            {"day": _day(one.day), "number": number, "word": one.get_word_display(), "note": one.note}
            for one, number in line.rows[:_LATEST]
        ],
    }


def _both(words: str, number: str) -> str:
    return f"{words} ({number})" if words and number else words or number


def _day(day: date) -> str:
    return format_date(day, "j F Y")
