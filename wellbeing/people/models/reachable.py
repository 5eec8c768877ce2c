"""How a volunteer may be reached: what a champion's and a SPOC's entry have in common."""

from django.db import models

_WHEN = {(True, False): "by day", (False, True): "by night", (True, True): "by day and by night"}


def when_available(by_day: bool, by_night: bool) -> str:
    """When somebody is available, in words; nothing where neither is true."""
    return _WHEN.get((by_day, by_night), "")


class Reachable(models.Model):
    """Ways and hours that a person chose to show. Whoever inherits has `person`, whose roster row fills the gaps."""

    show_phone = models.BooleanField("show a number to call", default=False)
    show_text = models.BooleanField("show a number to text", default=False)
    show_mail = models.BooleanField("show my e-mail address", default=False)
    phone = models.CharField("another number than the work phone", max_length=20, blank=True)
    by_day = models.BooleanField("available by day", default=True)
    by_night = models.BooleanField("available by night", default=False)

    class Meta:
        abstract = True

    @property
    def number(self) -> str:
        """The number they are reached at: their own choice, else their work phone; may be empty."""
        return self.phone or self.person.work_phone

    @property
    def call_number(self) -> str:
        """The number to call, or nothing where they do not show one."""
        return self.number if self.show_phone else ""

    @property
    def text_number(self) -> str:
        """The number to text, or nothing where they do not show one."""
        return self.number if self.show_text else ""

    @property
    def mail_address(self) -> str:
        """The address to write to, or nothing where they do not show it."""
        return self.person.email if self.show_mail else ""

    @property
    def when(self) -> str:
        """When they are available, in words."""
        return when_available(self.by_day, self.by_night)
