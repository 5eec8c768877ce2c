"""The pages of guidance that come with the portal: files whose first line is the title, the next the summary."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

SHIPPED = Path(__file__).parent / "data" / "guidance"


@dataclass(frozen=True)
class Page:
    """A page as its file has it; the fields are those of the model."""

    title: str
    slug: str
    summary: str
    text: str


def pages() -> list[Page]:
    """Every page, by the name of its file."""
    return [_read(path) for path in sorted(SHIPPED.glob("*.markdown"))]


def _read(path: Path) -> Page:
    title, summary, text = path.read_text(encoding="utf-8").split("\n\n", 2)
    return Page(title, slugify(title), " ".join(summary.split()), text.strip())
