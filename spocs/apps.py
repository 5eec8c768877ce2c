from django.apps import AppConfig


class SpocsConfig(AppConfig):
    name = "spocs"
