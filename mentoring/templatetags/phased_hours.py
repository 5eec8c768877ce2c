"""The chart of phased hours, drawn by the server; the table beside it says the same."""

from django import template

from mentoring.prompts_return import WEEKDAYS

register = template.Library()

HIGHEST, STEP, BAR, LEFT = 100, 44, 32, 6  # units of the drawing
ROOM = 22  # for the words above and below a bar


@register.inclusion_tag("mentoring/return_chart.html")
def phased_hours(weeks):
    """Bars of the hours of each `Week`, from nothing to the longest week, and the table of the same numbers."""
    longest = max((week.hours for week in weeks), default=0) or 1
    bars = []
    for place, week in enumerate(weeks):
        height = int(week.hours * HIGHEST / longest)
        left = LEFT + place * STEP
        bars.append(
            {
                "week": week,
                "x": left,
                "y": ROOM + HIGHEST - height,
                "height": height,
                "middle": left + BAR // 2,
                "above": ROOM + HIGHEST - height - 6,
            }
        )
    return {
        "weeks": weeks,
        "bars": bars,
        "bar": BAR,
        "width": 2 * LEFT + len(bars) * STEP,
        "height": HIGHEST + 2 * ROOM,
        "floor": ROOM + HIGHEST,
        "below": HIGHEST + 2 * ROOM - 6,
    }


@register.filter
def weekdays(days) -> str:
    """Weekdays in words: [1, 3] gives “Monday, Wednesday”."""
    return ", ".join(WEEKDAYS[day] for day in days)
