"""The mail that the demonstration would have sent, read from the files under `VAR_DIR/mail`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

MOST = 100  # mails that the mailbox shows

_BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django's file backend writes after each mail


@dataclass(frozen=True)
class Mail:
    """One mail, as text only. `key` is its address in the mailbox."""

    key: str
    sent_at: datetime
    to: str
    subject: str
    text: str


def mails() -> list[Mail]:
    """The latest mails, the newest first; an unreadable file is passed by."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:MOST]
    found = [mail for path in files for mail in _mails_of(path)]
    return sorted(found, key=lambda mail: mail.sent_at, reverse=True)[:MOST]


def mail(key: str) -> Mail | None:
    """One of `mails()` by its key. The key is compared and never becomes a path."""
    return next((found for found in mails() if found.key == key), None)


def _mails_of(path: Path) -> Iterator[Mail]:
    for number, raw in enumerate(path.read_bytes().split(_BETWEEN)):
        if raw.strip():
            message = message_from_bytes(raw, policy=policy.default)
            yield Mail(
                key=f"{path.stem}-{number}",
                sent_at=_sent_at(message, path),
                to=str(message["To"] or ""),
                subject=str(message["Subject"] or "No subject"),
                text=_text(message),
            )


def _sent_at(message: EmailMessage, path: Path) -> datetime:
    try:
        sent = parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        sent = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)  # “-0000” means UTC, and is read as no zone


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return part.get_content() if part else "This mail has no text."
