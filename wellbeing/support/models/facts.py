"""What a page says of a service: the same of a row of the table and of one read from the file."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from wellbeing.web.templatetags.components import sms

from .. import hours


class Kind(models.TextChoices):
    SERVICE = "service", "Support service"
    NHS = "nhs", "NHS service"
    NETWORK = "network", "Staff network"
    ASSOCIATION = "association", "Association or union"


class Scope(models.TextChoices):
    EXTERNAL = "external", "Outside the force"
    INTERNAL = "internal", "In the force"


class Shares(models.TextChoices):
    NO = "no", "Nothing is shared with the force"
    CONSENT = "with consent", "Shared with the force only if you agree"
    YES = "yes", "The force may be told"
    EMERGENCY = "emergency", "The force may hear of it: it may be colleagues who are sent to help"


_SHARING = {
    Shares.NO: "Nothing is shared with the force: not what you say, and not that you got in touch. "
    "Where a life is in danger, most services get help all the same.",
    Shares.CONSENT: "The force hears of it only if you agree. You can ask first what would be passed on, and to whom.",
    Shares.YES: "The force may be told. Ask at the start what would be passed on, and to whom.",
    Shares.EMERGENCY: "Help comes first. Where police are sent, it may be colleagues: say so if you would rather "
    "not see anybody you know.",
}


class Facts:
    """Sentences made of the columns of a service."""

    @property
    def internal(self) -> bool:
        return self.scope == Scope.INTERNAL

    @property
    def shares(self) -> str:
        return Shares(self.shares_with_force).label

    @property
    def sharing(self) -> str:
        """What the force hears, in plain words."""
        return _SHARING[Shares(self.shares_with_force)]

    @property
    def text_address(self) -> str:
        """The `sms:` address, with the word to send where there is one."""
        return sms(self.text_number) + (f"?&body={self.text_word}" if self.text_word else "")

    @property
    def has_number(self) -> bool:
        return bool(self.phone or self.text_number)

    @property
    def has_way(self) -> bool:
        """Whether there is any way to reach it."""
        return bool(self.has_number or self.website or self.how_to_reach)

    @property
    def times(self) -> str:
        """When it answers, as a sentence without its full stop; "" where nobody has said."""
        if self.always_open:
            return "Open day and night"
        closed = ", not on bank holidays" if self._sessions and self.closed_on_bank_holidays else ""
        words = [f"{self.opening}{closed}" if self.opening else "", self.hours[:1].upper() + self.hours[1:]]
        return ". ".join(word for word in words if word)

    @property
    def is_open(self) -> bool | None:
        """Whether it answers now; None where its times do not say."""
        if self.always_open:
            return True
        return hours.is_open(self._sessions, **self._on_bank_holidays) if self._sessions else None

    @property
    def open_now(self) -> str:
        """“Open now, until 5pm” or “Closed now, opens Monday at 9am”; "" where its times do not say, or are always."""
        sessions = () if self.always_open else self._sessions
        return hours.now_in_words(sessions, **self._on_bank_holidays) if sessions else ""

    @property
    def checked_on(self) -> date | None:
        """When somebody last tried it and it worked."""
        day = self.verified_on
        return date.fromisoformat(day) if isinstance(day, str) and day else day or None

    @property
    def _sessions(self):
        """Nothing where the times cannot be read: the page for urgent help stands whatever the file holds."""
        try:
            return hours.read(self.opening)
        except ValidationError:
            return ()

    @property
    def _on_bank_holidays(self) -> dict[str, bool]:
        return {"closed_on_bank_holidays": self.closed_on_bank_holidays}
