"""The pages of guidance that come with the portal, as files.

The first line is the title, the next the summary; then, where a page is about some, “Topics:” and their names as in
`data/topics.csv`, with semicolons between; the rest is the text.
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

SHIPPED = Path(__file__).parent / "data" / "guidance"
_TOPICS = "Topics:"


@dataclass(frozen=True)
class Page:
    """A page as its file has it; the fields are those of the model, and topics are names."""

    title: str
    slug: str
    summary: str
    text: str
    topics: tuple[str, ...] = ()


def pages() -> list[Page]:
    """Every page, by the name of its file."""
    return [_read(path) for path in sorted(SHIPPED.glob("*.markdown"))]


def _read(path: Path) -> Page:
    title, summary, text = path.read_text(encoding="utf-8").split("\n\n", 2)
    topics: tuple[str, ...] = ()
    if text.startswith(_TOPICS):
        named, text = text.split("\n\n", 1)
        topics = tuple(" ".join(name.split()) for name in named.removeprefix(_TOPICS).split(";"))
    return Page(title, slugify(title), " ".join(summary.split()), text.strip(), topics)
