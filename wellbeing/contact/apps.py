"""Asking a volunteer to get in touch: two people's own, gone after four weeks, and no record."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "wellbeing.contact"
    label = "contact"
    verbose_name = "Asking to be contacted"

    def ready(self):
        from wellbeing.people import hooks

        from . import reminders  # noqa: F401 - declares its kinds
        from .models import ContactBlock, ContactReport, ContactRequest

        hooks.goes_with_their_person |= {ContactBlock, ContactReport, ContactRequest}
