"""An adjustment passport as a PDF that a screen reader can read: made in memory, kept nowhere."""

from pathlib import Path

from wellbeing.web import pdf

from .passport import Section

_PAGE = Path(__file__).with_name("passport.typ")


def pdf_of(*, title: str, lead: str, footer: str, sections: list[Section]) -> bytes:
    """The PDF. Raises `pdf.CannotPrint`, without a word of what it was to say."""
    parts = [
        {"label": section.label, "lines": list(section.lines), "is_list": bool(section.adjustments)}
        for section in sections
    ]
    return pdf.made(_PAGE, {"title": title, "lead": lead, "footer": footer, "sections": parts})
