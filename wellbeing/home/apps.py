from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "wellbeing.home"
    label = "home"
    verbose_name = "Home"
