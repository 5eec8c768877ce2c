from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "wellbeing.search"
    label = "search"
    verbose_name = "Search"
