"""Notes of a meeting, line by line: which of them look like outcomes, who is to do them, and until when.

It understands what secretaries write anyway: “Action: hot food at night. Owner: Estates. Due: 12 January”, or
“Hot food at night [Estates, 12 Jan 2027]”, or “(Estates, 12/1/27)”, the day first. What it has understood is shown, and
changed by hand.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from forum import owners
from wellbeing.web.forms import MONTHS

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_MARK = re.compile(r"^(?:action|outcome|agreed|decision|decided)\b\s*(?:[:–-]|that\b)\s*", re.IGNORECASE)
_OWNER = re.compile(r"[\s,;(]{0,8}\b(?:owner|who|lead)\s*:\s*(?P<owner>[^.;,\[\]()]+)[.;,)]*", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_IN_WORDS = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\.?(?:\s+(?P<year>20\d\d))?"
_IN_FIGURES = r"(?P<d>\d{1,2})(?P<dot>[/.-])(?P<m>\d{1,2})(?P=dot)(?P<y>(?:20)?\d\d)"
_DAY = rf"(?:\w+day\s+)?(?:{_IN_WORDS}|{_IN_FIGURES})"
_BY = r"(?:due|by|until|when)"
_DUE = re.compile(rf"[\s,;(]{{0,8}}\b{_BY}(?:\s*:\s*|\s+){_DAY}\b[.;,)]*", re.IGNORECASE)
_BRACKET = re.compile(
    rf"\s*[\[(](?P<owner>[^\[\](),]+),\s*(?:{_BY}(?:\s*:\s*|\s+))?{_DAY}\s*[\])]\.?\s*$", re.IGNORECASE
)
LONGEST, MOST = 500, 400  # characters of an outcome, lines


@dataclass(frozen=True)
class Line:
    """One line of the notes. `looks_like_one`: whether it says by itself that it is an outcome."""

    number: int
    written: str
    text: str
    owner: str = ""
    due: date | None = None
    looks_like_one: bool = False


def lines_of(notes: str, *, today: date) -> list[Line]:
    """The lines that are not empty, at most `MOST`; a day without a year is the next one of that date."""
    return [_understood(number, line, today) for number, line in enumerate(written_in(notes)[:MOST])]


def written_in(notes: str) -> list[str]:
    """Every line that is not empty, as it was written."""
    return list(filter(None, (" ".join(line.split()) for line in notes.replace("\0", "").splitlines())))


def _understood(number: int, written: str, today: date) -> Line:
    text = _BULLET.sub("", written)
    marked = bool(_MARK.match(text))
    text, owner, due = _MARK.sub("", text), "", None
    if bracket := _BRACKET.search(text):
        due = _date(bracket, today)
        if due and len(bracket["owner"].strip()) <= owners.LONGEST:
            text, owner = text[: bracket.start()], bracket["owner"].strip()
    if not owner and (named := _OWNER.search(text)) and len(named["owner"].strip()) <= owners.LONGEST:
        text, owner = text[: named.start()] + " " + text[named.end() :], named["owner"].strip()
    if due is None and (dated := _DUE.search(text)) and (due := _date(dated, today)):
        text = text[: dated.start()] + " " + text[dated.end() :]
    text = " ".join(text.split()).strip(" ,;")
    text = text[:1].upper() + text[1:] if marked else text
    return Line(number, written, text, owner, due, marked or bool(owner and due))


def _date(said: re.Match, today: date) -> date | None:
    year = said["year"] or said["y"]
    month = MONTHS.index(said["month"][:3].lower()) + 1 if said["month"] else int(said["m"])
    try:
        day = date(int(year or today.year) % 2000 + 2000, month, int(said["day"] or said["d"]))
        return day if year or day >= today - timedelta(days=30) else day.replace(year=day.year + 1)
    except ValueError:
        return None
