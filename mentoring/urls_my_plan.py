"""The pages of the person away, under an address of their own that a force can publish outside its intranet."""

from django.urls import URLPattern, URLResolver

app_name = "my_plan"
urlpatterns: list[URLPattern | URLResolver] = []
