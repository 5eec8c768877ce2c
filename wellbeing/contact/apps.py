from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "wellbeing.contact"
    label = "contact"
    verbose_name = "Asking to be contacted"
